"""The bounds of agenda/limits.py: documented, and kept, told by the steps that are taken."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from conftest import Run, environment
from msgspec.structs import replace

from agenda import limits
from agenda.cli.foreign import import_content
from agenda.cli.published_folder import publish
from agenda.dates import Period
from agenda.errors import ExcessError, FileError, UsageError
from agenda.ical import clocks, judge, rule_steps
from agenda.ical.file_zones import is_seasonal
from agenda.ical.importer import import_calendars
from agenda.ical.judge import SourceSeries, StartAndEnd
from agenda.ical.reader import read_calendars
from agenda.interchange import match
from agenda.interchange.cell_lists import split_names
from agenda.interchange.guids import make_guid
from agenda.interchange.match import Incoming, match_events
from agenda.interchange.result import Origin
from agenda.model import Agenda, City, Event, Fixed, Occurrence
from agenda.query import Query, make_selection, select, walk_occurrences
from agenda.recurrence import expand, months
from agenda.recurrence.budget import Budget
from agenda.recurrence.expand import rule_days
from agenda.recurrence.rrule import parse_rule
from agenda.reports.days import group_by_day
from agenda.reports.upcoming import look_ahead
from agenda.text.folding import fold
from agenda.views.styles import city_marks

MONDAY = date(2025, 9, 29)
FORMAT_PAGE = (Path(__file__).parent.parent / "docs" / "format.md").read_text(encoding="utf-8")


def agenda_of(number: int, rule: str) -> Agenda:
    """So many series of that rule."""
    return Agenda(
        events=tuple(
            Event(id=f"e{place}", title="A", when=Fixed(MONDAY), repeat=parse_rule(rule)) for place in range(number)
        )
    )


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Fixed]:
    """The times of series that are made in the course of a test."""
    times: list[Fixed] = []
    move_to = expand.move_to

    def note(when: Fixed, start: date) -> Fixed:
        times.append(when)
        return move_to(when, start)

    monkeypatch.setattr("agenda.recurrence.expand.move_to", note)
    return times


def test_every_bound_is_in_the_page_of_the_format() -> None:
    section = FORMAT_PAGE.partition("## Limits\n")[2].partition("\n## ")[0]
    numbers = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\d|\d", section)}
    bounds = {name: bound for name, bound in vars(limits).items() if name.startswith("MAX_")}
    in_megabytes = {name: bound // 10**6 if name.endswith("_BYTES") else bound for name, bound in bounds.items()}
    assert {name for name, bound in in_megabytes.items() if bound not in numbers} == set()


# --- Occurrences ---


def test_first_occurrences_of_many_long_series_cost_what_is_taken(made: list[Fixed]) -> None:
    first = list(islice(walk_occurrences(agenda_of(200, "FREQ=DAILY;COUNT=10000")), 3))
    assert [occurrence.when for occurrence in first] == [Fixed(MONDAY)] * 3
    assert len(made) <= 200 + 3


def test_day_of_long_series_costs_the_occurrences_on_it(made: list[Fixed]) -> None:
    day = MONDAY + timedelta(9_000)
    query = Query(periods=(Period(day, day),))
    assert len(select(agenda_of(50, "FREQ=DAILY;COUNT=10000"), query)) == 50
    assert len(made) <= 50 * 6


def test_what_comes_next_costs_what_is_near(made: list[Fixed]) -> None:
    today = MONDAY + timedelta(900)
    now = datetime.combine(today, time(10), UTC)
    outlook = look_ahead(agenda_of(50, "FREQ=DAILY;COUNT=10000"), Query(today=today), now, 3)
    assert {upcoming.when.days[0] for upcoming in outlook.dated} >= {today, today + timedelta(1)}
    assert len(made) <= 50 * 15


def test_more_times_of_series_than_are_selected_are_refused_where_all_are_on() -> None:
    rule = parse_rule("FREQ=DAILY;COUNT=9000")
    event = Event(id="a", title="A", when=Fixed(MONDAY, MONDAY + timedelta(900)), repeat=rule)
    agenda = Agenda(events=tuple(replace(event, id=f"e{number}") for number in range(60)))
    now = datetime.combine(MONDAY + timedelta(900), time(10), UTC)
    with pytest.raises(ExcessError, match="more than 50,000 times; choose fewer events or days"):
        look_ahead(agenda, Query(today=now.date()), now, 3)


def test_more_times_of_series_than_are_selected_are_refused() -> None:
    with pytest.raises(ExcessError, match="more than 50,000 times; choose fewer events or days"):
        select(agenda_of(11, "FREQ=DAILY;COUNT=10000"))


def test_first_of_more_times_than_are_selected_cost_what_is_taken(made: list[Fixed]) -> None:
    selection = make_selection(agenda_of(200, "FREQ=DAILY;COUNT=10000"), Query())
    assert selection.occurrences
    assert len(list(islice(selection.occurrences, 300))) == 300
    assert len(made) <= 300 + 200


@pytest.mark.parametrize("format", ["tsv", "csv", "jsonl", "markdown"])
def test_list_of_lines_into_a_pipe_gives_what_is_read_of_it(file: Callable[..., Path], format: str) -> None:
    rule = 'repeat = "FREQ=DAILY;COUNT=10000"'
    entry = f'[[events]]\nid = "e{{0}}"\ntitle = "A"\nstart = 2025-09-29\n{rule}\n'
    path = file("".join(entry.format(number) for number in range(20)))
    arguments = [sys.executable, "-m", "agenda", "list", "--format", format, "--data", str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as run:
        assert run.stdout
        assert run.stderr
        lines = [run.stdout.readline() for _ in range(5)]
        run.stdout.close()
        message = run.stderr.read()
    assert b"e0" in b"".join(lines)
    assert (run.returncode, message) == (0, b"")


def test_series_without_an_end_share_what_is_selected_of_them() -> None:
    selection = make_selection(agenda_of(100, "FREQ=DAILY"), Query(today=MONDAY))
    assert selection.endless_times == limits.MAX_ALL_ENDLESS_TIMES // 100
    assert len(selection.occurrences) == limits.MAX_ALL_ENDLESS_TIMES


def test_merged_series_are_in_the_order_of_a_sorted_list() -> None:
    rules = ["FREQ=DAILY;COUNT=40", "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12", "FREQ=MONTHLY;COUNT=3"]
    events = [
        Event(id=f"e{place}", title=title, when=Fixed(MONDAY), repeat=parse_rule(rule))
        for place, (title, rule) in enumerate(zip("CAB", rules, strict=True))
    ]
    single = Event(id="single", title="B", when=Fixed(MONDAY + timedelta(7)))
    found = select(Agenda(events=(*events, single)))

    def key(occurrence: Occurrence) -> tuple[date, str, str]:
        return occurrence.when.days[0], occurrence.event.title, occurrence.event.id  # type: ignore[union-attr]

    assert found == sorted(found, key=key)
    assert len(found) == 40 + 12 + 3 + 1


# --- Rules ---


@pytest.fixture
def month_steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The steps that rules of months and years take, as they take them."""
    steps: list[int] = []
    step = months._Months._step

    def note(self: months._Months, number: int) -> Sequence[date] | None:
        steps.append(number)
        return step(self, number)

    monkeypatch.setattr(months._Months, "_step", note)
    return steps


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20"])
def test_rule_without_any_day_ends_after_a_cycle_of_the_calendar(rule: str, month_steps: list[int]) -> None:
    assert list(rule_days(parse_rule(rule), MONDAY)) == []
    assert len(month_steps) <= 400 * 12 + 2


