"""What people type for days is read in one way, or not at all."""

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from conftest import Run
from day_forms import DAYS, MONTH_FORMS, NO_MONTHS, REFUSED, SPAN, SPANS, TODAY
from hypothesis import given
from hypothesis import strategies as st

from agenda.dates import Period, month_of, write_period
from agenda.errors import UsageError
from agenda.typed_days.clock import Clock, is_day
from agenda.typed_days.present import now
from agenda.typed_days.times_of_day import read_time_of_day
from agenda.wording.english import ENGLISH

CLOCK = Clock(TODAY, lambda: SPAN)
TOKYO = ZoneInfo("Asia/Tokyo")

ENGLISH_NAMES = [
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
]
ITALIAN = [
    ("gennaio", "gen"),
    ("febbraio", "feb"),
    ("marzo", "mar"),
    ("aprile", "apr"),
    ("maggio", "mag"),
    ("giugno", "giu"),
    ("luglio", "lug"),
    ("agosto", "ago"),
    ("settembre", "set"),
    ("ottobre", "ott"),
    ("novembre", "nov"),
    ("dicembre", "dic"),
]
MONTHS = [(name, number) for names in (ENGLISH_NAMES, ITALIAN) for number, both in enumerate(names, 1) for name in both]

STYLES = ["long", "full", "medium"]
"""Of CLDR's dates, those with the name of the month; in Japanese the medium one has numbers, year first."""

days = st.dates()


def one(day: date) -> Period:
    """The period of a single day."""
    return Period(day, day)


# --- The table of docs/days.md ---


def rows(*tables: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """What is typed and what it means, of all sections of these tables."""
    return [row for table in tables for section in table.values() for row in section.items()]


@pytest.mark.parametrize(("typed", "meaning"), rows(DAYS, MONTH_FORMS))
def test_form_of_the_table_is_a_day(typed: str, meaning: str) -> None:
    assert write_period(CLOCK.day(typed)) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(DAYS, MONTH_FORMS, SPANS))
def test_form_of_the_table_is_a_period(typed: str, meaning: str) -> None:
    assert write_period(CLOCK.period(typed)) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(MONTH_FORMS))
def test_form_of_the_table_is_a_month(typed: str, meaning: str) -> None:
    assert write_period(CLOCK.month(typed)) == meaning


@pytest.mark.parametrize("typed", [typed for typed, _ in rows(SPANS)])
def test_span_is_no_day_and_goes_to_on(typed: str) -> None:
    with pytest.raises(UsageError, match=r"is a span of days, .* --on takes "):
        CLOCK.day(typed)


@pytest.mark.parametrize(("typed", "told"), REFUSED.items())
def test_what_the_table_refuses_is_answered_by_what_would_be_right(typed: str, told: str) -> None:
    with pytest.raises(UsageError) as refusal:
        CLOCK.period(typed)
    assert str(refusal.value) == f'"{typed}" {told}'


def test_end_of_a_span_that_may_be_of_march_or_a_tuesday_is_refused() -> None:
    with pytest.raises(UsageError, match=re.escape(f'"mar 15..mar 16" {REFUSED["mar 15"]}')):
        CLOCK.period("mar 15..mar 16")


@pytest.mark.parametrize("typed", [typed for typed, told in REFUSED.items() if re.search(r"20\d\d-\d\d", told)])
def test_what_a_refusal_tells_to_write_is_read(typed: str) -> None:
    told = REFUSED[typed].rpartition("write")[2].rpartition("as in")[2]
    written = re.findall(r'"([^"]+)"|(20[-\d.]+\d)', told)
    assert written
    for quoted, plain in written:
        CLOCK.period(quoted or plain)


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["--on", "domani"], "2025-09-30"),
        (["--on", "Tue 30 Sep"], "2025-09-30"),
        (["--on", "9月30日"], "2025-09-30"),
        (["--on", "30 Sep - 1 Oct"], "2025-09-30"),
        (["--from", "lunedì", "--to", "mercoledì"], "2025-09-29"),
        (["--from", "next week"], "2025-10-06"),
    ],
)
def test_day_is_typed_in_any_form(agenda: Callable[..., Run], arguments: list[str], first: str) -> None:
    data = "\n".join(
        f'[[events]]\nid = "{day}"\ntitle = "Day"\nstart = {day}'
        for day in ("2025-09-28", "2025-09-29", "2025-09-30", "2025-10-06")
    )
    run = agenda("list", "-d", "-", "--fields", "start", *arguments, stdin=data, env={"AGENDA_NOW": "2025-09-29"})
    assert (run.lines[0], run.err, run.code) == (first, "", 0)


