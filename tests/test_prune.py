"""`agenda export --split … --prune`: files that are no longer made go, and nothing else does."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
Export = Callable[..., Run]

PROGRAMME = """\
[agenda]
namespace = "tour.example"
revised = 2025-10-01T00:00:00Z
[[events]]
id = "gala"
title = "Gala"
city = "Tokyo"
start = 2025-09-30
[[events]]
id = "walk"
title = "Walk"
city = "Kobe"
start = 2025-10-02
"""
WITHOUT_KOBE = PROGRAMME.replace('city = "Kobe"', 'city = "Tokyo"')


@pytest.fixture
def export(agenda: Agenda) -> Export:
    """An export, split by city, of the programme above, or of other data, into the folder `out`."""

    def run(*options: str, data: str = PROGRAMME, by: str = "city") -> Run:
        return agenda("export", "--split", by, "--output", "out", *options, "--data", "-", stdin=data)

    return run


@pytest.fixture
def out(tmp_path: Path, export: Export) -> Path:
    """The folder, with the files of an export: `kobe.ics` and `tokyo.ics`."""
    assert export().code == 0
    return tmp_path / "out"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_that_is_no_longer_made_is_removed(export: Export, out: Path) -> None:
    run = export("--prune", data=WITHOUT_KOBE)
    assert (run.code, run.out, run.err, names(out)) == (0, "", "", ["tokyo.ics"])


def test_file_is_kept_unless_it_is_asked_for(export: Export, out: Path) -> None:
    assert export(data=WITHOUT_KOBE).code == 0
    assert names(out) == ["kobe.ics", "tokyo.ics"]


def test_what_was_removed_is_told(export: Export, out: Path) -> None:
    shutil.copy(out / "kobe.ics", out / "old name.ics")
    later = WITHOUT_KOBE.replace("2025-10-01T", "2025-10-02T")
    assert export("--prune", "--verbose", data=later).err == (
        'agenda: 2 files of an earlier export were removed: "kobe.ics", "old name.ics"\n'
    )
    assert export("--prune", "--verbose", data=later).err == ""


def test_of_many_files_some_are_told(export: Export, out: Path) -> None:
    for number in range(20):
        shutil.copy(out / "kobe.ics", out / f"{number:02}.ics")
    told = export("--prune", "--verbose").err
    assert (told.count('"'), "20 files" in told, told.endswith(" and 10 more\n")) == (20, True, True)


def test_part_of_a_selection_is_known_too(export: Export, out: Path) -> None:
    assert export("--city", "Tokyo", "--prune").code == 0
    assert names(out) == ["tokyo.ics"]


def replace_in(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"PRODID:-//agenda//mission-agenda", b"PRODID:-//Some app//Calendar"),
        (b"X-AGENDA-SPLIT:city@tour.example", b"X-AGENDA-SPLIT:city@other.example"),
        (b"X-AGENDA-SPLIT:city@tour.example", b"X-AGENDA-SPLIT:city@tour.example.org"),
        (b"X-AGENDA-SPLIT:city@tour.example\r\n", b""),
        (b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:mine\r\nEND:VEVENT\r\nEND:VCALENDAR"),
        (b"END:VCALENDAR", b"BEGIN:VTODO\r\nUID:mine\r\nEND:VTODO\r\nEND:VCALENDAR"),
        (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        (b"END:VCALENDAR\r\n", b""),
        (b"X-AGENDA-EVENT", b"X-OTHER"),
        (b"BEGIN:VCALENDAR", b"Notes:\r\nBEGIN:VCALENDAR"),
        (b"\r\n", b"\n"),
    ],
)
def test_file_that_is_not_wholly_ours_stays(export: Export, out: Path, old: bytes, new: bytes) -> None:
    """That of an app, of another agenda, with an event or a task of somebody, or cut."""
    replace_in(out / "kobe.ics", old, new)
    assert export("--prune", data=WITHOUT_KOBE).code == 0
    assert names(out) == ["kobe.ics", "tokyo.ics"]


def test_other_files_and_folders_stay(agenda: Agenda, export: Export, out: Path) -> None:
    ours = (out / "kobe.ics").read_bytes()
    (out / "link.ics").symlink_to("kobe.ics")
    (out / "below.ics").mkdir()
    (out / "below.ics" / "kobe.ics").write_bytes(ours)
    (out / "kobe.ics.bak").write_bytes(ours)
    (out / "empty.ics").touch()
    (out / "binary.ics").write_bytes(bytes(range(256)))
    agenda("export", "--output", "out/whole.ics", "--data", "-", stdin=PROGRAMME)
    kept = ["below.ics", "binary.ics", "empty.ics", "kobe.ics.bak", "link.ics", "tokyo.ics", "whole.ics"]
    assert export("--prune", data=WITHOUT_KOBE).code == 0
    assert names(out) == kept
    assert (out / "below.ics" / "kobe.ics").exists()


def test_files_that_were_split_otherwise_stay(export: Export, out: Path) -> None:
    """So that two exports can go into one folder."""
    assert export("--prune", by="event").code == 0
    assert names(out) == ["gala.ics", "kobe.ics", "tokyo.ics", "walk.ics"]


def test_file_that_is_made_is_kept_by_whatever_name_it_is_known(export: Export, out: Path) -> None:
    """As file systems may take names for the same that are written otherwise."""
    (out / "TOKYO.ics").hardlink_to(out / "tokyo.ics")
    assert export("--prune").code == 0
    assert names(out) == ["TOKYO.ics", "kobe.ics", "tokyo.ics"]


def test_what_a_made_file_leads_to_is_kept(export: Export, out: Path) -> None:
    (out / "tokyo.ics").rename(out / "real.ics")
    (out / "tokyo.ics").symlink_to("real.ics")
    assert export("--prune").code == 1
    assert (names(out), (out / "tokyo.ics").is_symlink()) == (["kobe.ics", "real.ics", "tokyo.ics"], True)
    assert export("--prune", "--force").code == 0
    assert (out / "tokyo.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_folder_is_not_emptied_by_mistake(export: Export, out: Path) -> None:
    run = export("--prune", "--on", "2031-01-01")
    assert (run.code, names(out)) == (1, ["kobe.ics", "tokyo.ics"])
    assert run.err == (
        'agenda: "out" would be left without any calendar, since no event matches; choose others, or add --force\n'
    )
    assert export("--prune", "--force", "--on", "2031-01-01").code == 0
    assert names(out) == []


def test_nothing_is_removed_where_nothing_is_written(export: Export, out: Path) -> None:
    (out / "tokyo.ics").write_text("no calendar")
    assert export("--prune", data=WITHOUT_KOBE).code == 1
    assert names(out) == ["kobe.ics", "tokyo.ics"]


def test_prune_without_split_is_a_usage_error(agenda: Agenda) -> None:
    run = agenda("export", "--prune", "--output", "out.ics")
    assert (run.code, run.out) == (2, "")
    assert run.err == ("agenda: --prune removes files of an earlier --split; say with --split what the files are for\n")


def test_agenda_without_a_namespace_cannot_know_its_files(export: Export, tmp_path: Path) -> None:
    data = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-30\nuid = "a@elsewhere"\n'
    run = export("--prune", data=data)
    assert (run.code, names(tmp_path)) == (1, [])
    assert run.err == "agenda: this agenda has no namespace, by which --prune knows its files; add one under [agenda]\n"