def test_number_that_is_named_again_is_one() -> None:
    again = parse_rule(f"FREQ=MONTHLY;BYDAY={','.join(['MO'] * 2_501)};BYSETPOS={','.join(['1'] * 2_501)}")
    assert again == parse_rule("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1")


def test_series_of_which_very_many_times_are_on_at_once_is_a_mistake_at_its_line(agenda: Callable[..., Run]) -> None:
    text = '[[events]]\nid = "a"\ntitle = "A"\nstart = 1800-01-01\nend = 1999-12-31\nrepeat = "FREQ=DAILY"\n'
    run = agenda("list", "-d", "-", stdin=text)
    assert run.err.startswith(
        "<stdin>:6:10: event 'a': more than 1,000 times of this series are on at once; let each end"
    )


# --- Names and days ---


@pytest.mark.parametrize("mark", ["\N{HALFWIDTH KATAKANA VOICED SOUND MARK}\u0323", "\u0323\u0301"])
def test_run_of_marks_is_not_put_in_order(mark: str) -> None:
    assert fold("A" + mark * 50_000) == "a"


def test_marks_of_very_many_cities_are_their_shortest_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def note(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr("agenda.views.styles.fold", note)
    cities = [City(f"C{number}", rank=number) for number in range(3_000)]
    marks = city_marks(cities)
    assert (marks[cities[2999]], marks[cities[10]], marks[cities[7]]) == ("C2999", "C10", "C7")
    assert len(folded) <= 3_000 * 6


def test_very_many_languages_are_a_mistake_at_the_first_that_is_too_much(agenda: Callable[..., Run]) -> None:
    tags = [f'"a{first}{second}"' for first in "abcdefghij" for second in "abcdefghijk"]
    lines = ",\n".join(tags)
    run = agenda("list", "-d", "-", stdin=f"[agenda]\nlanguages = [\n{lines}\n]\n")
    assert run.err.startswith(
        "<stdin>:103:1: agenda: these are 110 languages, and 100 are the most; leave out the others"
    )


def test_month_marks_a_hundred_cities_of_a_day_and_counts_the_others(agenda: Callable[..., Run]) -> None:
    cities = ", ".join(f'"C{number}"' for number in range(250))
    text = f'[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-10-01\ncity = [{cities}]\n'
    run = agenda("month", "2025-10", "-d", "-", stdin=text, env={"COLUMNS": "100"})
    grid = run.out.partition("Wednesday 1")[0]
    assert "+150 more" in grid
    assert "C99" in grid
    assert "C100" not in grid


def test_day_of_very_many_events_is_a_list_by_the_hour(agenda: Callable[..., Run]) -> None:
    entry = '[[events]]\nid = "e{0}"\ntitle = "A"\nstart = 2025-10-01T09:00:00\nend = 2025-10-01T10:00:00\n'
    text = "".join(entry.format(number) for number in range(limits.MAX_DAY_BLOCKS + 1))
    run = agenda("day", "2025-10-01", "-d", "-", stdin=text)
    assert run.out.count("[e") == limits.MAX_DAY_BLOCKS + 1
    assert run.out.count("09:00\n") == 1


@pytest.mark.parametrize(("rule", "code"), [("FREQ=DAILY;COUNT=2501", 2), ("FREQ=DAILY", 0)])
def test_site_of_very_many_times_asks_for_fewer_days(
    agenda: Callable[..., Run], tmp_path: Path, rule: str, code: int
) -> None:
    series = "".join(
        f'[[events]]\nid = "{name}"\ntitle = "A"\nstart = 2026-03-06T18:00:00\nrepeat = "{rule}"\n' for name in "ab"
    )
    run = agenda("site", "pages", "--data", "-", stdin=series)
    assert (run.code, "more than 5,000 times" in run.err, (tmp_path / "pages").exists()) == (code, code == 2, code == 0)
    assert agenda("site", "pages", "--from", "2030-01-01", "--to", "2030-01-31", "--data", "-", stdin=series).code == 0


def test_pages_that_are_too_large_together_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.cli.published_folder.MAX_SITE_BYTES", 10**6)
    written: list[int] = []

    def pages() -> Iterator[tuple[str, bytes]]:
        for number in range(100):
            written.append(number)
            yield f"{number}.html", b"a" * 100_000

    with pytest.raises(FileError, match="larger than 1 MB"):
        publish(str(tmp_path / "pages"), pages())
    assert (len(written), (tmp_path / "pages").exists()) == (11, False)


def test_what_goes_on_for_years_is_told_again_up_to_a_number() -> None:
    starts = [MONDAY + timedelta(number) for number in range(2_000)]
    whens = [Fixed(start, start + timedelta(4_000)) for start in starts]
    occurrences = [Occurrence(Event(id=f"e{number}", title="A", when=when), when) for number, when in enumerate(whens)]
    days = list(group_by_day(occurrences, Period()))
    assert sum(len(day.goes_on) for day in days) == limits.MAX_RETOLD
    assert sum(len(day.goes_on) + day.more for day in days if day.last < starts[-1]) == 1_999 * 1_998 // 2
    assert len(days) <= 2 * len(occurrences)


# --- Calendars ---


@pytest.mark.parametrize(
    ("rule", "is_one"),
    [
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", True),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU;UNTIL=20061029T060000Z", True),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", False),
        ("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3", False),
        ("FREQ=SECONDLY", False),
    ],
)
def test_another_reader_is_asked_where_clocks_change_once_a_season(rule: str, is_one: bool) -> None:
    assert is_seasonal(rule) is is_one


