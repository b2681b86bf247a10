"""Days, times and headings that people write less strictly."""

from collections.abc import Callable

import pytest
import tomli
from conftest import Run

Program = Callable[..., Run]


def times(run: Run) -> tuple[str, str]:
    """The start and the end of the only event."""
    assert run.code == 0, run.err
    (event,) = tomli.loads(run.out)["events"]
    return str(event.get("start", "")), str(event.get("end", ""))


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("h. 14", "14:00", ""),
        ("9 - 10,30", "09:00", "10:30"),
        ("ore 15,30", "15:30", ""),
        ("9,30", "09:30", ""),
        ("9:00/10:30", "09:00", "10:30"),
        ("9.00 / 10.30", "09:00", "10:30"),
        ("8.30→9", "08:30", "09:00"),
        ("10 : 30", "10:30", ""),
        ("dalle 9.30 in poi", "09:30", ""),
        ("14.00-", "14:00", ""),
    ],
)
def test_times_of_a_column_are_read(agenda: Program, cell: str, start: str, end: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Data;Ora\nA;2026-12-10;{cell}\n")
    assert times(run) == (f"2026-12-10 {start}:00", end and f"2026-12-10 {end}:00")
    assert "no day" not in run.err


@pytest.mark.parametrize("cell", ["tutto il giorno", "All day", "Giornata intera"])
def test_whole_day_is_no_time(agenda: Program, cell: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Data;Ora\nA;2026-12-10;{cell}\n")
    assert times(run) == ("2026-12-10", "")
    assert "row 2" not in run.err


@pytest.mark.parametrize(
    ("cell", "start", "aside"),
    [
        ("9-10.30 circa", "2026-12-10 09:00:00", "circa"),
        ("ca. 15", "2026-12-10 15:00:00", "ca."),
        ("9.30-11.00 (2 ore)", "2026-12-10 09:30:00", "(2 ore)"),
    ],
)
def test_what_is_beside_a_time_is_told(agenda: Program, cell: str, start: str, aside: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Data;Ora\nA;2026-12-10;{cell}\n")
    assert times(run)[0] == start
    assert f'left out, since it is beside a day or a time: "{aside}" (row 2)\n' in run.err


@pytest.mark.parametrize("day", ["giovedi' 10 dic 2026", "GIOVEDI’ 10 DIC 2026", "giovedì' 10 dicembre 2026"])
def test_apostrophe_stands_for_an_accent(agenda: Program, day: str) -> None:
    assert times(agenda("import", "-", stdin=f"Titolo;Data\nA;{day}\n"))[0] == "2026-12-10"
    assert times(agenda("import", "-", stdin=f"Titolo;Ora\n;{day}\nA;9\n"))[0] == "2026-12-10 09:00:00"


def test_day_with_a_dot_behind_its_month_takes_the_year_of_others(agenda: Program) -> None:
    run = agenda("import", "-", "--year", "2026", "--day-first", stdin="Titel;Datum;Beginn\nA;10.12.;9.30\n")
    assert times(run)[0] == "2026-12-10 09:30:00"


def test_brackets_beside_a_day_are_told_in_cells_and_above_rows(agenda: Program) -> None:
    run = agenda("import", "-", stdin="Titolo;Data\nA;domenica 13 dicembre 2026 (facoltativo)\n")
    assert times(run)[0] == "2026-12-13"
    assert 'beside a day or a time: "(facoltativo)" (row 2)\n' in run.err
    above = agenda("import", "-", stdin="Ora;Titolo\ndomenica 13 dicembre 2026 (Torino);\n9;A\n")
    assert times(above)[0] == "2026-12-13 09:00:00"
    assert 'beside a day or a time: "(Torino)" (row 2)\n' in above.err


@pytest.mark.parametrize("cell", ["9-12 e 14-18", "dopo le 18", "9.3-10", "Sala 2 (ore 9)"])
def test_what_is_no_time_is_not_called_a_day_of_the_calendar(agenda: Program, cell: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Data;Ora\nA;2026-12-10;{cell}\n")
    assert times(run)[0] == "2026-12-10"
    assert f'row 2, column "Ora" (C): "{cell}" is no day and no time; write it as' in run.err


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("Quando;Cosa;Dove;Chi", ["start", "title", "venue", "people"]),
        ("When;What;Where;Who", ["start", "title", "venue", "people"]),
        ("Date;Début;Fin;Titre;Salle;Intervenants", ["date", "start", "end", "title", "room", "people"]),
        ("Date;Heure;Titre;Lieu;Intervenant(s)", ["date", "time", "title", "venue", "people"]),
        ("Datum;Beginn;Ende;Titel;Raum", ["date", "start", "end", "title", "room"]),
        ("Datum;Zeit;Titel;Ort", ["date", "time", "title", "venue"]),
    ],
)
def test_headings_are_recognised(agenda: Program, headings: str, fields: list[str]) -> None:
    run = agenda("import", "-", stdin=f"{headings}\n")
    pairs = zip(headings.split(";"), fields, strict=True)
    assert ", ".join(f'"{heading}" as {field}' for heading, field in pairs) in run.err


def test_missing_year_is_told_first_and_once(agenda: Program) -> None:
    table = "Titolo;Data\nA;10 dicembre\nB;11 dicembre\nC;12 dicembre\n"
    first = agenda("import", "-", stdin=table).err.splitlines()[0]
    assert first.endswith(
        'row 2, column "Data" (B): "10 dicembre" has no year, and --year gives one; it is left out;'
        " there are 2 more such days"
    )
