"""Tables of spreadsheets, saved as text, as agendas."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Program = Callable[..., Run]

FIELDS = (
    "id,title,start,end,between,date_note,all_day,timezone,city,venue,room,kind,topics,organizers,people,status,"
    "visibility,busy,description,url,sources"
)
"""All that a table of our own can hold of events that are no series."""


def events(agenda: Program, table: str | bytes, fields: str, *options: str) -> list[str]:
    """The fields of the events that a table makes, in the order of the agenda."""
    imported = agenda("import", "-", "--quiet", *options, stdin=table)
    assert (imported.code, imported.err) == (0, "")
    listed = agenda("list", "-d", "-", "-f", "tsv", "--fields", fields, stdin=imported.out)
    assert listed.code == 0, listed.err
    return listed.lines


def remarks(agenda: Program, table: str | bytes, *options: str) -> list[str]:
    """What is told of a table, without the columns that were recognised."""
    run = agenda("import", "-", *options, stdin=table)
    assert run.code == 0
    told = [line.removeprefix("agenda: ") for line in run.err.splitlines()]
    return [line for line in told if not line.startswith("columns that were recognised")]


def when(agenda: Program, heading: str, *cells: str) -> list[str]:
    """Start and end of the events whose cells stand under that heading; a tab is between several."""
    rows = [f"Title\t{heading}", *(f"E\t{cell}" for cell in cells)]
    return events(agenda, "\n".join(rows), "start,end")


def test_own_table_comes_back(agenda: Program) -> None:
    table = agenda("list", "-f", "csv", "--fields", FIELDS).out
    imported = agenda("import", "-", stdin=table)
    assert (imported.code, imported.err) == (0, "")
    again = agenda("list", "-d", "-", "-f", "csv", "--fields", FIELDS, stdin=imported.out).out
    assert sorted(again.splitlines()) == sorted(table.splitlines())


def test_people_of_an_own_table_that_may_be_one_are_told(agenda: Program) -> None:
    row = "id,title,people\na,A,{}\n"
    assert remarks(agenda, row.format('"Rossi, Anna Maria, PhD"')) == [
        'several were told apart by commas in column "people" (C): Rossi, Anna Maria, PhD (row 2)'
    ]
    assert remarks(agenda, row.format('"Anna Rossi, Clara Schumann"')) == []


def test_each_row_whose_people_may_be_one_is_told(agenda: Program) -> None:
    people = '"Anna Rossi, Clara Schumann"'
    (remark,) = remarks(agenda, f"Title,Speakers\nA,{people}\nB,{people}\n")
    assert remark.startswith('several were told apart by commas in column "Speakers" (B): ')
    assert remark.endswith("Anna Rossi, Clara Schumann (row 2), Anna Rossi, Clara Schumann (row 3)")


def test_own_table_of_the_usual_fields_comes_back(agenda: Program) -> None:
    table = agenda("list", "-f", "csv").out
    imported = agenda("import", "-", "--tz", "Asia/Tokyo", stdin=table)
    again = agenda("list", "-d", "-", "-f", "csv", stdin=imported.out).out
    assert sorted(again.splitlines()) == sorted(table.splitlines())


def test_apostrophe_before_a_formula_is_not_of_the_text(agenda: Program) -> None:
    assert events(agenda, "id,title\r\na,'=1+1\r\nb,'tis\r\n", "title") == ["'tis", "=1+1"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_found(agenda: Program, delimiter: str) -> None:
    table = delimiter.join(["Title", "Date", "Room"]) + "\n" + delimiter.join(["Opening", "2026-04-08", '"Blue; a, b"'])
    assert events(agenda, table, "title,start,room") == ["Opening\t2026-04-08\tBlue; a, b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_is_found(agenda: Program, encoding: str) -> None:
    assert events(agenda, "Titolo;Città\nCaffè;Forlì".encode(encoding), "title,city") == ["Caffè\tForlì"]


def test_guessed_encoding_is_told(agenda: Program) -> None:
    told = remarks(agenda, "Titolo;Sala;Tipo\nIl caffè; poi;1".encode("cp1252"))
    assert told == ['it is not UTF-8, so it was read as Windows-1252, as in "caffè;"']


@pytest.mark.parametrize(
    ("headings", "field"),
    [
        (["Titolo", "TITLE", "Session title", "Titolo / Title", "session_title"], "title"),
        (["Sala", "Rooms", "room", "AULA"], "room"),
        (["Città", "CITTA", "City"], "city"),
        (["Relatore/i", "Relatori", "Speaker(s)", "Speaker 1", "With", "Persona"], "people"),
        (["Tema", "Track", "Topics"], "topics"),
        (["Tipo", "Kind", "Session type"], "kind"),
        (["Sede", "Venue", "Luogo"], "venue"),
        (["Descrizione", "Abstract", "Notes"], "description"),
    ],
)
def test_columns_are_known_by_their_names(agenda: Program, headings: list[str], field: str) -> None:
    for heading in headings:
        other = "Summary" if field != "title" else "Room"
        table = f"{heading}\t{other}\nword\tword"
        assert events(agenda, table, field) == ["word"], heading


def test_heading_row_need_not_be_the_first(agenda: Program) -> None:
    table = "Spring meeting 2026,,\n,,\nTitle,Date,Room\nOpening,8 April,Blue\n"
    run = agenda("import", "-", stdin=table)
    assert 'title = "Spring meeting 2026"' in run.out
    assert "start = 2026-04-08" in run.out
    assert "2026, which stands in the rows above the headings" in run.err


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2026-09-30", "2026-09-30", "2026-09-30"),
        ("2026-09-30 09:30", "2026-09-30T09:30:00", "-"),
        ("2026-09-30T09:30:00+02:00", "2026-09-30T09:30:00+02:00", "-"),
        ("30/9/2026", "2026-09-30", "2026-09-30"),
        ("30.09.26", "2026-09-30", "2026-09-30"),
        ("Wed 30/09/2026", "2026-09-30", "2026-09-30"),
        ("30/09/2026 9.30", "2026-09-30T09:30:00", "-"),
        ("30/09/2026 ore 9:30", "2026-09-30T09:30:00", "-"),
        ("30 settembre 2026, 9.30–10.15", "2026-09-30T09:30:00", "2026-09-30T10:15:00"),
        ("Sept 30, 2026 9:30 pm", "2026-09-30T21:30:00", "-"),
        ("2026-09-30 noon", "2026-09-30T12:00:00", "-"),
        ("30/9/2026, Mezzogiorno – 14.30", "2026-09-30T12:00:00", "2026-09-30T14:30:00"),
        ("30 Sep 2026 at 9 p.m.", "2026-09-30T21:00:00", "-"),
        ("30 Sep 2026 19h", "2026-09-30T19:00:00", "-"),
        ("30 Sep 2026 9h–10 h", "2026-09-30T09:00:00", "2026-09-30T10:00:00"),
        ("30 Sep 2026 22:00 to midnight", "2026-09-30T22:00:00", "2026-10-01T00:00:00"),
        ("mercoledì 30 settembre 2026", "2026-09-30", "2026-09-30"),
        ("28–30 September 2026", "2026-09-28", "2026-09-30"),
        ("2026年9月30日", "2026-09-30", "2026-09-30"),
        ("tba", "tba", "tba"),
        ("da definire", "tba", "tba"),
    ],
)
def test_days_and_times_in_a_cell(agenda: Program, cell: str, start: str, end: str) -> None:
    assert when(agenda, "Start", cell) == [f"{start}\t{end}"]


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("09:30", "09:30", ""),
        ("9.30", "09:30", ""),
        ("9h30", "09:30", ""),
        ("9h", "09:00", ""),
        ("noon", "12:00", ""),
        ("noon–2 pm", "12:00", "14:00"),
        ("9:30 AM", "09:30", ""),
        ("12 am", "00:00", ""),
        ("ore 9", "09:00", ""),
        ("9", "09:00", ""),
        ("09:30–10:15", "09:30", "10:15"),
        ("9.30 - 10.15", "09:30", "10:15"),
        ("dalle 9.30 alle 10.15", "09:30", "10:15"),
        ("9–10 pm", "21:00", "22:00"),
        ("9:30 to 10:15", "09:30", "10:15"),
    ],
)
def test_times_in_a_column_of_their_own(agenda: Program, cell: str, start: str, end: str) -> None:
    stop = f"2026-09-30T{end}:00" if end else "-"
    assert when(agenda, "Date\tTime", f"2026-09-30\t{cell}") == [f"2026-09-30T{start}:00\t{stop}"]


def test_midnight_at_the_end_of_a_day(agenda: Program) -> None:
    day = "2026-09-30\t22:00\t24:00"
    assert when(agenda, "Date\tStart\tEnd", day) == ["2026-09-30T22:00:00\t2026-10-01T00:00:00"]


@pytest.mark.parametrize(
    ("cells", "start", "end"),
    [
        ("\t1 Mar 2026 24:00", "2026-03-02T00:00:00", "-"),
        ("\t2026-03-01T24:00", "2026-03-02T00:00:00", "-"),
        ("\t2026-03-01T24:00:00+01:00", "2026-03-02T00:00:00+01:00", "-"),
        ("\t1 Mar 2026 22:00–24:00", "2026-03-01T22:00:00", "2026-03-02T00:00:00"),
        ("\t1 Mar 2026 24:00–02:00", "2026-03-02T00:00:00", "2026-03-02T02:00:00"),
        ("\t1 Mar 2026 24:00–24:00", "2026-03-02T00:00:00", "-"),
        ("2026-03-01\t24:00", "2026-03-02T00:00:00", "-"),
        ("2026-03-01\t24", "2026-03-02T00:00:00", "-"),
        ("2026-03-01\t24:00-02:00", "2026-03-02T00:00:00", "2026-03-02T02:00:00"),
    ],
)
def test_start_at_the_end_of_a_day(agenda: Program, cells: str, start: str, end: str) -> None:
    assert when(agenda, "Date\tStart", cells) == [f"{start}\t{end}"]


@pytest.mark.parametrize(
    ("cell", "end"),
    [
        ("8-9 Apr 2026 10:00-12:00", "2026-04-09T12:00:00"),
        ("8-9 Apr 2026 10.00-12.00", "2026-04-09T12:00:00"),
        ("2026-04-08 – 2026-04-10, 10:00 to 12:00", "2026-04-10T12:00:00"),
    ],
)
def test_times_of_several_days_go_from_the_first_to_the_last(agenda: Program, cell: str, end: str) -> None:
    assert when(agenda, "Start", cell) == [f"2026-04-08T10:00:00\t{end}"]


@pytest.mark.parametrize("cells", ["2026-04-08 – 2026-04-10 10:00\t", "2026-04-08 10:00\t2026-04-10"])
def test_last_day_without_a_time_is_told(agenda: Program, cells: str) -> None:
    told = remarks(agenda, f"Title\tStart\tEnd\nE\t{cells}\n", "--tz", "Europe/Rome")
    assert told == ["its last day has no time at which it ends, and is left out: row 2, until 2026-04-10"]


@pytest.mark.parametrize("cell", ["2026-03-01T24:01", "2026-03-01T25:00", "2026-03-01 09:60", "2026-03-01T09:00+25:00"])
def test_time_that_no_clock_shows_is_left_out(agenda: Program, cell: str) -> None:
    table = f"Title,Start\nA,{cell}\n"
    assert events(agenda, table, "start") == ["tba"]
    assert (
        f'"{cell}" has no time of the day; write it as 2026-09-30 09:30; it is left out' in remarks(agenda, table)[-1]
    )


@pytest.mark.parametrize("cells", ["22:00,24:00,", "22:00,01:00,", "22:00,,3h", "24:00,,"])
def test_time_after_the_last_day_of_the_calendar_is_left_out(agenda: Program, cells: str) -> None:
    table = f"Title,Date,Start,End,Duration\nA,9999-12-31,{cells}\n"
    assert events(agenda, table, "start") == ["9999-12-31"]
    assert remarks(agenda, table) == [
        "row 2: it goes on after the last day of the calendar, 9999-12-31; only its day is kept"
    ]


@pytest.mark.parametrize("cell", ["9999-12-31T23:00:00-10:00", "0001-01-01T00:00:00+10:00"])
def test_time_that_is_outside_of_the_calendar_in_its_zone_is_left_out(agenda: Program, cell: str) -> None:
    told = remarks(agenda, f"Title,Start\nA,{cell}\n", "--tz", "Europe/Rome")
    why = "so that UTC or its zone has no such time; write a year from 2 to 9998"
    assert told == [f"row 2: start: {cell} is too near the ends of the calendar, {why}; it is left out"]


OUTLOOK = "Subject,Start Date,Start Time,End Date,End Time,All day event"


@pytest.mark.parametrize(
    ("headings", "cells", "days"),
    [
        (OUTLOOK, "04/14/2026,12:00:00 AM,04/15/2026,12:00:00 AM,TRUE", "2026-04-14\t2026-04-14"),
        (OUTLOOK, "04/14/2026,12:00:00 AM,04/17/2026,12:00:00 AM,TRUE", "2026-04-14\t2026-04-16"),
        (OUTLOOK, "04/14/2026,12:00:00 AM,04/14/2026,12:00:00 AM,TRUE", "2026-04-14\t2026-04-14"),
        (OUTLOOK, "04/14/2026,,04/15/2026,,TRUE", "2026-04-14\t2026-04-15"),
        ("Oggetto,Inizio,Fine,Tutto il giorno", "14/04/2026 0:00,16/04/2026 0:00,VERO", "2026-04-14\t2026-04-15"),
        ("Oggetto,Inizio,Fine,Tutto il giorno", "14/04/2026 0:00,15/04/2026 24:00,VERO", "2026-04-14\t2026-04-15"),
    ],
)
def test_midnight_at_the_end_of_whole_days_is_after_the_last(
    agenda: Program, headings: str, cells: str, days: str
) -> None:
    assert events(agenda, f"{headings}\nA,{cells}\n", "start,end") == [days]


def test_end_early_in_the_day_is_of_the_next_one_and_told(agenda: Program) -> None:
    table = "Title,Date,Start,End\nDinner,2026-09-30,22:00,01:00\n"
    assert events(agenda, table, "end") == ["2026-10-01T01:00:00"]
    assert "its end is taken for a time of the next day: row 2, until 01:00" in remarks(agenda, table)


@pytest.mark.parametrize("cell", ["90", "1:30", "90 min", "1h 30m", "1h30", "1.5 h", "1,5 ore", "PT1H30M", "90'"])
def test_length_of_time(agenda: Program, cell: str) -> None:
    found = when(agenda, "Start\tDuration", f"2026-09-30 09:00\t{cell}")
    assert found == ["2026-09-30T09:00:00\t2026-09-30T10:30:00"]


@pytest.mark.parametrize("cell", ["9" * 30, "9" * 5000, "9999999999999 h", "PT99999999999999H", "0"])
def test_length_of_time_that_nothing_takes_is_left_out(agenda: Program, cell: str) -> None:
    table = f"Title,Start,Duration\nA,2026-09-30 09:00,{cell}\n"
    assert events(agenda, table, "end") == ["-"]
    assert (
        "is no length of time; write it as 90, 1:30 or 1h 30m, 31 days at most; it is left out"
        in remarks(agenda, table)[-1]
    )


def test_day_comes_first_where_a_day_shows_it(agenda: Program) -> None:
    assert when(agenda, "Date", "3/4/2026", "13/4/2026") == ["2026-04-03\t2026-04-03", "2026-04-13\t2026-04-13"]
    assert when(agenda, "Date", "3/4/2026", "4/13/2026") == ["2026-03-04\t2026-03-04", "2026-04-13\t2026-04-13"]


def test_order_that_nothing_shows_is_asked_for(agenda: Program) -> None:
    table = "Title,Data\nA,3/4/2026\n"
    run = agenda("import", "-", stdin=table)
    assert (run.code, run.out) == (2, "")
    assert '"3/4/2026" (row 2, column "Data" (B)) may be 3 Apr 2026 or 4 Mar 2026' in run.err
    assert "--day-first or --month-first" in run.err
    assert events(agenda, table, "start", "--day-first") == ["2026-04-03"]
    assert events(agenda, table, "start", "--month-first") == ["2026-03-04"]


@pytest.mark.parametrize("cell", ["33/44/2026", "0/5/2026", "3/4/0000"])
def test_numbers_that_are_no_day_in_either_order_are_left_out(agenda: Program, cell: str) -> None:
    table = f"Title,Date\nA,{cell}\n"
    assert events(agenda, table, "start") == ["tba"]
    assert f'"{cell}" is no day of the calendar' in remarks(agenda, table)[-1]


def test_orders_that_contradict_each_other_are_refused(agenda: Program) -> None:
    run = agenda("import", "-", stdin="Title,Data\nA,13/4/2026\nB,4/14/2026\n")
    assert (run.code, run.out) == (2, "")
    assert '"13/4/2026" (row 2, column "Data" (B)) has the day first, but "4/14/2026" (row 3' in run.err


def test_column_option_names_a_column(agenda: Program) -> None:
    table = "Cosa,Kick-off,Room\nTalk,2026-09-30,Blue\n"
    options = ("--column", "title=cosa", "--column", "start=Kick-off")
    assert events(agenda, table, "title,start,room", *options) == ["Talk\t2026-09-30\tBlue"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("start", 'is not of the form FIELD="HEADING"'),
        ("begun=Inizio", 'no column can hold "begun"'),
        ("start=Nope", 'the table has no column "Nope"; it has "Title" and "Room"'),
    ],
)
def test_wrong_column_option_is_refused(agenda: Program, option: str, message: str) -> None:
    run = agenda("import", "-", "--column", option, stdin="Title,Room\nA,1\n")
    assert run.code == 2
    assert message in run.err


def test_options_of_tables_are_refused_for_calendars(agenda: Program) -> None:
    run = agenda("import", "-", "--day-first", stdin="BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert (run.code, run.err) == (
        2,
        "agenda: --column, --day-first, --month-first, --year and --sheet are for tables, and this is none\n",
    )


@pytest.mark.parametrize("rows", ["", ",\n", " , \n\n,,\n"], ids=["none", "one", "several"])
def test_table_without_rows_is_told_to_have_none(agenda: Program, file: Callable[..., Path], rows: str) -> None:
    table, target = f"id,Title\n{rows}", file('[[events]]\nid = "a"\ntitle = "A"\n')
    assert remarks(agenda, table) == [
        "no row below the headings, which are row 1, has anything in it",
        "<stdin> has no event, so that the agenda has none",
    ]
    into = agenda("import", "-", "--into", target, stdin=table)
    assert (into.code, into.err.splitlines()[0]) == (0, "agenda: nothing changed: <stdin> has no event")
    edited = agenda("set", "--from", "-", "--verbose", "-d", target, stdin=table)
    assert (edited.code, edited.err) == (0, "agenda: nothing changed: <stdin> has no row below its headings\n")


def test_cell_of_which_nothing_can_be_seen_is_told(agenda: Program) -> None:
    told = remarks(agenda, "Title,Room,Topic\nA,\u200e,x\nB,r,\u200e\n")
    places = 'row 2, column "Room" (B), row 3, column "Topic" (C)'
    assert told == [f"left out, since nothing of it can be seen: {places}"]


def test_file_without_events_is_told_to_have_none(agenda: Program) -> None:
    run = agenda("import", "-", stdin="BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert (run.code, run.err) == (0, "agenda: <stdin> has no event, so that the agenda has none\n")


def test_table_without_headings_is_refused(agenda: Program) -> None:
    run = agenda("import", "-", stdin="a,b\nc,d\n")
    assert run.code == 1
    assert "no row of this table has headings such as Title, Start and Room" in run.err
    assert 'the first row has "a" and "b"' in run.err


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Anna Rossi; Luca Bianchi", ["Anna Rossi", "Luca Bianchi"]),
        ("Anna Rossi, Luca Bianchi", ["Anna Rossi", "Luca Bianchi"]),
        ("Anna Rossi / Luca Bianchi", ["Anna Rossi", "Luca Bianchi"]),
        ("Anna Rossi e Luca Bianchi", ["Anna Rossi", "Luca Bianchi"]),
        ("Anna Rossi, Luca Bianchi and Mario Verdi", ["Anna Rossi", "Luca Bianchi", "Mario Verdi"]),
        ("Rossi, Anna", ["Rossi, Anna"]),
        ("Rossi, Anna; Bianchi, Luca", ["Rossi, Anna", "Bianchi, Luca"]),
        ("Anna e Luca Bianchi", ["Anna e Luca Bianchi"]),
    ],
)
def test_people_of_a_cell(agenda: Program, cell: str, people: list[str]) -> None:
    found = agenda("import", "-", stdin=f"Title\tSpeakers\nTalk\t{cell}\n").out
    names = ", ".join(f'"{name}"' for name in people)
    assert f"people = [{names}]" in found


def test_roles_stand_in_brackets_in_headings_and_in_a_column(agenda: Program) -> None:
    table = "Title\tSpeaker\tModerator\nTalk\tAnna Rossi (chief, research); Luca Bianchi\tMario Verdi\n"
    out = agenda("import", "-", stdin=table).out
    assert '    { name = "Anna Rossi", role = "chief, research" },\n    "Luca Bianchi",\n' in out
    assert '    { name = "Mario Verdi", role = "moderator" },\n' in out
    out = agenda("import", "-", stdin="Title\tSpeaker\tRole\nTalk\tAnna Rossi; Luca Bianchi\tchair; guest\n").out
    assert '{ name = "Anna Rossi", role = "chair" }, { name = "Luca Bianchi", role = "guest" }' in out


def test_cell_that_cannot_be_read_is_told_with_its_place(agenda: Program) -> None:
    table = "Titolo;Inizio;Fine;Stato\nA;32/13/2026;;\nB;2026-09-30;boh;forse\n"
    assert remarks(agenda, table, "--day-first") == [
        (
            'row 2, column "Inizio" (B): "32/13/2026" is no day of the calendar: the day is first, and the months are '
            "1 to 12; it is left out"
        ),
        'row 3, column "Stato" (D): "forse" is no status; write confirmed, tentative or cancelled; it is left out',
        (
            'row 3, column "Fine" (C): "boh" is no day and no time; write it as 2026-09-30, 30/9/2026 or 09:30;'
            " it is left out"
        ),
    ]


def test_time_that_the_clocks_skip_is_told(agenda: Program) -> None:
    told = remarks(agenda, "Title,Start\nA,2026-03-29 02:30\n", "--tz", "Europe/Rome")
    assert len(told) == 1
    assert told[0].startswith("row 2: start: 2026-03-29T02:30:00 does not exist in Europe/Rome")


def test_days_above_hold_for_the_rows_below(agenda: Program) -> None:
    table = "Title,Date,Time\nA,2026-09-30,09:00\nB,,10:00\n1 October 2026,,\nC,,11:00\nD,,\n"
    assert events(agenda, table, "title,start") == [
        "A\t2026-09-30T09:00:00",
        "B\t2026-09-30T10:00:00",
        "D\t2026-10-01",
        "C\t2026-10-01T11:00:00",
    ]


def test_totals_and_headings_that_come_again_are_no_events(agenda: Program) -> None:
    table = "Title,Date,Hours\nA,2026-09-30,\nTitle,Date,Hours\nB,2026-09-30,\nTotale,,2\n"
    assert events(agenda, table, "title") == ["A", "B"]


def test_columns_that_are_left_are_told(agenda: Program) -> None:
    told = remarks(agenda, "Title,Budget,Codice interno\nA,3,4\n")
    assert told == [
        'left out: column "Budget" (B) and column "Codice interno" (C); --column FIELD="HEADING" says what one holds'
    ]


def test_times_without_a_zone_are_told(agenda: Program) -> None:
    table = "Title,Start\nA,2026-09-30 09:30\n"
    assert remarks(agenda, table) == ["its times are of no time zone; --tz gives them one"]
    assert remarks(agenda, table, "--tz", "Europe/Rome") == []


def test_ids_are_unique(agenda: Program) -> None:
    table = "Title,Id\nCoffee break,\nCoffee break,\nTalk,Ab 12\nOther,ab-12\n"
    assert sorted(events(agenda, table, "id")) == ["ab-12", "ab-12-2", "coffee-break", "coffee-break-2"]


def test_days_of_early_years_are_told_as_they_are_written(agenda: Program) -> None:
    run = agenda("import", "-", stdin="Title,Start,End\nA,0999-05-02 10:00,0999-05-01 09:00\n")
    assert "its end, 0999-05-01 09:00, is before its start, 0999-05-02 10:00" in run.err
