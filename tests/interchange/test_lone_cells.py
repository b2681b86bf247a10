"""Rows of tables with nothing but one cell: titles, headings of sections, remarks and totals."""

from collections.abc import Callable

import pytest
from conftest import Run

Program = Callable[..., Run]


def test_title_alone_below_a_day_is_taken_and_told_by_its_text(agenda: Program) -> None:
    table = "Ora;Titolo\nGiovedì 10 dicembre 2026;\n9;A\n;TORINO\n11;B\n;(segue)\n"
    run = agenda("import", "-", stdin=table)
    assert run.out.count("[[events]]") == 4
    told = "taken for an event of the whole day, since nothing else is in its row"
    assert f'{told}: "TORINO" (row 4), "(segue)" (row 6)\n' in run.err


def test_title_alone_that_has_no_day_is_told_by_its_text(agenda: Program) -> None:
    table = "Evento;Data;Ora\nA;10 dicembre 2026;9\nMattina;;\nB;10 dicembre 2026;10\n"
    run = agenda("import", "-", stdin=table)
    assert 'with neither a day nor a time, so it has no date: "Mattina" (row 3)\n' in run.err


def test_title_alone_above_all_days_is_told_by_its_text(agenda: Program) -> None:
    run = agenda("import", "-", stdin="Evento;Data\nMattina;\nA;10 dicembre 2026\n")
    assert 'with neither a day nor a time, so it has no date: "Mattina" (row 2)\n' in run.err


def test_title_beside_another_cell_is_told_by_its_row_alone(agenda: Program) -> None:
    run = agenda("import", "-", stdin="Evento;Data;Sala\nA;10 dicembre 2026;Blu\nB;;Rossa\n")
    assert "with neither a day nor a time, so it has no date: row 3\n" in run.err
    assert "whole day" not in run.err


@pytest.mark.parametrize(
    "total", ["Totale eventi: 3", "Totale: 3 eventi", "TOTAL 3", "Totale 12 eventi", "Total events = 3", "Somma: 3"]
)
def test_total_with_its_number_is_left_out(agenda: Program, total: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Giorno;Ora\nA;2026-12-10;9\n{total};;\n")
    assert run.out.count("[[events]]") == 1
    assert "left out, since it is a total: row 3\n" in run.err


@pytest.mark.parametrize("row", ["Total recall;;", "Totale silenzio di 3 minuti;;", "Totale eventi: 3;2026-12-11;9"])
def test_what_only_begins_like_a_total_is_an_event(agenda: Program, row: str) -> None:
    run = agenda("import", "-", stdin=f"Titolo;Giorno;Ora\nA;2026-12-10;9\n{row}\n")
    assert run.out.count("[[events]]") == 2
    assert "total:" not in run.err