def test_refused_day_is_told_with_its_option(agenda: Callable[..., Run]) -> None:
    run = agenda("list", "--from", "30/9", env={"AGENDA_NOW": "2025-09-29"})
    assert (run.out, run.code) == ("", 2)
    assert run.err == f'agenda: --from: "30/9" {REFUSED["30/9"]}\n'


def test_month_is_typed_in_any_form(agenda: Callable[..., Run]) -> None:
    assert "October 2025" in agenda("month", "prossimo mese", env={"AGENDA_NOW": "2025-09-29"}).out


# --- A day or a month ---


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025-09-30", date(2025, 9, 30), date(2025, 9, 30)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1), date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("30 Sep", date(2025, 9, 30), date(2025, 9, 30)),
        ("Sep 30", date(2025, 9, 30), date(2025, 9, 30)),
        ("1 october", date(2025, 10, 1), date(2025, 10, 1)),
        ("01 Oct", date(2025, 10, 1), date(2025, 10, 1)),
        ("Sep 30 2025", date(2025, 9, 30), date(2025, 9, 30)),
        ("Sep 30, 2025", date(2025, 9, 30), date(2025, 9, 30)),
        ("30 September 2031", date(2031, 9, 30), date(2031, 9, 30)),
        ("29 Feb 2024", date(2024, 2, 29), date(2024, 2, 29)),
        ("30 settembre", date(2025, 9, 30), date(2025, 9, 30)),
        ("30 SETTEMBRE 2025", date(2025, 9, 30), date(2025, 9, 30)),
        ("1 Jan 9999", date(9999, 1, 1), date(9999, 1, 1)),
        ("1 Jan 0001", date(1, 1, 1), date(1, 1, 1)),
        ("today", TODAY, TODAY),
        ("Tomorrow", date(2025, 9, 30), date(2025, 9, 30)),
        ("YESTERDAY", date(2025, 9, 28), date(2025, 9, 28)),
        ("+3d", date(2025, 10, 2), date(2025, 10, 2)),
        ("-1d", date(2025, 9, 28), date(2025, 9, 28)),
        ("+0d", TODAY, TODAY),
        ("+365d", date(2026, 9, 29), date(2026, 9, 29)),
        ("  30   Sep  ", date(2025, 9, 30), date(2025, 9, 30)),
        (" 2025-09-30 ", date(2025, 9, 30), date(2025, 9, 30)),
        ("\uff12\uff10\uff12\uff15-09-30", date(2025, 9, 30), date(2025, 9, 30)),
    ],
)
def test_form_is_read(typed: str, first: date, last: date) -> None:
    assert CLOCK.day(typed) == Period(first, last)


@pytest.mark.parametrize("form", ["{day} {name} {year}", "{name} {day} {year}", "{name} {day}, {year}"])
def test_month_has_its_english_and_italian_names(form: str) -> None:
    names = [(typed, month) for name, month in MONTHS for typed in (name, name.lower(), name.upper())]
    read = {name: CLOCK.day(form.format(day=7, name=name, year=2025)) for name, _ in names}
    assert {name: read[name] for name, month in names if read[name] != one(date(2025, month, 7))} == {}