def test_zones_that_never_change_cost_the_years_in_use(month_steps: list[int]) -> None:
    observance = (
        "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:STANDARD\n"
    )
    zone = f"BEGIN:VTIMEZONE\nTZID:Odd\n{observance * 20}END:VTIMEZONE\n"
    event = "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Odd:20250106T100000\nEND:VEVENT\n"
    imported = import_calendars(f"BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR\n".encode(), "a.ics")
    assert len(imported.tables["events"]) == 1
    assert len(month_steps) <= 20 * 20


def test_lines_that_are_none_are_told_up_to_a_number(agenda: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "odd.ics").write_text("BEGIN:VCALENDAR\n" + "odd\n" * 3_000 + "END:VCALENDAR\n")
    run = agenda("import", str(tmp_path / "odd.ics"), "--output", str(tmp_path / "new.toml"))
    told = [line for line in run.err.splitlines() if "odd.ics:" in line]
    assert len(told) == limits.MAX_DIAGNOSTICS + 1
    assert told[-1].endswith("and 2950 more")


def calendar(*parts: str) -> bytes:
    """A calendar of those components."""
    return "\n".join(["BEGIN:VCALENDAR", *parts, "END:VCALENDAR", ""]).encode()


def series_of(rule: str, number: int = 0, start: str = "DTSTART:20250106T100000") -> str:
    """A series of that rule, which is called `A` and its number."""
    return f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:A{number}\n{start}\nRRULE:{rule}\nEND:VEVENT"


