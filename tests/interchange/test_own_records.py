"""What `list` writes as JSON, taken in again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from agenda.formats.records import FIELDS

Program = Callable[..., Run]


def records(text: str) -> list[dict[str, Any]]:
    """The objects of events, by their ids: those that start together may come in another order."""
    found: list[dict[str, Any]] = json.loads(text)
    return sorted(found, key=lambda record: str(record["id"]))


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_programme_comes_back(agenda: Program, format: str) -> None:
    imported = agenda("import", "-", stdin=agenda("list", "--format", format).out)
    assert (imported.code, imported.err) == (0, "")
    again = agenda("list", "-d", "-", "--format", "json", stdin=imported.out)
    assert records(again.out) == records(agenda("list", "--format", "json").out)


EVERY_KEY = """\
[agenda]
timezone = "Europe/Rome"

[venues.hall]
name = "Market hall"
address = "Market square 1"
latitude = 45.07
longitude = 7.69
url = "https://hall.example/"

[sources.leaflet]
title = "Leaflet, second printing"
publisher = "The city"
date = 2026-01-10
url = "https://leaflet.example/"

[[events]]
id = "concert"
title = "Concert"
city = ["Torino", "Lyon"]
venue = "hall"
room = "Foyer"
start = 2026-03-06T20:30:00
end = 2026-03-06T23:00:00
date_note = "doors open at eight"
kind = "concert"
topics = ["music"]
organizers = ["Friends of Music"]
people = ["Clara Schumann", { name = "Camille Saint-Saëns", role = "piano" }]
description = "Songs and trios."
url = "https://concert.example/"
status = "tentative"
visibility = "internal"
busy = false
sources = ["leaflet"]

[[events]]
id = "fair"
title = "Fair"
start = 2026-03-07
end = 2026-03-09
busy = true

[[events]]
id = "broadcast"
title = "Broadcast"
between = [2026-03-16, 2026-03-20]
"""
"""An agenda with every key of an event that is no series, and that `list` tells."""
TOLD_BY_OTHERS = {"id", "title", "when", "all_day", "timezone", "occurrence", "sort"}
"""Fields of JSON that each event has, or that follow from others."""


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_every_key_that_is_listed_comes_back(agenda: Program, file: Callable[..., Path], format: str) -> None:
    path = file(EVERY_KEY)
    listed = agenda("list", "-d", path, "--format", format, "--fields", ",".join(FIELDS)).out
    imported = agenda("import", "-", "--quiet", stdin=listed)
    again = agenda("list", "-d", "-", "--format", format, "--fields", ",".join(FIELDS), stdin=imported.out).out
    assert sorted(again.splitlines()) == sorted(listed.splitlines())
    into = agenda("import", "-", "--into", path, "--dry-run", stdin=listed)
    assert (into.code, into.out) == (0, "")


@pytest.mark.parametrize("field", sorted({*FIELDS} - TOLD_BY_OTHERS))
def test_agenda_of_every_key_has_a_value_for_each_field(agenda: Program, field: str) -> None:
    run = agenda("list", "-d", "-", "--format", "json", "--fields", field, stdin=EVERY_KEY)
    assert any(record[field] not in (None, []) for record in json.loads(run.out))


def test_some_of_the_fields_are_enough(agenda: Program) -> None:
    text = agenda("list", "--format", "json", "--fields", "id,title,start,end").out
    imported = agenda("import", "-", stdin=text)
    assert (imported.code, imported.err) == (0, "")
    assert 'id = "medical-japan"\ntitle = "Medical Japan"\nstart = 2025-10-01\nend = 2025-10-03' in imported.out


def test_object_without_a_title_is_told_by_its_number(agenda: Program) -> None:
    done = agenda("import", "-", stdin='[{"id": "a", "title": "A"}, {"id": "b", "title": " "}]')
    assert 'title = "(no title)"' in done.out
    assert done.err == "agenda: it has no title: object 2\n"


def test_title_that_the_object_leaves_out_is_told_where_the_agenda_has_none(
    agenda: Program, file: Callable[..., Path]
) -> None:
    text = '[{"id": "a", "status": "tentative"}]'
    assert agenda("import", "-", stdin=text).err == "agenda: it has no title: object 1\n"
    target = file('[[events]]\nid = "a"\ntitle = "A"\n')
    assert "no title" not in agenda("import", "-", "--into", target, stdin=text).err
    assert 'title = "A"\nstatus = "tentative"' in target.read_text()


def test_long_id_stays_as_it_is(agenda: Program) -> None:
    id_ = "-".join(["opening"] * 12)
    assert f'id = "{id_}"' in agenda("import", "-", stdin=f'[{{"id":"{id_}","title":"Opening"}}]').out


def test_times_of_a_series_become_events(agenda: Program) -> None:
    series = '[[events]]\nid = "talk"\ntitle = "Talk"\nstart = 2026-04-06T09:00:00\nrepeat = "FREQ=WEEKLY;COUNT=2"\n'
    run = agenda("import", "-", stdin=agenda("list", "-d", "-", "-f", "json", stdin=series).out)
    assert 'id = "talk-2026-04-06"' in run.out
    assert 'id = "talk-2026-04-13"' in run.out
    assert run.err == (
        "agenda: a time of a series, told as an event of its own: talk on 2026-04-06, talk on 2026-04-13\n"
    )


def test_zones_of_cities_come_back(agenda: Program) -> None:
    text = (
        '[{"id":"a","title":"A","start":"2026-04-06T09:00:00+02:00","timezone":"Europe/Rome","city":["Torino"]},'
        '{"id":"b","title":"B","start":"2026-04-07T09:00:00+02:00","timezone":"Europe/Rome","city":["Torino"]},'
        '{"id":"c","title":"C","start":"2026-04-07T18:00:00+09:00","timezone":"Asia/Tokyo","city":["Tokyo"]}]'
    )
    run = agenda("import", "-", stdin=text)
    assert '[agenda]\ntimezone = "Europe/Rome"' in run.out
    assert '[cities.Tokyo]\ntimezone = "Asia/Tokyo"' in run.out
    assert "start = 2026-04-07T18:00:00\n" in run.out


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        '[{"id":1}]',
        '[{"id":"a"',
        '{"id":"a"}\n{"id"',
        '[{"id":"a","venue":{"name":"Market hall"}}]',
        '[{"id":"a","venue":{"id":"hall","name":"Market hall","latitude":91}}]',
        '[{"id":"a","sources":[{"title":"Leaflet"}]}]',
    ],
)
def test_other_json_is_refused(agenda: Program, text: str) -> None:
    run = agenda("import", "-", stdin=text)
    assert (run.code, run.out) == (1, "")


def test_time_that_is_none_is_told(agenda: Program) -> None:
    run = agenda("import", "-", stdin='[{"id":"a","title":"A","start":"soon"}]')
    assert run.code == 0
    assert run.err == (
        'agenda: object 1, "A": its start or its end is no day and no time of ISO 8601; it has no date\n'
    )
