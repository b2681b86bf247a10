"""The bounds of tables that change a file, told by the steps that are taken, and what they say past them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from agenda import limits
from agenda.cli import table_cells
from agenda.cli.assignments import EventEdits
from agenda.cli.changes import EditedFile, EventChangeOptions
from agenda.cli.edit_tables import read_edits
from agenda.cli.listed_events import ListedEvent
from agenda.errors import UsageError
from agenda.text.folding import fold

ReadEdits = Callable[[str, str], EventEdits]
EVENT = '[[events]]\nid = "fair"\ntitle = "Fair"\nstart = 2026-05-02\n'
SERIES = f'{EVENT}repeat = "FREQ=DAILY;COUNT=50"\n'
LANGUAGES = '[agenda]\nlanguages = ["en", "it", "ja"]\n\n'


@pytest.fixture
def edits(tmp_path: Path) -> ReadEdits:
    """What a table says of the events of a file, by the text of that file and the text of the table."""

    def read(text: str, table: str) -> EventEdits:
        (tmp_path / "tour.toml").write_text(text)
        (tmp_path / "edits.csv").write_text(table)
        options = EventChangeOptions(data=[str(tmp_path / "tour.toml")])
        return read_edits(EditedFile(options), str(tmp_path / "edits.csv"))

    return read


@pytest.mark.parametrize(
    ("venue", "words"),
    [('name = "Hall {0}"\nrooms = ["Foyer"]', ["room", "Foyer"]), ('name = "Hall"', ["venue", "Hall"])],
)
def test_few_of_very_many_places_of_one_name_are_told(
    agenda: Callable[..., Run], tmp_path: Path, venue: str, words: list[str]
) -> None:
    venues = "".join(f"[venues.v{number}]\n{venue.format(number)}\n" for number in range(1_000))
    (tmp_path / "tour.toml").write_text(EVENT + venues)
    run = agenda("rename", *words, "Other", "--data", tmp_path / "tour.toml")
    assert run.code == 2
    assert "v4 and 995 more;" in run.err.replace('"', "")


def test_rows_after_very_many_mistakes_are_not_looked_at(agenda: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text(EVENT)
    rows = "".join(f"nobody-{number},Market\n" for number in range(limits.MAX_FAULTY_ROWS + 500))
    run = agenda("set", "--from", "-", "--data", tmp_path / "tour.toml", stdin=f"id,title\n{rows}")
    assert run.code == 2
    assert run.err.endswith(
        f"and {limits.MAX_FAULTY_ROWS - limits.MAX_DIAGNOSTICS} more; nothing was looked at after them\n"
    )


def test_row_that_is_there_again_and_again_is_looked_at_once(edits: ReadEdits, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[object] = []
    changed = ListedEvent.changed

    def note(self: ListedEvent, cells: dict[str, object]) -> object:
        looked_at.append(cells)
        return changed(self, cells)  # type: ignore[arg-type]

    monkeypatch.setattr(ListedEvent, "changed", note)
    assert edits(EVENT, "id,title\n" + "fair,Market\n" * 100).values == {"fair": {"title": "Market"}}
    assert len(looked_at) == 1


def test_rows_are_looked_for_among_so_many_times(edits: ReadEdits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.cli.listed_events.MAX_MATCHED_TIMES", 10)
    rows = "".join(f"fair,2026-05-{day:02},Market\n" for day in range(2, 12))
    with pytest.raises(UsageError, match=r"edits.csv: its rows are looked for among more than 10 times of series"):
        edits(SERIES, f"id,start,title\n{rows}")


def test_so_many_events_are_compared_in_other_languages(edits: ReadEdits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.cli.edit_tables.MAX_TRANSLATED_EVENTS", 3)
    text = LANGUAGES + EVENT + EVENT.replace("fair", "gala")
    assert edits(text, "id,title\nfair,Fair\ngala,Gala\n").values["gala"] == {"title": "Gala"}
    with pytest.raises(UsageError, match="2 events of the table are compared in 3 languages, and 1 are the most"):
        edits(text, "id,title\nfair,Market\ngala,Gala\n")


@pytest.mark.parametrize("people", [[], [f"P{number}" for number in range(1_000)]], ids=["new", "there already"])
def test_names_of_a_cell_are_folded_so_many_times(
    edits: ReadEdits, monkeypatch: pytest.MonkeyPatch, people: list[str]
) -> None:
    folded: list[str] = []

    def note(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(table_cells, "fold", note)
    names = [f"P{number}" for number in range(1_001)]
    said = edits(f"{EVENT}people = {people}\n", f"id,people\nfair,{';'.join(names)}\n")
    assert said.values == {"fair": {"people": names}}
    assert len(folded) <= 4 * len(names)


def test_name_that_is_in_a_cell_again_and_again_is_told_once(edits: ReadEdits) -> None:
    with pytest.raises(UsageError) as raised:
        edits(EVENT, f"id,people\nfair,{'Ada;' * 1_000}\n")
    assert str(raised.value).endswith('edits.csv: row 2: people: "Ada" is named twice; once is enough')


@pytest.mark.parametrize(("key", "cell"), [("people", "Ada; ADA"), ("city", "Paris; paris"), ("topics", "Soren;Søren")])
def test_name_that_is_in_a_cell_twice_is_told_in_any_case(edits: ReadEdits, key: str, cell: str) -> None:
    with pytest.raises(UsageError, match=r"is named twice; once is enough$"):
        edits(EVENT, f"id,{key}\nfair,{cell}\n")


def test_change_that_makes_the_file_too_large_to_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.agendafile.edit.MAX_FILE_BYTES", 10**6)
    file = tmp_path / "tour.toml"
    file.write_text(EVENT)
    edited = EditedFile(EventChangeOptions(data=[str(file)]))
    edited.editor.set_key("fair", "title", "x" * 1_100_000)
    with pytest.raises(UsageError, match=r"^the file would have 1 MB, and 1 MB are the most; write less text$"):
        edited.save()
    assert file.read_text() == EVENT