def test_properties_that_say_nothing_are_not_kept() -> None:
    (read,) = read_calendars(calendar("A:\n" * 1_000, "X-WR-CALNAME:Tour"), "a.ics").calendars
    assert [given.name for given in read.properties] == ["X-WR-CALNAME"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=60",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261231T100000",
        "FREQ=MONTHLY;BYDAY=1MO;COUNT=9",
        "FREQ=MONTHLY;BYMONTHDAY=6",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO;COUNT=30",
    ],
)
def test_plain_rule_is_kept_however_much_the_others_of_its_file_cost(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.ical.importer.MAX_IMPORTED_STEPS", 0)
    costly = [series_of("FREQ=YEARLY;BYWEEKNO=20", number) for number in range(1, 4)]
    imported = import_calendars(calendar(*costly, series_of(rule)), "a.ics")
    assert [event["title"] for event in imported.tables["events"] if event.get("repeat")] == ["A0"]
    (told,) = (loss for loss in imported.losses if "take too many steps" in loss)
    assert all(f'"A{number}"' in told for number in range(1, 4))


def test_days_of_a_rule_are_paid_for_before_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.ical.importer.MAX_IMPORTED_STEPS", 0)
    days: list[date] = []
    gives = rule_steps._Steps._gives

    def note(self: rule_steps._Steps, day: date) -> bool:
        days.append(day)
        return gives(self, day)

    monkeypatch.setattr(rule_steps._Steps, "_gives", note)
    import_calendars(calendar(*(series_of("FREQ=YEARLY;BYWEEKNO=20", number) for number in range(50))), "a.ics")
    assert days == []


def test_rules_of_time_zones_share_the_steps_of_their_file(
    monkeypatch: pytest.MonkeyPatch, month_steps: list[int]
) -> None:
    monkeypatch.setattr("agenda.ical.importer.MAX_IMPORTED_STEPS", 20_000)
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Odd{0}\nBEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=30;COUNT=3000\nEND:STANDARD\nEND:VTIMEZONE"
    )
    event = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:A{0}\nDTSTART;TZID=Odd{0}:20250106T100000\nEND:VEVENT"
    parts = [part.format(number) for part in (zone, event) for number in range(50)]
    imported = import_calendars(calendar(*parts), "a.ics")
    assert len(month_steps) <= 20_000
    assert any("so that a time zone of it is not known" in loss for loss in imported.losses)