@given(days)
def test_every_day_is_read_as_iso_8601_has_it(day: date) -> None:
    assert CLOCK.day(day.isoformat()) == one(day)


@given(days, st.sampled_from(MONTHS))
def test_every_day_is_read_with_the_name_of_its_month(day: date, named: tuple[str, int]) -> None:
    name, month = named
    day = day.replace(month=month, day=min(day.day, 28))
    assert CLOCK.day(f"{day.day} {name} {day.year:04}") == one(day)


@given(days)
def test_every_month_is_read_from_its_first_to_its_last_day(day: date) -> None:
    last = monthrange(day.year, day.month)[1]
    assert CLOCK.day(f"{day:%Y-%m}".rjust(7, "0")) == Period(day.replace(day=1), day.replace(day=last))


@given(days, st.integers(-4_000_000, 4_000_000))
def test_days_are_counted_from_today(today: date, number: int) -> None:
    clock = Clock(today, lambda: None)
    try:
        expected = one(today + timedelta(number))
    except OverflowError:
        with pytest.raises(UsageError, match="no day of the calendar"):
            clock.day(f"{number:+}d")
    else:
        assert clock.day(f"{number:+}d") == expected


# --- A month ---


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2025-10", date(2025, 10, 1)),
        ("2024-02", date(2024, 2, 1)),
        ("0001-01", date(1, 1, 1)),
        ("9999-12", date(9999, 12, 1)),
        ("October", date(2025, 10, 1)),
        ("oct", date(2025, 10, 1)),
        ("ottobre", date(2025, 10, 1)),
        ("SET", date(2025, 9, 1)),
        ("October 2025", date(2025, 10, 1)),
        ("ottobre 2031", date(2031, 10, 1)),
        (" oct  2024 ", date(2024, 10, 1)),
        ("Jan 9999", date(9999, 1, 1)),
    ],
)
def test_month_is_read_from_its_first_to_its_last_day(typed: str, month: date) -> None:
    assert CLOCK.month(typed) == Period(month, month.replace(day=monthrange(month.year, month.month)[1]))


def test_month_is_read_by_its_english_and_italian_names() -> None:
    read = {name: CLOCK.month(f"{name.upper()} 2025").first for name, _ in MONTHS}
    assert {name: read[name] for name, month in MONTHS if read[name] != date(2025, month, 1)} == {}


@pytest.mark.parametrize(
    "typed",
    ["", " ", "45", "2025", "..", "October 12025", "soon", "30/9"],
)
def test_what_is_of_no_form_of_a_month_is_refused_and_the_forms_are_shown(typed: str) -> None:
    with pytest.raises(UsageError, match=r"is not a month; .*2025-10.*October.*ottobre.*October 2025.*next month"):
        CLOCK.month(typed)


@pytest.mark.parametrize(("typed", "told"), NO_MONTHS.items())
def test_what_is_no_month_is_answered_by_what_would_be_right(typed: str, told: str) -> None:
    with pytest.raises(UsageError) as refusal:
        CLOCK.month(typed)
    assert str(refusal.value) == f'"{typed}" {told}'


@pytest.mark.parametrize("typed", ["2025-13", "2025-00", "0000-01", "Oct 0000"])
def test_what_is_no_month_of_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is no month of the calendar"):
        CLOCK.month(typed)


@pytest.mark.parametrize(
    ("span", "typed", "expected"),
    [
        ((date(2025, 12, 20), date(2026, 1, 10)), "December", date(2025, 12, 1)),
        ((date(2025, 12, 20), date(2026, 1, 10)), "gennaio", date(2026, 1, 1)),
        ((date(2025, 6, 30), date(2026, 5, 31)), "June", date(2025, 6, 1)),
        ((date(2024, 2, 29), date(2024, 2, 29)), "Feb", date(2024, 2, 1)),
    ],
)
def test_month_without_a_year_is_the_one_that_the_span_touches(
    span: tuple[date, date], typed: str, expected: date
) -> None:
    assert Clock(TODAY, lambda: span).month(typed).first == expected


