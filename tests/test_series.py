"""Events that recur, through the command line: each time of them in lists, and one event everywhere else."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from agenda.formats import Format

Agenda = Callable[..., Run]
File = Callable[[str], Path]

PROGRAMME = """\
[agenda]
namespace = "test.example"
timezone = "Europe/Rome"
revised = 2025-10-01T00:00:00Z

[cities.Torino]
[cities.Kobe]
timezone = "Asia/Tokyo"

[[events]]
id = "walk"
title = "Walk"
city = "Torino"
start = 2025-10-24T09:00:00
end = 2025-10-24T10:30:00
repeat = "FREQ=DAILY;COUNT=4"
except = [2025-10-25]

[[events]]
id = "fair"
title = "Fair"
city = "Kobe"
start = 2025-10-20
end = 2025-10-22
repeat = "FREQ=WEEKLY;UNTIL=20251103"
except = [2025-11-03, 2025-10-27]

[[events]]
id = "once"
title = "Once"
start = 2025-10-25
"""

DAYS = """\
[agenda]
namespace = "test.example"
[[events]]
id = "a"
title = "A"
"""


@pytest.fixture
def ours(agenda_once: Agenda) -> Callable[..., Run]:
    """A command on the programme above."""

    def run(*arguments: str, data: str = PROGRAMME, **env: str) -> Run:
        return agenda_once(*arguments, "--data", "-", stdin=data, env=env)

    return run


def event(**keys: str) -> str:
    """An agenda with one event that has these keys besides, as TOML has them."""
    return DAYS + "".join(f"{key.rstrip('_')} = {value}\n" for key, value in keys.items())


def many(events: Iterable[dict[str, str]]) -> str:
    """An agenda with an event for each of these sets of keys; their ids are e0, e1 and so on, in the order of time."""
    written = (event(**keys).removeprefix(DAYS) for keys in events)
    head = DAYS.partition("[[events]]")[0]
    return head + "".join(f'[[events]]\nid = "e{n}"\ntitle = "A"\n{keys}' for n, keys in enumerate(written))


def starts(run: Run) -> list[tuple[str, str]]:
    """The ids that were listed, with their starts."""
    assert (run.code, run.err) == (0, "")
    return [(line.split("\t")[0], line.split("\t")[1]) for line in run.lines]


def lines(run: Run, *names: str) -> list[str]:
    """The content lines of these names, unfolded, of all events that were exported."""
    assert run.code == 0
    unfolded = run.out.replace("\r\n ", "").split("\r\n")
    within = unfolded[unfolded.index("BEGIN:VEVENT") :]
    return [line for line in within if line.partition(":")[0].partition(";")[0] in names]


# --- Lists ---


WALK = [
    ("walk", "2025-10-24T09:00:00+02:00"),
    ("walk", "2025-10-26T09:00:00+01:00"),
    ("walk", "2025-10-27T09:00:00+01:00"),
]


def test_list_has_a_line_each_time(ours: Agenda) -> None:
    assert starts(ours("list")) == [("fair", "2025-10-20"), WALK[0], ("once", "2025-10-25"), *WALK[1:]]


def test_list_tells_the_end_of_each_time(ours: Agenda) -> None:
    ends = [line.split("\t")[2] for line in ours("list", "--city", "Torino").lines]
    assert ends == ["2025-10-24T10:30:00+02:00", "2025-10-26T10:30:00+01:00", "2025-10-27T10:30:00+01:00"]


def test_json_names_the_occurrence_on_rows_of_a_series_alone(ours: Agenda) -> None:
    rows = json.loads(ours("list", "--format", "json").out)
    assert [row.get("occurrence", "none") for row in rows] == [
        "2025-10-20",
        "2025-10-24",
        "none",
        "2025-10-26",
        "2025-10-27",
    ]
    assert ["occurrence" in row for row in rows] == [True, True, False, True, True]


def test_json_lines_name_the_occurrence_too(ours: Agenda) -> None:
    rows = [json.loads(line) for line in ours("list", "-f", "jsonl").lines]
    assert [row.get("occurrence") for row in rows] == ["2025-10-20", "2025-10-24", None, "2025-10-26", "2025-10-27"]


def test_csv_has_a_row_each_time(ours: Agenda) -> None:
    assert [line.split(",")[0] for line in ours("list", "-f", "csv").lines] == [
        "id",
        "fair",
        "walk",
        "once",
        "walk",
        "walk",
    ]


def test_table_has_it_on_each_day(ours: Agenda) -> None:
    assert ours("list", "-f", "table").out == (
        "Monday 20 October 2025\n"
        "  20–22 Oct    Kobe    Fair  [fair]\n"
        "\n"
        "Tuesday 21 October 2025\n"
        "  also: Fair, until 22 Oct\n"
        "\n"
        "Wednesday 22 October 2025\n"
        "  also: Fair, until 22 Oct\n"
        "\n"
        "Friday 24 October 2025\n"
        "  09:00–10:30  Torino  Walk  [walk]\n"
        "\n"
        "Saturday 25 October 2025\n"
        "                       Once  [once]\n"
        "\n"
        "Sunday 26 October 2025\n"
        "  09:00–10:30  Torino  Walk  [walk]\n"
        "\n"
        "Monday 27 October 2025\n"
        "  09:00–10:30  Torino  Walk  [walk]\n"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--on", "2025-10-24"], [WALK[0]]),
        (["--on", "2025-10-25"], [("once", "2025-10-25")]),
        (["--on", "2025-10-22"], [("fair", "2025-10-20")]),
        (["--on", "2025-10-27"], [WALK[2]]),
        (["--on", "2025-10-28"], []),
        (["--on", "2025-10-23"], []),
        (["--from", "2025-10-26"], WALK[1:]),
        (["--to", "2025-10-24"], [("fair", "2025-10-20"), WALK[0]]),
        (["--from", "2025-10-21", "--to", "2025-10-24"], [("fair", "2025-10-20"), WALK[0]]),
        (["--on", "2025-10-26..2025-10-30"], WALK[1:]),
        (["--on", "26 Oct"], [WALK[1]]),
        (["--on", "today"], [WALK[1]]),
        (["--search", "walk", "--from", "2025-10-27"], [WALK[2]]),
        (["--status", "cancelled"], []),
    ],
)
def test_period_has_the_times_that_touch_it(ours: Agenda, options: list[str], expected: list[tuple[str, str]]) -> None:
    assert starts(ours("list", *options, AGENDA_NOW="2025-10-26T12:00")) == expected


def test_table_tells_until_when_a_time_goes_on(ours: Agenda) -> None:
    assert "also: Fair, until 22 Oct" in ours("list", "--on", "2025-10-21", "-f", "table").out


def test_cancelled_series_is_left_out(ours: Agenda) -> None:
    data = event(start="2025-10-24", repeat='"FREQ=DAILY;COUNT=2"', status='"cancelled"')
    assert starts(ours("list", data=data)) == []
    assert len(starts(ours("list", "--status", "cancelled", data=data))) == 2


# --- Without an end ---

ENDLESS = event(start="2025-10-24", repeat='"FREQ=DAILY"')
REMARK = "agenda: 1 series has no end; only its first 1,000 times from {} on are told; --on or --to chooses others\n"


@pytest.mark.parametrize(
    ("options", "count", "first"),
    [
        ([], 1000, "2026-01-05"),
        (["--from", "2025-12-01"], 1000, "2025-12-01"),
        (["--from", "2020-01-01"], 1000, "2025-10-24"),
        (["--on", "2026-03-01.."], 1000, "2026-03-01"),
    ],
)
def test_endless_series_has_its_next_1000_times(ours: Agenda, options: list[str], count: int, first: str) -> None:
    run = ours("list", "-v", *options, data=ENDLESS, AGENDA_NOW="2026-01-05T10:00")
    assert (run.code, len(run.lines), run.lines[0].split("\t")[1], run.err) == (
        0,
        count,
        first,
        REMARK.format(options[1].rstrip(".") if options else "2026-01-05"),
    )


@pytest.mark.parametrize("format", [format for format in Format if format is not Format.TABLE])
def test_script_is_told_that_an_endless_series_is_cut(ours: Agenda, format: Format) -> None:
    run = ours("list", "--format", format, data=ENDLESS, AGENDA_NOW="2026-01-05T10:00")
    assert (run.code, run.err) == (0, REMARK.format("2026-01-05"))


def test_json_of_more_times_than_are_selected_is_none_at_all(ours: Agenda) -> None:
    series = {"start": "2025-10-24", "repeat": '"FREQ=DAILY;COUNT=10000"'}
    run = ours("list", "--format", "json", data=many([series] * 6))
    assert (run.code, run.out) == (2, "")
    assert "more than 50,000 times; choose fewer events or days" in run.err


def test_quiet_silences_what_is_told_of_an_endless_series(ours: Agenda) -> None:
    assert ours("list", "--quiet", data=ENDLESS).err == ""


@pytest.mark.parametrize("command", ["count --by day", "timeline"])
def test_other_answers_that_are_cut_are_told_to_be(ours: Agenda, command: str) -> None:
    run = ours(*command.split(), data=ENDLESS, AGENDA_NOW="2026-01-05T10:00")
    assert (run.code, run.err) == (0, REMARK.format("2026-01-05"))


@pytest.mark.parametrize(
    ("options", "count", "first"),
    [
        (["--to", "2025-10-26"], 3, "2025-10-24"),
        (["--on", "2025-11"], 30, "2025-11-01"),
        (["--from", "2035-01-01", "--to", "2035-01-10"], 10, "2035-01-01"),
        (["--from", "2025-10-24", "--to", "2035-01-10"], 3366, "2025-10-24"),
    ],
)
def test_endless_series_has_all_of_a_period(ours: Agenda, options: list[str], count: int, first: str) -> None:
    run = ours("list", "-v", *options, data=ENDLESS, AGENDA_NOW="2026-01-05T10:00")
    assert (run.code, len(run.lines), run.lines[0].split("\t")[1], run.err) == (0, count, first, "")


def test_remark_counts_the_series(ours: Agenda) -> None:
    data = ENDLESS + ENDLESS.replace(DAYS, '[[events]]\nid = "b"\ntitle = "B"\n')
    run = ours("list", "--verbose", data=data, AGENDA_NOW="2026-01-05T10:00")
    assert run.err == REMARK.format("2026-01-05").replace("1 series has", "2 series have").replace("its", "their")


def test_day_of_an_endless_series_without_its_year_is_the_one_nearest_to_today(ours: Agenda) -> None:
    run = ours("list", "--on", "24 Oct", data=ENDLESS, AGENDA_NOW="2027-01-05T10:00")
    assert starts(run) == [("a", "2026-10-24")]


# --- The series as one ---


def test_show_tells_how_it_repeats(ours: Agenda) -> None:
    assert ours("show", "walk").out == (
        "Walk\n"
        "walk\n"
        "\n"
        "  When        Friday 24 October 2025, 09:00–10:30 (Europe/Rome)\n"
        "  Repeats     every day, 4 times, but not on 25 Oct 2025\n"
        "  Where       Torino\n"
    )


def test_show_tells_exceptions_in_order(ours: Agenda) -> None:
    (line,) = [line for line in ours("show", "fair", COLUMNS="100").lines if "Repeats" in line]
    assert line == "  Repeats     every week, until 3 Nov 2025, but not on 27 Oct 2025 and 3 Nov 2025"


def test_show_of_an_event_that_does_not_recur_says_nothing_of_it(ours: Agenda) -> None:
    assert "Repeats" not in ours("show", "once").out


@pytest.mark.parametrize("arguments", [("show", "walk", "fair", "-f", "json"), ("show", "-f", "json", "fair", "walk")])
def test_show_has_a_series_once(ours: Agenda, arguments: tuple[str, ...]) -> None:
    shown: list[dict[str, Any]] = json.loads(ours(*arguments).out)
    assert [(one["id"], one["start"]) for one in shown] == [
        ("fair", "2025-10-20"),
        ("walk", "2025-10-24T09:00:00+02:00"),
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["fair", "walk", "once"]),
        (("--from", "2025-10-26"), ["walk"]),
        (("walk", "once", "fair"), ["fair", "walk", "once"]),
    ],
)
def test_export_has_a_series_once(ours: Agenda, options: tuple[str, ...], ids: list[str]) -> None:
    assert lines(ours("export", *options), "UID") == [f"UID:{id_}@test.example" for id_ in ids]


def test_export_of_some_days_has_the_series_from_its_first_time(ours: Agenda) -> None:
    whole = lines(ours("export", "walk"), "DTSTART", "RRULE", "EXDATE")
    assert lines(ours("export", "walk", "--on", "2025-10-27"), "DTSTART", "RRULE", "EXDATE") == whole


@pytest.mark.parametrize("arguments", [("export",), ("export", "--split", "day", "-o", "out")])
def test_export_of_an_endless_series_is_the_same_on_every_day(
    agenda: Agenda, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    data = ENDLESS + '[[events]]\nid = "b"\ntitle = "B"\nstart = 2025-12-01\n'
    found = []
    for now in ("2025-10-24T10:00", "2026-01-05T10:00"):
        run = agenda(*arguments, "-d", "-", stdin=data, env={"AGENDA_NOW": now})
        files = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*")}
        found.append((run.code, run.raw, files))
        for name in files:
            (tmp_path / "out" / name).unlink()
    assert found[0] == found[1]


# --- Rules in a calendar ---


RULES = {
    "FREQ=DAILY": "FREQ=DAILY",
    "freq=daily;interval=1;count=3": "FREQ=DAILY;COUNT=3",
    "FREQ=DAILY;UNTIL=20251030": "FREQ=DAILY;UNTIL=20251030",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,MO;WKST=SU": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,MO;WKST=SU",
    "FREQ=WEEKLY;WKST=MO": "FREQ=WEEKLY",
    "FREQ=MONTHLY;BYDAY=+4FR,-1MO": "FREQ=MONTHLY;BYDAY=4FR,-1MO",
    "FREQ=MONTHLY;BYMONTHDAY=24,-1;BYMONTH=10,11": "FREQ=MONTHLY;BYMONTHDAY=24,-1;BYMONTH=10,11",
    "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=4,-1": "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=4,-1",
    "FREQ=YEARLY;COUNT=10000": "FREQ=YEARLY;COUNT=10000;BYMONTHDAY=24;BYMONTH=10",
}


@pytest.mark.parametrize("number", range(len(RULES)))
def test_rule_is_written_whole(ours: Agenda, number: int) -> None:
    run = ours("export", data=many({"start": "2025-10-24", "repeat": f'"{repeat}"'} for repeat in RULES))
    written = dict(zip(lines(run, "UID"), lines(run, "RRULE"), strict=True))
    assert written[f"UID:e{number}@test.example"] == f"RRULE:{list(RULES.values())[number]}"


@pytest.mark.parametrize(
    ("zone", "start", "rule", "exceptions", "expected"),
    [
        (
            "Europe/Rome",
            "2025-10-24",
            "FREQ=DAILY;UNTIL=20251030",
            "2025-10-28, 2025-10-25",
            [
                "DTSTART;VALUE=DATE:20251024",
                "RRULE:FREQ=DAILY;UNTIL=20251030",
                "EXDATE;VALUE=DATE:20251025",
                "EXDATE;VALUE=DATE:20251028",
            ],
        ),
        (
            "Europe/Rome",
            "2025-10-24T09:00:00",
            "FREQ=DAILY;UNTIL=20251030",
            "2025-10-28, 2025-10-25",
            [
                "DTSTART;TZID=Europe/Rome:20251024T090000",
                "RRULE:FREQ=DAILY;UNTIL=20251030T080000Z",
                "EXDATE;TZID=Europe/Rome:20251025T090000",
                "EXDATE;TZID=Europe/Rome:20251028T090000",
            ],
        ),
        (
            "Europe/Rome",
            "2025-10-24T09:00:00",
            "FREQ=WEEKLY;BYDAY=FR;UNTIL=20251106",
            "2025-10-24",
            [
                "DTSTART;TZID=Europe/Rome:20251024T090000",
                "RRULE:FREQ=WEEKLY;UNTIL=20251031T080000Z;BYDAY=FR",
                "EXDATE;TZID=Europe/Rome:20251024T090000",
            ],
        ),
        (
            "Asia/Tokyo",
            "2025-10-24T05:00:00",
            "FREQ=DAILY;UNTIL=20251026",
            "",
            ["DTSTART;TZID=Asia/Tokyo:20251024T050000", "RRULE:FREQ=DAILY;UNTIL=20251025T200000Z"],
        ),
        (
            "",
            "2025-10-24T09:00:00",
            "FREQ=DAILY;UNTIL=20251030",
            "2025-10-25",
            [
                "DTSTART:20251024T090000",
                "RRULE:FREQ=DAILY;UNTIL=20251030T090000",
                "EXDATE:20251025T090000",
            ],
        ),
        (
            "Europe/Rome",
            "2025-10-24T09:00:00",
            "FREQ=DAILY;UNTIL=20521230",
            "",
            ["DTSTART;TZID=Europe/Rome:20251024T090000", "RRULE:FREQ=DAILY;UNTIL=20521230T080000Z"],
        ),
    ],
)
def test_until_and_exceptions_are_of_the_kind_of_the_start(
    ours: Agenda, zone: str, start: str, rule: str, exceptions: str, expected: list[str]
) -> None:
    data = event(start=start, repeat=f'"{rule}"', except_=f"[{exceptions}]")
    if zone:
        data = data.replace("[agenda]\n", f'[agenda]\ntimezone = "{zone}"\n')
    assert lines(ours("export", data=data), "DTSTART", "RRULE", "EXDATE") == expected


def test_event_that_does_not_recur_has_no_rule(ours: Agenda) -> None:
    assert lines(ours("export", "once"), "RRULE", "EXDATE") == []


# --- What is wrong with a series ---


WRONG: list[tuple[dict[str, str], str]] = [
    ({"repeat": '"FREQ=DAILY"'}, "4:1: repeat without start; a rule needs the day or the time that it starts at"),
    (
        {"repeat": '"FREQ=DAILY"', "between": "[2025-09-24, 2025-09-27]"},
        "4:1: repeat without start; a rule needs the day or the time that it starts at",
    ),
    (
        {"start": "2025-10-24T09:00:00+02:00", "repeat": '"FREQ=DAILY"'},
        (
            "5:10: repeat needs days or local times, and start has an offset; write it without, as the"
            " clocks of its one city show it, and name cities of other time zones in the description"
        ),
    ),
    (
        {"start": "2025-10-24T09:00:00Z", "repeat": '"FREQ=DAILY"'},
        (
            "5:10: repeat needs days or local times, and start has an offset; write it without, as the"
            " clocks of its one city show it, and name cities of other time zones in the description"
        ),
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=WEEKLY;BYDAY=MO"'},
        (
            "5:10: repeat gives 2025-10-27 as its first day, but start is 2025-10-24; make start that day, or"
            " change the rule"
        ),
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"'},
        "5:10: repeat gives no day at all; change the rule",
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=MONTHLY;BYDAY=6MO"'},
        "5:10: repeat gives no day at all; change the rule",
    ),
    (
        {"start": "2025-10-24T09:00:00", "repeat": '"FREQ=DAILY;UNTIL=20251023"'},
        "5:10: repeat ends on 2025-10-23, before start, 2025-10-24; end it later, or start it earlier",
    ),
    (
        {"start": "2025-10-24", "except_": "[2025-10-25]"},
        "5:1: except without repeat; add the rule that it takes days from",
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=WEEKLY"', "except_": "[2025-10-31, 2025-11-01]"},
        "6:23: 2025-11-01 is not a day that repeat gives; leave it out",
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=WEEKLY;COUNT=2"', "except_": "[2025-11-07]"},
        "6:11: 2025-11-07 is not a day that repeat gives; leave it out",
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=WEEKLY"', "except_": "[2025-10-17]"},
        "6:11: 2025-10-17 is not a day that repeat gives; leave it out",
    ),
    (
        {"start": "2025-10-24", "repeat": '"FREQ=WEKLY"'},
        "5:10: repeat: FREQ=WEKLY is not known here; take DAILY, WEEKLY, MONTHLY, YEARLY",
    ),
    (
        {"start": "2025-10-24", "repeat": '"weekly"'},
        "5:10: repeat: WEEKLY is no part of a rule; write FREQ=WEEKLY",
    ),
    (
        {"start": "2025-10-24", "repeat": '""'},
        '5:10: repeat is ""; it must be a rule such as "FREQ=WEEKLY;COUNT=3"',
    ),
    (
        {"start": "2025-10-24", "repeat": "3"},
        '5:10: repeat is 3; it must be a rule such as "FREQ=WEEKLY;COUNT=3"',
    ),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_check_tells_what_is_wrong(ours: Agenda, number: int) -> None:
    """Each diagnostic here has its line within the event."""
    run = ours("check", "-", data=many(keys for keys, _ in WRONG))
    before = many(keys for keys, _ in WRONG[:number]).count("\n")
    line, _, rest = WRONG[number][1].partition(":")
    column, _, message = rest.partition(": ")
    found = [told for told in run.lines if f"event 'e{number}'" in told]
    assert (run.code, found) == (1, [f"<stdin>:{before + int(line)}:{column}: event 'e{number}': {message}"])


def test_check_tells_each_day_that_the_rule_does_not_give(agenda: Agenda, file: File) -> None:
    path = file(event(start="2025-10-24", repeat='"FREQ=WEEKLY"', except_="[2025-10-25, 2025-10-31, 2025-10-26]"))
    found = [line.partition(": ")[0].removeprefix(str(path)) for line in agenda("check", path).lines]
    assert found == [":8:11", ":8:35"]


@pytest.mark.parametrize("exceptions", ["[]", "[2025-10-31, 2025-10-31]", "[2025-10-24]"])
def test_check_takes_exceptions_in_any_number(ours: Agenda, exceptions: str) -> None:
    data = event(start="2025-10-24", repeat='"FREQ=WEEKLY"', except_=exceptions)
    assert ours("list", "--on", "2025-11-07", data=data).out == "a\t2025-11-07\t2025-11-07\t-\tA\n"


@pytest.mark.parametrize(
    ("start", "repeat"),
    [("0001-01-01", "FREQ=WEEKLY;WKST=SU;COUNT=2"), ("9999-12-27", "FREQ=WEEKLY;BYDAY=MO,SA")],
)
def test_ends_of_the_calendar_are_no_bug(ours: Agenda, start: str, repeat: str) -> None:
    run = ours("list", "--to", "9999-12-31", data=event(start=start, repeat=f'"{repeat}"'))
    assert (run.code, run.err, run.lines[:1]) == (0, "", [f"a\t{start}\t{start}\t-\tA"])


LONG = {
    "FREQ=DAILY;INTERVAL=2;COUNT=10000": "2036-09-09",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10000": "2036-09-05",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10000": "2036-09-05",
}
"""Rules that start on 2025-09-29, and a day of each."""


@pytest.mark.slow
@pytest.mark.parametrize("rule", LONG)
def test_long_rules_in_thousands_are_checked(ours: Agenda, rule: str) -> None:
    data = many({"start": "2025-09-29", "repeat": f'"{rule}"', "except_": f"[{LONG[rule]}]"} for _ in range(2000))
    assert (
        ours(
            "check",
            "-",
            data=data.replace('title = "A"', 'title = "A"\nstatus = "cancelled"\nrevised = 2025-10-01T00:00:00Z'),
        ).code
        == 0
    )


@pytest.mark.slow
def test_rules_that_take_too_long_together_are_told(ours: Agenda) -> None:
    rule = '"FREQ=DAILY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;COUNT=9999"'
    run = ours("check", "-", data=many({"start": "2025-09-29", "repeat": rule} for _ in range(400)))
    message = "repeat takes too long to look at beside the other rules of the file; write fewer long rules"
    assert (run.code, message in run.out) == (1, True)


def test_rules_whose_weekdays_pass_over_most_days_are_not_looked_at_for_more_years(ours: Agenda) -> None:
    rule = '"FREQ=DAILY;BYDAY=SA;BYMONTH=5,11;BYMONTHDAY=30,31;UNTIL=99991231"'
    run = ours("check", "-", data=many({"start": "2026-05-30", "repeat": rule} for _ in range(20)))
    assert run.code == 0