def test_names_of_time_zones_share_the_steps_of_their_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.ical.importer.MAX_IMPORTED_STEPS", 1_000)
    names: list[str] = []

    def note(name: str) -> None:
        names.append(name)

    monkeypatch.setattr("agenda.ical.tzids.find_named_zone", note)
    event = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:A{0}\nDTSTART;TZID={0}:20250106T100000\nEND:VEVENT"
    tzids = [*(f"Odd{number}" for number in range(50)), "Asia/Tokyo"]
    imported = import_calendars(calendar(*map(event.format, tzids)), "a.ics", ZoneInfo("Europe/Rome"))
    assert len(names) <= 10
    assert imported.tables["events"][-1]["start"].isoformat() == "2025-01-06T10:00:00+09:00"  # by its exact name
    assert any("so that a time zone of it is not known" in loss for loss in imported.losses)


def test_times_that_are_added_share_the_steps_of_their_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.ical.importer.MAX_IMPORTED_STEPS", 1_000)
    days = ",".join(f"202501{day:02}T100000" for day in range(7, 31))
    series = [series_of(f"FREQ=YEARLY;COUNT=2\nRDATE:{days}", number) for number in range(50)]
    imported = import_calendars(calendar(*series), "a.ics")
    assert len(imported.tables["events"]) <= 50 * 12 + 1_000 // 20
    assert any("so that times that are added (RDATE) are lost" in loss for loss in imported.losses)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[StartAndEnd]:
    """The times that another reader makes of series, as it makes them."""
    times: list[StartAndEnd] = []
    expand_as_others = judge._expand

    def note(text: str, low: datetime, high: datetime) -> list[StartAndEnd] | None:
        made = expand_as_others(text, low, high)
        times.extend(made or ())
        return made

    monkeypatch.setattr(judge, "_expand", note)
    return times


def test_another_reader_makes_so_many_times_of_the_series_of_a_file(
    monkeypatch: pytest.MonkeyPatch, judged: list[StartAndEnd]
) -> None:
    monkeypatch.setattr(judge, "MAX_JUDGED_TIMES", 500)
    rule = "FREQ=DAILY;BYHOUR=10,11,12,13;COUNT=100"
    import_calendars(calendar(*(series_of(rule, number) for number in range(50))), "a.ics")
    assert 200 <= len(judged) <= 500


def test_another_reader_is_not_asked_for_each_second_of_a_day(judged: list[StartAndEnd]) -> None:
    import_calendars(calendar(series_of("FREQ=SECONDLY"), series_of("FREQ=DAILY;COUNT=3", 1)), "a.ics")
    assert len(judged) == 3


def test_zone_of_very_many_changes_is_not_given_to_another_reader(judged: list[StartAndEnd]) -> None:
    days = ",".join(f"{MONDAY + timedelta(number):%Y%m%d}T000000" for number in range(limits.MAX_JUDGED_TIMES))
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:20250101T000000\nTZOFFSETFROM:+0100\n"
        f"TZOFFSETTO:+0200\nRDATE:{days}\nEND:STANDARD\nEND:VTIMEZONE"
    )
    import_calendars(calendar(zone, series_of("FREQ=DAILY", start="DTSTART;TZID=Odd:20250106T100000")), "a.ics")
    assert judged == []