def test_month_that_the_span_touches_in_several_years_is_the_one_nearest_to_today() -> None:
    assert Clock(TODAY, lambda: (date(2025, 6, 30), date(2026, 6, 1))).month("June").first == date(2025, 6, 1)


def test_month_that_the_span_does_not_touch_needs_a_year() -> None:
    with pytest.raises(UsageError, match="2025-09-24 to 2025-10-04; add the year"):
        CLOCK.month("November")


def test_month_without_a_year_needs_one_where_no_event_has_a_date() -> None:
    with pytest.raises(UsageError, match="needs a year"):
        Clock(TODAY, lambda: None).month("October")


@given(st.text())
def test_any_text_is_a_month_or_a_usage_error(typed: str) -> None:
    with suppress(UsageError):
        assert CLOCK.month(typed).first is not None


# --- What is no day ---


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "soon",
        "45",
        "45/46",
        "2025-09-30Z",
        "5 hours",
        "5 h",
        "5 utc",
        "+d",
        "--1d",
        "30 Xyz",
        "30 Sep\x00",
        "三月",
        "x" * 101,
        "9" * 100_000,
        "1 " * 50_000,
    ],
)
def test_what_is_of_no_form_is_refused_and_the_forms_are_shown(typed: str) -> None:
    with pytest.raises(UsageError, match=r"2025-09-30.*30 Sep.*30 settembre.*Monday.*\+3d.*2025-10.*"):
        CLOCK.day(typed)


@pytest.mark.parametrize(
    "words", ["30 Sun", "5 am", "Sep..", "mon 30 tue", "30 Sunday", "Sep 2025 30", "1.2.3.4", "29–2–3 Oct"]
)
def test_what_is_near_a_form_is_not_read(words: str) -> None:
    with pytest.raises(UsageError, match=r"write|did you mean|span of days"):
        CLOCK.day(words)


@pytest.mark.parametrize(
    "typed",
    [
        "2025-02-29",
        "2025-09-31",
        "2025-13-01",
        "2025-00-01",
        "2025-01-00",
        "0000-01-01",
        "2025-13",
        "2025-00",
        "0000-01",
        "31 Sep",
        "30 Feb",
        "0 Sep",
        "99 Sep 2025",
        "29 Feb 2025",
        "1 Jan 0000",
    ],
)
def test_what_is_no_day_of_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is no day of the calendar"):
        CLOCK.day(typed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("31 Sep", "September has 30 days"),
        ("29 Feb 2025", "February 2025 has 28 days"),
        ("31/9/2025", "September 2025 has 30 days"),
        ("2025-13-01", "the months are 1 to 12"),
        ("0000-01-01", "the years are 1 to 9999"),
        ("+99999999d", "the years are 1 to 9999"),
        ("2025-W53", "2025 has 52 weeks"),
        ("2026-W60-1", "2026 has 53 weeks"),
        ("30 Sep to 31 Sep", "September has 30 days"),
    ],
)
def test_what_is_no_day_is_told_with_what_the_calendar_has(typed: str, right: str) -> None:
    with pytest.raises(UsageError, match=f"is no day of the calendar: {right}$"):
        CLOCK.period(typed)


@pytest.mark.parametrize(("today", "typed"), [(date.max, "tomorrow"), (date.max, "+1d"), (date.min, "yesterday")])
def test_day_beyond_the_calendar_is_refused(today: date, typed: str) -> None:
    with pytest.raises(UsageError, match="is no day of the calendar"):
        Clock(today, lambda: None).day(typed)


@given(st.text())
def test_any_text_is_a_period_or_a_usage_error(typed: str) -> None:
    with suppress(UsageError):
        period = CLOCK.period(typed)
        assert period.first is not None or period.last is not None


