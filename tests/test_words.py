"""Words without an option: each is the city, day, topic, id or grouping that it names, and nothing else."""

import shlex
from collections.abc import Callable

import pytest
from conftest import Run

Agenda = Callable[..., Run]

MORNING = {"AGENDA_NOW": "2025-09-28T08:00"}
PERHAPS = """\
[cities.May]
[topics.may]
[[events]]
id = "tokyo"
title = "An id"
start = 2025-05-01
[[events]]
id = "other"
title = "Other"
city = "May"
"""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("list Tokyo", "list --city Tokyo"),
        ("list tōkyō", "list --city Tokyo"),
        ("list tomorrow", "list --on tomorrow"),
        ("list 30 Sep", "list --on 2025-09-30"),
        ("list Tokyo 30 Sep", "list --city Tokyo --on 2025-09-30"),
        ("list 30 Sep life sciences", "list --on 2025-09-30 --topic 'life sciences'"),
        ("list tra il 28 settembre e il 29 settembre", "list --on 2025-09-28..2025-09-29"),
        ("list 2025-09-28 .. 2025-09-29", "list --on 2025-09-28..2025-09-29"),
        ("list Tokyo --city Kobe", "list --city Tokyo --city Kobe"),
        ("next 5", "next -n 5"),
        ("next 1 Osaka", "next -n 1 --city Osaka"),
        ("count topic", "count --by topic"),
        ("count people Tokyo", "count --by person --city Tokyo"),
        ("timeline organizer Osaka", "timeline --by organizer --city Osaka"),
        ("month ottobre Osaka", "month 2025-10 --city Osaka"),
        ("export Kobe", "export --city Kobe"),
        ("export Kobe --on 2025-09-30", "export --city Kobe --on 2025-09-30"),
        ("show airone Osaka", "show airone --city Osaka"),
        ("today", "list --on today"),
        ("tomorrow Tokyo --format json", "list --on tomorrow --city Tokyo --format json"),
    ],
)
def test_words_are_the_options_that_they_stand_for(agenda_once: Agenda, typed: str, meant: str) -> None:
    run = agenda_once(*typed.split(), env=MORNING)
    assert (run.code, run.out, run.err) == (0, agenda_once(*shlex.split(meant), env=MORNING).out, "")
    assert run.out


def test_word_of_several_meanings_is_refused_with_each_of_them(agenda: Agenda) -> None:
    run = agenda("list", "May", "-d", "-", stdin=PERHAPS)
    assert (run.code, run.out) == (2, "")
    for way in ("--city May", "--on May", "--topic May"):
        assert way in run.err


def test_id_is_an_id_before_it_is_anything_else(agenda: Agenda) -> None:
    run = agenda("show", "tokyo", "-d", "-", stdin=f"[cities.Tokyo]\n{PERHAPS}")
    assert (run.code, "An id" in run.out) == (0, True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("list next Friday", '"next Friday" is said of two days; write 2025-10-03 or 2025-10-10'),
        ("list 30/9", '"30/9" has no year and no name of a month; write 2025-09-30 or "30 Sep 2025"'),
        ("list --on 30 Sep, 1 Oct", 'what has spaces needs quotation marks: --on "30 Sep"'),
        ("list Tokyo --from 30 settembre", 'what has spaces needs quotation marks: --from "30 settembre"'),
        ("list lunedì prossimo", '"lunedì prossimo" is said of two days; write 2025-09-29 or 2025-10-06'),
        ("list --on lunedì prossimo", '"lunedì prossimo" is said of two days; write 2025-09-29 or 2025-10-06'),
        (
            "list Tokyo domani mattina",
            '"domani mattina" says more than a day, and days are chosen whole; write 2025-09-29',
        ),
        ("list tomorrow at 3pm", '"tomorrow at 3pm" says more than a day, and days are chosen whole; write 2025-09-29'),
        (
            "list --on tomorrow 15:00",
            '"tomorrow 15:00" says more than a day, and days are chosen whole; write 2025-09-29',
        ),
        ("list 30 Sept 25", '"30 Sept 25" has a year of two digits; write 2025-09-30'),
        (
            "list oggi e domani",
            '"oggi e domani" is more than one day; for a span write A..B, as in 2025-09-28..2025-09-29',
        ),
        (
            "list 29 e 30 settembre",
            '"29 e 30 settembre" is more than one day; for a span write A..B, as in 2025-09-29..2025-09-30',
        ),
        ("list the next 3 days", '"the next 3 days" is written today..+3d'),
        ("list next 3 days", '"next 3 days" is written today..+3d'),
        ("list tomorrow Tokio", '"Tokio" is no city, day or topic; did you mean Tokyo?'),
        ("next 5 3", '"5" and "3" are several numbers; name one'),
        ("month next", '"next" is written "next month"'),
    ],
)
def test_words_of_a_day_that_is_none_are_answered_by_what_would_be_right(
    agenda_once: Agenda, typed: str, told: str
) -> None:
    run = agenda_once(*typed.split(), env=MORNING)
    assert (run.code, run.out, run.err.splitlines()[0]) == (2, "", f"agenda: {told}")