def test_another_reader_is_asked_of_nothing_once_it_has_made_so_many_times(
    monkeypatch: pytest.MonkeyPatch, judged: list[StartAndEnd]
) -> None:
    monkeypatch.setattr(judge, "MAX_JUDGED_TIMES", 149)  # of two series, and a rest that no third one fits in
    looked_at: list[str] = []
    cost = judge._cost

    def note(series: SourceSeries) -> int:
        looked_at.append(series.title)
        return cost(series)

    monkeypatch.setattr(judge, "_cost", note)
    import_calendars(calendar(*(series_of("FREQ=WEEKLY;COUNT=3", number) for number in range(50))), "a.ics")
    assert len(judged) == 6
    assert len(looked_at) == 2


def test_clocks_of_so_many_zones_are_compared_year_by_year(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    distances = clocks._distances

    def note(there: tzinfo, zone: ZoneInfo, year: int) -> AbstractSet[timedelta]:
        compared.append(there)
        return distances(there, zone, year)

    monkeypatch.setattr(clocks, "_distances", note)
    monkeypatch.setattr(clocks, "MAX_COMPARED_CLOCKS", 2)
    zones = ["Berlin", "Paris", "Madrid", "Vienna", "Prague", "Oslo"]
    events = [
        series_of("FREQ=WEEKLY;COUNT=60", number, start=f"DTSTART;TZID=Europe/{zone}:20250106T100000")
        for number, zone in enumerate(zones)
    ]
    imported = import_calendars(calendar("X-WR-TIMEZONE:Europe/Rome", *events), "a.ics")
    assert len(set(compared)) == 2
    assert [event["repeat"] for event in imported.tables["events"]] == ["FREQ=WEEKLY;COUNT=60"] * len(zones)


def test_origins_are_looked_for_only_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Origin:
        raise AssertionError

    monkeypatch.setattr("agenda.ical.importer.make_origin", fail)
    assert import_calendars(calendar(series_of("FREQ=DAILY;COUNT=3")), "a.ics").tables["events"]


@pytest.mark.parametrize("raised", [KeyError("X"), AssertionError()])
def test_what_another_reader_cannot_read_is_told(monkeypatch: pytest.MonkeyPatch, raised: Exception) -> None:
    def fail(_: object) -> None:
        raise raised

    monkeypatch.setattr("recurring_ical_events.of", fail)
    imported = import_calendars(calendar(series_of("FREQ=DAILY;COUNT=3")), "a.ics")
    assert any("could not be compared with those of another reader" in loss for loss in imported.losses)


@pytest.mark.parametrize(
    ("place", "raised"),
    [("recurring_ical_events.of", MemoryError()), ("agenda.ical.judge._normal", TypeError("a bug of ours"))],
    ids=["memory", "bug"],
)
def test_another_reader_swallows_no_lack_of_memory_and_no_bug(
    monkeypatch: pytest.MonkeyPatch, place: str, raised: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(place, fail)
    with pytest.raises(type(raised)):
        import_calendars(calendar(series_of("FREQ=DAILY;COUNT=3")), "a.ics")


def test_losses_of_very_many_kinds_are_told_up_to_a_number() -> None:
    rules = [f"EXRULE:FREQ=DAILY;INTERVAL={number};BYHOUR=99" for number in range(1, 301)]
    imported = import_calendars(calendar(series_of("FREQ=DAILY\n" + "\n".join(rules))), "a.ics")
    assert sum("that takes out times (EXRULE) cannot be kept whole" in loss for loss in imported.losses) <= 50
    assert any("250 more kinds of things that happened" in loss for loss in imported.losses)


def test_rules_of_a_calendar_share_the_steps_that_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.ical.importer.MAX_IMPORTED_STEPS", 20_000)
    steps: list[int] = []
    pay = Budget.pay

    def note(self: Budget, number: int) -> None:
        pay(self, number)
        steps.append(number)

    monkeypatch.setattr(Budget, "pay", note)
    event = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:A{0}\nDTSTART:20250106T100000\nRRULE:FREQ=YEARLY;BYWEEKNO=20\nEND:VEVENT\n"
    text = "".join(event.format(number) for number in range(50))
    imported = import_calendars(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode(), "a.ics")
    assert {event["uid"] for event in imported.tables["events"]} >= {f"{number}" for number in range(1, 50)}
    assert any("take too many steps" in loss for loss in imported.losses)
    assert sum(steps) <= 20_000 + 50 * limits.MAX_IMPORTED_STEPS_OF_SERIES + 366 * 5


# --- Into an agenda ---


def test_sessions_are_looked_for_among_the_times_on_their_days(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[date | None] = []

    def note(uid: str, day: date | None = None) -> UUID:
        made.append(day)
        return make_guid(uid, day)

    monkeypatch.setattr(match, "make_guid", note)
    uid = "e@tour.example"
    session = Incoming(
        event=Event(id="s", title="S", when=Fixed(MONDAY + timedelta(2_000))),
        table={"id": "s"},
        origin=Origin(told=frozenset({"start"}), uid=str(make_guid(uid, MONDAY + timedelta(2_000)))),
    )
    series = replace(agenda_of(1, "FREQ=DAILY").events[0], uid=uid)
    matches = match_events([session], Agenda(events=(series,)), {series.id: [series.title]})
    assert matches.times == [series]
    assert len(made) <= 4


def test_sessions_are_looked_for_among_so_many_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match, "MAX_SESSIONS", 10)
    session = Incoming(
        event=Event(id="s", title="S", when=Fixed(MONDAY)),
        table={"id": "s"},
        origin=Origin(told=frozenset({"start"}), uid=str(make_guid("of nobody", MONDAY))),
    )
    series = tuple(replace(event, uid=event.id) for event in agenda_of(50, "FREQ=DAILY;COUNT=3").events)
    titles = {event.id: [event.title] for event in series}
    assert not match_events([session], Agenda(events=series), titles).has_all_times
    assert match_events([session], Agenda(events=series[:2]), titles).has_all_times


# --- Tables ---


def test_table_of_very_many_events_is_refused_at_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.interchange.sheet_importer.MAX_TABLE_ROWS", 3)
    with pytest.raises(UsageError, match="row 8: a table of this size may have 3 rows below its headings"):
        import_content(b"Title,Start\n" + b"A,2025-01-06\n\n" * 4, "a.csv")


def test_table_in_a_larger_file_may_have_more_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.interchange.sheet_importer.MAX_TABLE_ROWS", 3)
    row = b"A title of more words than others,2025-01-06\n"
    assert len(row) > limits.BYTES_OF_TABLE_ROW
    assert len(import_content(b"Title,Start\n" + row * 40, "a.csv").tables["events"]) == 40


def test_cells_of_a_table_are_not_read_after_very_many_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.interchange.sheet_rows.MAX_UNREAD_ROWS", 20)
    cells: list[object] = []

    def note(cell: object, *_: object, **__: object) -> None:
        cells.append(cell)
        raise ValueError("no day")

    monkeypatch.setattr("agenda.interchange.sheet_rows.read_cell_times", note)
    imported = import_content(b"Title,Start\n" + b"A,x\n" * 100, "a.csv")
    assert len(cells) == 20
    assert any("is not looked at after 20 rows that cannot be read" in loss for loss in imported.losses)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Anna (piano; voice); Bert", ["Anna (piano; voice)", "Bert"]),
        ("Anna [a; b; Bert", ["Anna [a", "b", "Bert"]),
        ("Anna; b) ; Bert", ["Anna; b)", "Bert"]),
        ("A; (b; c); (d", ["A", "(b; c)", "(d"]),
    ],
)
def test_names_in_a_cell_are_not_split_within_brackets(cell: str, names: list[str]) -> None:
    assert split_names(cell, lambda *_: None, commas=False) == names