@pytest.mark.parametrize("number", [32, 45, 69, 99])
@pytest.mark.parametrize("form", ["{number} Oct 2025", "{number} Oct", "ottobre {number}"])
def test_number_that_no_month_has_is_no_year(form: str, number: int) -> None:
    with pytest.raises(UsageError, match="is no day of the calendar"):
        CLOCK.day(form.format(number=number))


# --- Days without a year ---


@pytest.mark.parametrize(
    ("span", "typed", "expected"),
    [
        ((date(2025, 12, 20), date(2026, 1, 10)), "28 Dec", date(2025, 12, 28)),
        ((date(2025, 12, 20), date(2026, 1, 10)), "2 Jan", date(2026, 1, 2)),
        ((date(2025, 6, 1), date(2026, 6, 1)), "2 Jun", date(2025, 6, 2)),
        ((date(2025, 6, 1), date(2026, 5, 31)), "1 Jun", date(2025, 6, 1)),
        ((date(2023, 1, 1), date(2025, 12, 31)), "29 Feb", date(2024, 2, 29)),
        ((date(2024, 2, 29), date(2028, 2, 28)), "29 Feb", date(2024, 2, 29)),
        ((date(9999, 12, 1), date(9999, 12, 31)), "31 Dec", date(9999, 12, 31)),
        ((date(2025, 9, 30), date(2025, 9, 30)), "30 Sep", date(2025, 9, 30)),
    ],
)
def test_day_without_a_year_is_the_one_within_the_span(span: tuple[date, date], typed: str, expected: date) -> None:
    assert Clock(TODAY, lambda: span).day(typed) == one(expected)


@pytest.mark.parametrize(
    ("span", "typed", "year"),
    [
        ((date(2025, 6, 1), date(2026, 6, 1)), "1 Jun", 2025),
        ((date(2024, 1, 1), date(2028, 12, 31)), "29 Feb", 2024),
        ((date(2020, 1, 1), date(2030, 12, 31)), "25 dicembre", 2025),
        ((date(2020, 1, 1), date(2030, 12, 31)), "5 Jan", 2026),
    ],
)
def test_day_that_the_span_holds_in_several_years_is_the_one_nearest_to_today(
    span: tuple[date, date], typed: str, year: int
) -> None:
    day = Clock(TODAY, lambda: span).day(typed).first
    assert day is not None
    assert day.year == year


@pytest.mark.parametrize("typed", ["23 Sep", "5 Oct", "29 Feb", "1 Jan"])
def test_day_that_the_span_does_not_hold_needs_a_year(typed: str) -> None:
    with pytest.raises(UsageError, match="2025-09-24 to 2025-10-04; add the year"):
        CLOCK.day(typed)


def test_day_without_a_year_needs_one_where_no_event_has_a_date() -> None:
    with pytest.raises(UsageError, match="needs a year"):
        Clock(TODAY, lambda: None).day("30 Sep")


@given(days, st.integers(0, 364), st.data())
def test_every_day_of_a_span_of_less_than_a_year_needs_no_year(first: date, length: int, data: st.DataObject) -> None:
    last = min(first, date.max - timedelta(length)) + timedelta(length)
    day = data.draw(st.dates(first, last))
    assert Clock(TODAY, lambda: (first, last)).day(f"{day.day} {ENGLISH_NAMES[day.month - 1][0]}") == one(day)


# --- Periods ---


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025-09-30..2025-10-02", date(2025, 9, 30), date(2025, 10, 2)),
        ("2025-09-30 .. 2025-10-02", date(2025, 9, 30), date(2025, 10, 2)),
        ("2025-09-30..2025-09-30", date(2025, 9, 30), date(2025, 9, 30)),
        ("2025-09..2025-10", date(2025, 9, 1), date(2025, 10, 31)),
        ("30 Sep..2 ottobre", date(2025, 9, 30), date(2025, 10, 2)),
        ("yesterday..+1d", date(2025, 9, 28), date(2025, 9, 30)),
        ("-1d..today", date(2025, 9, 28), TODAY),
        ("2025-10..", date(2025, 10, 1), None),
        ("..2025-10", None, date(2025, 10, 31)),
        ("today..", TODAY, None),
        (" .. today", None, TODAY),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31)),
        ("30 Sep", date(2025, 9, 30), date(2025, 9, 30)),
    ],
)
def test_period_is_read(typed: str, first: date | None, last: date | None) -> None:
    assert CLOCK.period(typed) == Period(first, last)


