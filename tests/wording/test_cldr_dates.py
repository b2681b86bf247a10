"""Days, lists and lengths of time in other languages, as CLDR has them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.model import Fixed
from agenda.wording.choice import make_wording
from agenda.wording.english import ENGLISH, Wording

IT, JA = make_wording("it"), make_wording("ja")
DAY, NEXT, LATER, OTHER_YEAR = date(2025, 9, 24), date(2025, 9, 27), date(2025, 10, 4), date(2026, 1, 2)


@pytest.mark.parametrize("language", [None, "en", "en-GB", "EN", "qq", "qq-QQ", "", "-"])
def test_english_is_the_wording_where_no_other_is_known(language: str | None) -> None:
    assert make_wording(language) is ENGLISH


@given(st.text() | st.from_regex(r"[a-zA-Z]{2,3}([-_][A-Za-z0-9@.]{0,8}){0,6}"))
def test_no_tag_is_a_bug(language: str) -> None:
    assert make_wording(language).long_day(DAY)


@pytest.mark.parametrize(
    ("language", "known"), [("it", "it"), ("it-CH", "it-CH"), ("it-QQ", "it"), ("zh-Hant-TW-x-a", "zh-Hant-TW")]
)
def test_the_longest_start_of_a_tag_is_the_language(language: str, known: str) -> None:
    assert make_wording(language).language == known


@pytest.mark.parametrize(
    ("words", "long", "month", "short", "with_year", "numbered"),
    [
        (IT, "mercoledì 24 settembre 2025", "settembre 2025", "24 set", "24 set 2025", "mer 24"),
        (JA, "2025年9月24日水曜日", "2025年9月", "9月24日", "2025年9月24日", "24日(水)"),
    ],
)
def test_days(words: Wording, long: str, month: str, short: str, with_year: str, numbered: str) -> None:
    assert words.long_day(DAY) == long
    assert words.long_month(DAY) == month
    assert (words.short_day(DAY, 2025), words.short_day(DAY)) == (short, with_year)
    assert words.weekday_and_number(DAY) == numbered


@pytest.mark.parametrize(
    ("words", "first", "last", "year", "told"),
    [
        (IT, DAY, DAY, 2025, "24 set"),
        (IT, DAY, NEXT, 2025, "24–27 set"),
        (IT, DAY, NEXT, None, "24–27 set 2025"),
        (IT, DAY, LATER, 2025, "24 set\u2009–\u20094 ott"),  # one digit, as in a day by itself; CLDR has 04 here
        (IT, DAY, OTHER_YEAR, 2025, "24 set 2025\u2009–\u20092 gen 2026"),
        (JA, DAY, NEXT, 2025, "9月24日～27日"),
        (JA, DAY, LATER, 2025, "9月24日～10月4日"),
        (JA, DAY, NEXT, 2026, "2025年9月24日～27日"),
    ],
)
def test_spans(words: Wording, first: date, last: date, year: int | None, told: str) -> None:
    assert words.span_in_words(first, last, year) == told


@pytest.mark.parametrize(
    ("words", "last", "told"),
    [
        (IT, NEXT, "mercoledì 24\u2009–\u2009sabato 27 settembre 2025"),
        (IT, DAY, "mercoledì 24 settembre 2025"),
        (JA, LATER, "2025年9月24日(水曜日)～10月4日(土曜日)"),
    ],
)
def test_long_spans(words: Wording, last: date, told: str) -> None:
    assert words.long_span(DAY, last) == told


@pytest.mark.parametrize(
    ("words", "cells", "names"), [(IT, 3, "lun mar mer"), (IT, 2, "L M M"), (JA, 3, "月 火 水"), (JA, 2, "月 火 水")]
)
def test_weekdays_are_as_long_as_fits(words: Wording, cells: int, names: str) -> None:
    assert words.weekdays(cells)[:3] == names.split()


@pytest.mark.parametrize(
    ("words", "told"),
    [(IT, ["mer 24 set 2025", "sab  4 ott 2025"]), (JA, ["2025年 9月24日(水)", "2025年10月 4日(土)"])],
)
def test_days_of_the_week_line_up(words: Wording, told: list[str]) -> None:
    assert [words.day_of_week(DAY), words.day_of_week(LATER)] == told


def test_lists() -> None:
    assert IT.all_of(["Torino"]) == "Torino"
    assert IT.all_of(["Torino", "Osaka", "Kobe"]) == "Torino, Osaka e Kobe"
    assert JA.any_of(["東京", "大阪"]) == "東京または大阪"


@pytest.mark.parametrize(
    ("day", "time", "told"),
    [
        ("4 ott", "", "fino al 4 ott"),
        ("8 ott", "", "fino all’8 ott"),
        ("11 ott", "", "fino all’11 ott"),
        ("18 ott", "", "fino al 18 ott"),
        ("", "10:45", "fino alle 10:45"),
        ("", "08:00", "fino alle 08:00"),
        ("1 ott", "02:00", "fino al 1 ott 02:00"),
    ],
)
def test_italian_articles_go_by_the_number_after_them(day: str, time: str, told: str) -> None:
    assert IT.until(day=day, time=time) == told


def test_italian_ordinals_have_their_articles() -> None:
    assert [IT.text("{nth}", nth=number) for number in (7, 8, 11, 111)] == ["il 7º", "l’8º", "l’11º", "il 111º"]


def test_articles_in_the_texts_of_a_file_stay() -> None:
    assert IT.labelled("Annullato", "Dal {8} al 8 ottobre") == "Annullato: Dal {8} al 8 ottobre"


@pytest.mark.parametrize(
    ("words", "last", "year", "told"),
    [
        (ENGLISH, NEXT, None, "between 24 and 27 Sep 2025"),
        (ENGLISH, LATER, 2025, "between 24 Sep and 4 Oct"),
        (ENGLISH, OTHER_YEAR, None, "between 24 Sep 2025 and 2 Jan 2026"),
        (IT, NEXT, 2025, IT.text("between {days}", days="24–27 set")),
    ],
)
def test_days_that_something_is_between(words: Wording, last: date, year: int | None, told: str) -> None:
    assert words.between_in_words(DAY, last, year) == told


def test_lengths_of_time() -> None:
    assert (IT.duration(1, "hour"), IT.duration(35, "minute")) == ("1 ora", "35 minuti")
    assert (IT.in_time(90, "minute"), IT.in_time(8, "day"), JA.in_time(3, "hour")) == (
        "tra 90 minuti",
        "tra 8 giorni",
        "3時間後",
    )


def test_times_are_of_24_hours() -> None:
    start = datetime(2025, 9, 30, 20, tzinfo=ZoneInfo("Europe/Rome"))
    assert IT.fixed_in_words(Fixed(start, start + timedelta(hours=1)), 2025) == "mar 30 set, 20:00–21:00"
    assert IT.times_in_words(Fixed(start, start + timedelta(hours=6))) == "20:00–1 ott 02:00"


@given(st.sampled_from(["it", "ja", "de", "pt-BR", "ar", "th", "he", "fa", "zh-Hant"]), st.dates(), st.dates())
def test_every_day_has_words_in_every_language(language: str, one: date, other: date) -> None:
    words, first, last = make_wording(language), min(one, other), max(one, other)
    told = [words.long_span(first, last), words.span_in_words(first, last), words.day_of_week(first)]
    assert all(told)
