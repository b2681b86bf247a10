"""What the public reads has no English word left where another language is asked for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import Run
from rich.cells import cell_len

from agenda.wording.cldr import CATALOGS

Agenda = Callable[..., Run]

FILE = """
[agenda]
title = "Ωδή"
timezone = "Asia/Tokyo"
namespace = "x.example"
[cities."Αθήνα"]
[cities."Πάτρα"]
[venues.a]
name = "Στοά"
city = "Αθήνα"
latitude = 38.0
longitude = 23.7
[[events]]
id = "e1"
title = "Χορός"
start = 2025-09-29T10:00:00
venue = "a"
topics = ["Τέχνη"]
kind = "Έργο"
organizers = ["Δήμος"]
people = [{ name = "Άννα", role = "ποιήτρια" }]
description = "Λόγος."
sources = ["Πηγή"]
[[events]]
id = "e2"
title = "Ύμνος"
start = 2025-09-29T10:30:00
end = 2025-09-30T02:00:00
city = "Πάτρα"
people = ["Άννα"]
status = "tentative"
visibility = "internal"
[[events]]
id = "e3"
title = "Τραγωδία"
start = 2025-09-28
end = 2025-10-04
city = "Αθήνα"
busy = true
people = ["Άννα"]
[[events]]
id = "e4"
title = "Λυρική"
between = [2025-09-24, 2025-10-02]
date_note = "Ίσως."
city = "Πάτρα"
people = ["Άννα"]
[[events]]
id = "e5"
title = "Κωμωδία"
[[events]]
id = "e6"
title = "Μέλος"
start = 2025-09-01T09:00:00
end = 2025-09-01T10:00:00
repeat = "FREQ=MONTHLY;BYDAY=1MO;COUNT=9"
except = [2025-11-03]
people = ["Άννα"]
busy = false
[[events]]
id = "e7"
title = "Σιωπή"
start = 2025-09-30
status = "cancelled"
"""
OLD = FILE.replace("2025-09-30T02", "2025-09-30T03").replace('"Άννα"', '"Εύα"', 1).replace('id = "e5"', 'id = "e0"')
OLD = OLD.replace('status = "cancelled"', 'kind = "Έργο"').replace('"Λόγος."', '"Άλλος."')

STATUSES = [option for status in ("confirmed", "tentative", "cancelled") for option in ("--status", status)]
VIEWS = {
    "list": ["list", "--format", "table", "--people", *STATUSES],
    "list-fields": ["list", "--format", "table", "--fields", "title,city,date_note,between,people"],
    "show": ["show", "e1", "e2", "e3", "e4", "e5", "e6", "e7"],
    "day": ["day", "2025-09-29"],
    "day-narrow": ["day", "2025-09-29"],
    "month": ["month", "2025-09"],
    "timeline": ["timeline", "--to", "2025-10-10"],
    "timeline-hours": ["timeline", "--on", "2025-09-29..2025-09-30"],
    "next": ["next", "--format", "table"],
    "count": ["count", "--by", "status", "--format", "table"],
    "count-day": ["count", "--by", "day", "--format", "table"],
    "count-city": ["count", "--by", "city", "--format", "table"],
    "clashes": ["clashes", "--format", "table"],
    "diff": ["diff", "old.toml", "new.toml", "--format", "table"],
    "notes": ["diff", "old.toml", "new.toml", "--format", "markdown"],
    "export": ["export"],
}
KEPT = {"europe", "rome", "asia", "tokyo"}
"""Words of zones."""


def english_words(language: str) -> set[str]:
    """The words of the messages in English, but those that are words of that language as well."""
    with (CATALOGS / f"{language}.po").open("rb") as file:
        catalog = list(read_po(file))
    english, translated = (
        {word for message in catalog for word in words_of(str(getattr(message, side)))} for side in ("id", "string")
    )
    return english - translated - KEPT


def words_of(text: str) -> set[str]:
    """The Latin words of a text, of two letters and more."""
    return set(re.findall(r"[a-zà-ÿ]{2,}", re.sub(r"\{\w+\}", "", text).lower()))


@pytest.mark.parametrize("language", ["it", "ja"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_english_word_is_left(agenda: Agenda, tmp_path: Path, view: str, language: str) -> None:
    (tmp_path / "new.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "old.toml").write_text(OLD, encoding="utf-8")
    columns = "40" if view.endswith("narrow") else "100"
    env = {"COLUMNS": columns, "AGENDA_NOW": "2025-09-29T10:10", "AGENDA_LANG": language, "AGENDA_DATA": "new.toml"}
    run = agenda(*VIEWS[view], env=env)
    assert run.code == 0
    told = re.sub(r"\be\d\b|/?\w+\.toml", "", run.out)
    if view == "export":
        unfolded = told.replace("\n ", "").replace("\\n", " ")
        told = "\n".join(re.findall("^(?:SUMMARY|DESCRIPTION):(.*)", unfolded, re.MULTILINE))
        assert told
    assert words_of(told) & english_words(language) == set()


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("view", [view for view in VIEWS if view not in {"export", "notes"}])
def test_wide_signs_leave_no_line_wider_than_the_screen(
    agenda: Agenda, tmp_path: Path, view: str, columns: int
) -> None:
    (tmp_path / "new.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "old.toml").write_text(OLD, encoding="utf-8")
    env = {"COLUMNS": str(columns), "AGENDA_NOW": "2025-09-29T10:10", "AGENDA_LANG": "ja", "AGENDA_DATA": "new.toml"}
    assert max(map(cell_len, agenda(*VIEWS[view], env=env).lines)) <= columns


def test_weekdays_of_wide_signs_stand_above_their_days(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(FILE, encoding="utf-8")
    env = {"COLUMNS": "80", "AGENDA_NOW": "2025-09-29T10:10", "AGENDA_LANG": "ja"}
    _, names, _, days, *_ = agenda("month", "2025-09", "--data", "new.toml", env=env).lines
    starts = [[cell_len(line[: part.start()]) for part in re.finditer(r"\S+", line)] for line in (names, days)]
    assert starts[0] == starts[1]