@pytest.mark.parametrize("typed", ["..", " .. ", "  ..  "])
def test_period_without_ends_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match=r"A\.\.B"):
        CLOCK.period(typed)


@pytest.mark.parametrize("typed", ["2025-10-02..2025-09-30", "2025-10..2025-09", "today..yesterday"])
def test_period_that_ends_before_it_starts_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="ends before it starts"):
        CLOCK.period(typed)


@pytest.mark.parametrize(
    "typed",
    ["A..B", "2025-09-30...2025-10-02", "2025-09-30..2025-10-02..2025-10-04", "2025-09-30....", "soon..", "..soon"],
)
def test_period_with_an_end_that_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match=r"is not a day|A\.\.B|more than a day"):
        CLOCK.period(typed)


@given(days, days)
def test_every_period_is_read(one_end: date, other: date) -> None:
    first, last = sorted([one_end, other])
    assert CLOCK.period(f"{first.isoformat()}..{last.isoformat()}") == Period(first, last)


# --- Now ---


@pytest.mark.parametrize(
    ("typed", "zone", "expected"),
    [
        ("2025-09-29T09:30", TOKYO, "2025-09-29T09:30:00+09:00"),
        ("2025-09-29T09:30:15", TOKYO, "2025-09-29T09:30:15+09:00"),
        ("2025-09-29 09:30", TOKYO, "2025-09-29T09:30:00+09:00"),
        ("2025-09-29T09:30Z", TOKYO, "2025-09-29T18:30:00+09:00"),
        ("2025-09-29T09:30-05:00", TOKYO, "2025-09-29T23:30:00+09:00"),
        ("2025-09-29", TOKYO, "2025-09-29T00:00:00+09:00"),
    ],
)
def test_clock_is_set_in_the_zone_of_the_agenda(typed: str, zone: ZoneInfo, expected: str) -> None:
    assert now(typed, zone).isoformat() == expected


def test_clock_without_a_zone_is_that_of_the_system() -> None:
    assert now("2025-09-29T09:30", None) == datetime(2025, 9, 29, 9, 30).astimezone()


@pytest.mark.parametrize("typed", [None, ""])
@pytest.mark.parametrize("zone", [None, TOKYO])
def test_clock_that_is_not_set_is_the_real_one(typed: str | None, zone: ZoneInfo | None) -> None:
    before = datetime.now(UTC)
    found = now(typed, zone)
    assert before <= found <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("29 Sep 2025", "2025-09-29T00:00:00+09:00"),
        ("29 Sep 2025 09:30", "2025-09-29T09:30:00+09:00"),
        ("29 settembre 2025, 9:30", "2025-09-29T09:30:00+09:00"),
        ("2025年9月29日 09:30:15", "2025-09-29T09:30:15+09:00"),
        ("2025-W40-1 09:30", "2025-09-29T09:30:00+09:00"),
    ],
)
def test_clock_is_set_to_a_day_in_any_form(typed: str, expected: str) -> None:
    assert now(typed, TOKYO).isoformat() == expected


def test_clock_is_set_by_the_day_that_it_is() -> None:
    present = datetime.now(TOKYO)
    found = now("tomorrow 09:30", TOKYO)
    assert (found.hour, found.minute) == (9, 30)
    assert timedelta(0) <= found.date() - present.date() - timedelta(1) <= timedelta(1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("29 Sep", "needs its year"), ("Mon 30 Sep 2025", "is no Monday"), ("31 Sep 2025", "is no day of the calendar")],
)
def test_clock_that_is_set_to_an_impossible_day_is_refused(typed: str, told: str) -> None:
    with pytest.raises(UsageError, match=f'AGENDA_NOW: "{typed}" {told}'):
        now(typed, TOKYO)


