"""Several people or cities in one cell of a table."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tomli
from conftest import Run

Program = Callable[..., Run]


def cities(run: Run) -> list[object]:
    """The cities of each event."""
    return [event.get("city") for event in tomli.loads(run.out)["events"]]


def test_people_who_may_be_several_are_told_once(agenda: Program) -> None:
    names = ["Verdi, Rossini", "Saint-Saëns & Fauré", "Clara e Robert Schumann", "Liszt et Berlioz", "Clara Schumann"]
    rows = "".join(f"{place};{name}\n" for place, name in enumerate(names))
    run = agenda("import", "-", stdin=f"Titolo;Relatori\n{rows}")
    assert [event["people"] for event in tomli.loads(run.out)["events"]] == [[name] for name in names]
    assert (
        'taken for one name each (semicolons go between several) in column "Relatori" (B): Verdi, Rossini (row 2),'
        " Saint-Saëns & Fauré (row 3), Clara e Robert Schumann (row 4) and 1 more\n"
    ) in run.err


@pytest.mark.parametrize("cell", ["Torino, Lione", "Torino e Lione", "Torino & lione", "Torino, Parigi e Lione"])
def test_cities_of_other_rows_are_told_apart(agenda: Program, cell: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Città\nA;{cell}\nB;Torino\nC;Lione / Parigi\n")
    several = cities(run)[0]
    assert isinstance(several, list)
    assert [str(name).capitalize() for name in several] == cell.replace(" &", ",").replace(" e", ",").title().split(
        ", "
    )
    assert "semicolons" not in run.err


def test_cities_of_the_agenda_are_told_apart(agenda: Program, file: Callable[[str], Path]) -> None:
    target = file('[agenda]\ntitle = "M"\n[cities.Torino]\n[cities.Lyon]\naliases = ["Lione"]\n')
    run = agenda("import", "-", "--into", target, stdin="Titolo;Città\nA;Torino e Lione\n")
    assert run.code == 0, run.err
    assert 'city = ["Torino", "Lyon"]' in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("cell", ["Torino, Lione", "Washington, DC", "Reggio e Modena"])
def test_cities_that_may_be_several_are_told(agenda: Program, cell: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Città\nA;{cell}\nB;Torino\n")
    assert cities(run) == [cell, "Torino"]
    told = f'taken for one name each (semicolons go between several) in column "Città" (B): {cell} (row 2)\n'
    assert told in run.err


def test_name_that_stands_alone_elsewhere_is_one_city(agenda: Program) -> None:
    table = "Titolo;Città\nA;Washington, DC\nB;Washington\nC;Aix-en-Provence\n"
    run = agenda("import", "-", stdin=table)
    assert cities(run) == ["Washington, DC", "Washington", "Aix-en-Provence"]
    assert "Aix" not in run.err
