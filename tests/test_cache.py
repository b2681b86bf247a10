"""The cache of files: it changes nothing but how long a run takes."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SHIPPED, Run, environment

from agenda.agendafile import cache
from agenda.agendafile.load import MIN_CACHED_BYTES, load

LARGE = f"#{'-' * MIN_CACHED_BYTES}\n"
EVERY_TIME = """\
[agenda]
timezone = "Europe/Rome"
revised = 2026-01-10T09:00:00+09:00
[[events]]
id = "offset"
title = "2026-03-01"
start = 2026-03-01T10:00:00-03:30
end = 2026-03-01T14:00:00Z
[[events]]
id = "clock"
title = "10:00:00"
start = 2026-03-01T10:00:00
end = 11:30:00
revised = 2026-01-11T09:00:00+01:00
[[events]]
id = "days"
title = "Days"
start = 2026-03-01
end = 2026-03-02
[[events]]
id = "span"
title = "Span"
between = [2026-03-01, 2026-03-04]
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder that the program keeps files in."""
    return tmp_path / "caches" / "agenda"


@pytest.fixture
def listed(agenda: Callable[..., Run], kept: Path) -> Callable[[Path], Run]:
    """All that is told of a file, with that cache."""

    def run(path: Path) -> Run:
        env = {"XDG_CACHE_HOME": str(kept.parent), "AGENDA_CACHE": None}
        return agenda("list", "--format", "json", "--verbose", "--data", path, env=env)

    return run


@pytest.fixture(params=["every time", "three languages"])
def large(request: pytest.FixtureRequest, file: Callable[[str], Path]) -> Path:
    """A large file."""
    text = EVERY_TIME if request.param == "every time" else SHIPPED.read_text(encoding="utf-8")
    return file(LARGE + text)


def test_second_run_tells_the_same_by_what_is_kept(
    agenda: Callable[..., Run], listed: Callable[[Path], Run], large: Path, kept: Path
) -> None:
    without = agenda("list", "--format", "json", "--verbose", "--data", large, env={"AGENDA_CACHE": "off"})
    assert without.code == 0
    assert listed(large) == without
    (entry,) = kept.iterdir()
    assert listed(large) == without
    assert list(kept.iterdir()) == [entry]


def test_what_is_kept_is_the_same_agenda_in_each_language(large: Path, kept: Path) -> None:
    assert load(large, cache=kept) == load(large)
    for language in ("it", "ja"):
        assert load(large, cache=kept, language=language) == load(large, language=language)


def test_times_keep_the_offsets_that_they_were_written_with(file: Callable[[str], Path], kept: Path) -> None:
    large = file(LARGE + EVERY_TIME)
    first, second = load(large, cache=kept), load(large, cache=kept)
    assert [repr(event) for event in first.events] == [repr(event) for event in second.events]


def test_change_of_a_file_is_seen_at_once(listed: Callable[[Path], Run], file: Callable[[str], Path]) -> None:
    path = file(LARGE + EVERY_TIME)
    listed(path)
    before = path.stat()
    path.write_text(LARGE + EVERY_TIME.replace("Span", "Spin"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Spin" in listed(path).out


def test_file_with_a_mistake_is_told_in_the_same_way_each_time(
    listed: Callable[[Path], Run], file: Callable[[str], Path], kept: Path
) -> None:
    path = file(LARGE + EVERY_TIME + 'room = "Hall"\nvenue = 7\n')
    first = listed(path)
    assert first.code == 1
    assert listed(path) == first
    assert not kept.exists()


@pytest.mark.parametrize("spoil", [lambda whole: whole[:-1], lambda whole: whole[:-1] + b"\xff", lambda _: b""])
def test_spoiled_file_is_read_anew_and_kept_anew(spoil: Callable[[bytes], bytes], large: Path, kept: Path) -> None:
    whole = load(large, cache=kept)
    (entry,) = kept.iterdir()
    content = entry.read_bytes()
    entry.write_bytes(spoil(content))
    assert load(large, cache=kept) == whole
    assert entry.read_bytes() == content


def put_pipe(entry: Path) -> None:
    """A pipe to which nobody writes."""
    os.mkfifo(entry)


def put_folder(entry: Path) -> None:
    """A folder."""
    entry.mkdir()


def put_huge_file(entry: Path) -> None:
    """A file that is larger than any agenda, and takes no room."""
    with entry.open("wb") as file:
        file.truncate(cache._MAX_BYTES + 1)


def put_endless_device(entry: Path) -> None:
    """A link to a device that never ends."""
    entry.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name == "nt", reason="there are no such files there")
@pytest.mark.parametrize("put", [put_pipe, put_folder, put_huge_file, put_endless_device])
def test_what_is_no_file_of_ours_is_neither_waited_for_nor_read(
    put: Callable[[Path], None], large: Path, kept: Path
) -> None:
    whole = load(large, cache=kept)
    (entry,) = kept.iterdir()
    entry.unlink()
    put(entry)
    assert load(large, cache=kept) == whole
    assert [path.name for path in kept.iterdir()] == [entry.name]
    assert put is put_folder or cache.find_kept(kept, large.read_bytes())


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_is_of_others_in_the_folder_stays(large: Path, kept: Path) -> None:
    kept.mkdir(parents=True)
    (kept / "dangling").symlink_to("nowhere")
    (kept / "folder").mkdir()
    for number in range(cache._MAX_KEPT + 3):
        (kept / f"note-{number}").touch()
        (kept / f"{number:08x}").touch()
    load(large, cache=kept)
    names = [path.name for path in kept.iterdir()]
    assert len([name for name in names if re.fullmatch(cache._NAME, name)]) == cache._MAX_KEPT
    assert len(names) == cache._MAX_KEPT + cache._MAX_KEPT + 3 + 2


def test_whole_file_of_another_shape_is_a_bug_that_is_warned_of(large: Path, kept: Path) -> None:
    load(large, cache=kept)
    (entry,) = kept.iterdir()
    other = b"\x81\xa5other\x01"
    entry.write_bytes(cache._head(large.read_bytes()) + other + cache._checksum(other))
    with pytest.warns(ResourceWarning, match="unknown field `other`"):
        assert load(large, cache=kept) == load(large)


def test_another_content_of_the_same_name_is_not_taken_for_it(
    large: Path, kept: Path, file: Callable[[str], Path]
) -> None:
    whole = load(large, cache=kept)
    (entry,) = kept.iterdir()
    content = large.read_bytes()
    load(file(LARGE), cache=kept)
    (other,) = (path for path in kept.iterdir() if path != entry)
    other.replace(entry)  # as it is where both have one checksum
    assert cache.find_kept(kept, content) is None
    assert load(file(content.decode()), cache=kept) == whole


def test_other_version_does_not_read_what_is_kept(large: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(large, cache=kept)
    assert cache.find_kept(kept, large.read_bytes())
    monkeypatch.setattr(cache, "__version__", "0.0")
    assert cache.find_kept(kept, large.read_bytes()) is None


def test_only_the_last_few_are_kept(file: Callable[[str], Path], kept: Path) -> None:
    for number in range(cache._MAX_KEPT + 3):
        load(file(f"{LARGE}#{number}\n"), cache=kept)
        load(file(f"{LARGE}#0\n"), cache=kept)  # it is used again and again
    assert len(list(kept.iterdir())) == cache._MAX_KEPT
    assert cache.find_kept(kept, file(f"{LARGE}#0\n").read_bytes())


def test_large_files_are_fewer_that_are_kept(
    file: Callable[[str], Path], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MAX_KEPT_BYTES", 5 * len(LARGE))
    for number in range(cache._MAX_KEPT):
        load(file(f"{LARGE}#{number}\n"), cache=kept)
    assert len(list(kept.iterdir())) == 4  # each with what stands beside its content


def test_small_file_is_not_kept(listed: Callable[[Path], Run], file: Callable[[str], Path], kept: Path) -> None:
    assert listed(file(EVERY_TIME)).code == 0
    assert not kept.exists()


@pytest.mark.parametrize("home", ["/dev/null", "/proc", "relative"])
def test_without_a_folder_to_write_to_nothing_else_changes(
    agenda: Callable[..., Run], large: Path, home: str, tmp_path: Path
) -> None:
    commands = ["list", "--format", "json", "--data", large]
    without = agenda(*commands, env={"AGENDA_CACHE": "off"})
    with_none = agenda(*commands, env={"AGENDA_CACHE": None, "XDG_CACHE_HOME": home})
    assert with_none == without
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.toml"]


@pytest.mark.slow
def test_full_disk_changes_nothing_and_leaves_nothing(large: Path, kept: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "agenda", "list", "--format", "tsv", "--data", large],
        env=environment(AGENDA_CACHE=None, XDG_CACHE_HOME=str(kept.parent), PYTHONDONTWRITEBYTECODE="1"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
    assert list(kept.iterdir()) == []


def test_the_variable_that_turns_it_off_takes_nothing_else(agenda: Callable[..., Run]) -> None:
    run = agenda("list", env={"AGENDA_CACHE": "no"})
    assert run.code == 2
    assert run.err == 'agenda: AGENDA_CACHE is "no"; it can be off, or not set\n'