@pytest.mark.parametrize("typed", ["now", "October 2025", "week", "2025-13-01x", "12:00", "2025-09-29T25:00"])
def test_clock_that_is_set_to_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="AGENDA_NOW"):
        now(typed, TOKYO)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_clock_that_is_set_beyond_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="AGENDA_NOW"):
        now(typed, ZoneInfo("UTC"))


# --- Forms that we write ---


@given(st.dates(date(1000, 1, 1)))
def test_every_day_that_is_written_is_read(day: date) -> None:
    written = [
        ENGLISH.long_day(day),
        ENGLISH.short_day(day),
        ENGLISH.day_of_week(day),
        day.isoformat(),
        write_period(one(day)),
    ]
    assert {text: CLOCK.period(text) for text in written if CLOCK.period(text) != one(day)} == {}


@given(st.dates(date(1000, 1, 1)), st.integers(0, 20_000))
def test_every_span_that_is_written_is_read(first: date, length: int) -> None:
    last = min(first, date.max - timedelta(length)) + timedelta(length)
    for text in (ENGLISH.span_in_words(first, last), write_period(Period(first, last))):
        assert CLOCK.period(text) == Period(first, last)


@given(st.dates(date(1000, 1, 1)))
def test_every_month_that_is_written_is_read(day: date) -> None:
    for text in (ENGLISH.long_month(day), write_period(month_of(day))):
        assert CLOCK.month(text) == CLOCK.day(text) == month_of(day)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from(["it", "ja", "en"]), st.sampled_from(STYLES))
def test_every_day_that_cldr_writes_in_full_is_read(day: date, language: str, style: str) -> None:
    text = format_date(day, style, locale=language)
    assert CLOCK.period(text) == one(day), text


# --- What is a day at all ---


@pytest.mark.parametrize("typed", [typed for typed, _ in rows(DAYS, MONTH_FORMS, SPANS)])
def test_form_of_the_table_is_known_without_an_agenda(typed: str) -> None:
    assert is_day(typed)


@pytest.mark.parametrize("typed", ["31 Sep", "29 Feb 2025", "+9999w", "2025-13"])
def test_day_that_the_calendar_lacks_is_of_a_form_all_the_same(typed: str) -> None:
    assert is_day(typed)


@pytest.mark.parametrize("typed", ["", "Tokyo", "soon", "30", "30/9", "next", "..", "Tokyo..Osaka", "life sciences"])
def test_other_words_are_no_days(typed: str) -> None:
    assert not is_day(typed)


# --- Touching ---


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4), st.booleans(), st.booleans())
def test_period_touches_days_that_it_shares_one_with(numbers: list[int], opened: bool, left_open: bool) -> None:
    (first, last), (start, end) = sorted(numbers[:2]), sorted(numbers[2:])
    day = [date(2025, 9, 25) + timedelta(number) for number in range(10)]
    period = Period(None if opened else day[first], None if left_open else day[last])
    inside = set(range(0 if opened else first, 10 if left_open else last + 1))
    assert period.touches(day[start], day[end]) == bool(inside & set(range(start, end + 1)))


@given(st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
def test_time_of_the_day_is_read_in_each_of_its_forms(clock: time) -> None:
    by_halves = f"{clock.hour % 12 or 12}:{clock.minute:02} {'PM' if clock.hour >= 12 else 'a.m.'}"
    forms = [f"{clock:%H:%M}", f"{clock:%H.%M}", f"{clock.hour}h{clock.minute:02}", f"{clock:%H:%M:%S}", by_halves]
    since_midnight = timedelta(hours=clock.hour, minutes=clock.minute)
    assert [read_time_of_day(form) for form in forms] == [since_midnight] * len(forms)
