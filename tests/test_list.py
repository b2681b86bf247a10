"""`agenda list` as programs get it: which events, in which order, and each format to the byte."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

Agenda = Callable[..., Run]
File = Callable[[str], Path]

PROGRAMME = """\
[agenda]
timezone = "Asia/Tokyo"

[cities.Osaka]
aliases = ["Ōsaka", "大阪"]
[cities.Tokyo]
aliases = ["東京"]
[cities.Torino]
timezone = "Europe/Rome"
aliases = ["Turin"]
[cities.Nara]

[venues.hall]
name = "Central Public Hall"
city = "Osaka"
address = "1 Nakanoshima"
aliases = ["Chuo Kokaido"]
latitude = 34.5
longitude = 135
url = "https://hall.example/"
[venues.mole]
name = "Mole Antonelliana"
city = "Torino"

[people."Stefano Lo Russo"]
role = "mayor of Torino"
aliases = ["Sindaco"]
[people."Yuko Hasegawa"]

[organizers."Politecnico di Torino"]
aliases = ["PoliTo"]
[organizers."Città di Torino"]

[topics."life sciences"]
aliases = ["biotech"]
[topics.culture]
[topics.sport]

[kinds.ceremony]
aliases = ["rite"]
[kinds.talk]
[kinds.congress]

[sources.gazette]
title = "Evening paper"
publisher = "Gazzetta"
date = 2025-09-28
url = "https://gazette.example/news"
[sources.radio]
title = "Wireless"

[[events]]
id = "visit"
title = "Visit"
city = "Tokyo"
people = ["Yuko Hasegawa"]
sources = ["radio"]

[[events]]
id = "lecture"
title = "Lecture"
city = "Tokyo"
start = 2025-09-29T09:30:00
end = 2025-09-29T11:00:00
kind = "talk"
topics = ["life sciences"]
organizers = ["Politecnico di Torino"]
people = [{ name = "Yuko Hasegawa", role = "curator" }]
url = "https://lecture.example/"

[[events]]
id = "aperitif"
title = "Aperitif"
venue = "mole"
start = 2025-09-29T18:00:00
topics = ["culture"]

[[events]]
id = "signing"
title = "Signing"
city = ["Osaka", "Tokyo"]
between = [2025-09-28, 2025-10-01]
date_note = "Reckoned by hearsay."
kind = "ceremony"
topics = ["life sciences"]
organizers = ["Città di Torino"]
status = "tentative"

[[events]]
id = "gala"
title = "Gala"
city = "Osaka"
start = 2025-09-30
kind = "ceremony"
status = "cancelled"

[[events]]
id = "opening"
title = "Opening in 日本 with が"
venue = "hall"
room = "Foyer"
start = 2025-09-28
end = 2025-09-30
kind = "ceremony"
topics = ["culture"]
organizers = ["Politecnico di Torino", "Città di Torino"]
people = ["Stefano Lo Russo"]
description = "With trumpets."
sources = ["gazette"]
"""

SHIPPED = [
    "watanabe-meeting",
    "nagoya-twinning",
    "textiles-meeting",
    "expo-ribbon-cutting",
    "piemonte-week",
    "ceipiemonte-teams",
    "fbri-visit",
    "torino-at-expo",
    "aeromart-nagoya",
    "chambers-memorandum",
    "polito-japan-hub",
    "koike-meeting",
    "unesco-panel",
    "osaka-bio-memorandum",
    "piemonte-meets-osaka",
    "life-sciences-panel",
    "gardens-talk",
    "embassy-conference",
    "medical-japan",
    "confindustria-visits",
    "iurato-concert",
    "airone",
    "pathways-talk",
    "gala-dinner",
    "alta-langa-tasting",
    "air-mobility-talk",
    "university-meetings",
    "entrepreneur-meetings",
]
KEYS = """\
id title when start end between date_note all_day timezone city venue room kind topics organizers people status \
visibility busy description url sources"""


def ids(run: Run) -> list[str]:
    """The ids of the events that a list in tab-separated values holds."""
    assert (run.code, run.err) == (0, "")
    return [line.split("\t")[0] for line in run.lines]


def listed(agenda_once: Agenda, *options: str, **env: str) -> list[str]:
    """The ids of the events of the programme above that the options select."""
    return ids(agenda_once("list", "--data", "-", *options, stdin=PROGRAMME, env=dict(env)))


def titled(titles: Iterable[str]) -> str:
    """A programme of events with these titles, `e00` and so on."""
    return "".join(f'[[events]]\nid = "e{number:02}"\ntitle = "{title}"\n' for number, title in enumerate(titles))


def events(run: Run) -> dict[str, dict[str, Any]]:
    """The events of a list in JSON, by id."""
    assert (run.code, run.err) == (0, "")
    return {event["id"]: event for event in json.loads(run.out)}


# --- Which events ---


def test_without_options_every_event_but_cancelled_ones_is_listed_in_order(agenda_once: Agenda) -> None:
    assert listed(agenda_once) == ["opening", "signing", "lecture", "aperitif", "visit"]


def test_shipped_events_come_by_start_then_between_then_to_be_announced(agenda_once: Agenda) -> None:
    assert ids(agenda_once("list")) == SHIPPED


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # A city, however it is called, and however that is written.
        ("--city Torino", "aperitif"),
        ("--city 大阪", "opening signing"),
        ("--city ōsaka", "opening signing"),
        ("--city OSAKA", "opening signing"),
        ("--city \uff2f\uff53\uff41\uff4b\uff41", "opening signing"),
        ("--city O\u0304saka", "opening signing"),
        ("--city Nara", ""),
        ("--city 大阪 --city turin", "opening signing aperitif"),
        # Topics and kinds.
        ("--topic culture", "opening aperitif"),
        ("-t BioTech", "signing lecture"),
        ("--topic sport", ""),
        ("--kind talk", "lecture"),
        ("-k RITE", "opening signing"),
        ("--kind talk --kind rite", "opening signing lecture"),
        # Organizers and people, by parts of any of their names.
        ("--with polit", "opening lecture"),
        ("-w citta", "opening signing"),
        ("--with russo", "opening"),
        ("--with sindaco", "opening"),
        ("--with hasegawa", "lecture visit"),
        ("--with sindaco --with citta", "opening signing"),
        # Venues, by parts of any of their names, and by key.
        ("--venue public", "opening"),
        ("--venue KOKAIDO", "opening"),
        ("--venue nakanoshima --quiet", ""),
        ("--venue hall --venue mole", "opening aperitif"),
        # Status and certainty.
        ("--status cancelled", "gala"),
        ("--status CONFIRMED", "opening lecture aperitif visit"),
        ("--status cancelled --status tentative", "signing gala"),
        ("--when fixed", "opening lecture aperitif"),
        ("--when tba", "visit"),
        ("--when TBA --when between", "signing visit"),
        # Different options have all to be met.
        ("--city Tokyo --topic biotech --kind talk", "lecture"),
        ("--city Tokyo --city Torino --topic culture", "aperitif"),
        ("--city Osaka --status cancelled --kind ceremony", "gala"),
    ],
)
def test_option_selects(agenda_once: Agenda, options: str, expected: str) -> None:
    assert listed(agenda_once, *options.split()) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trumpets", "opening"),
        ("TRUMPETS Foyer", "opening"),
        ("citta  torino", "opening signing"),
        ("か", ""),
        ("が", "opening"),
        ("o", "opening signing lecture aperitif visit"),
    ],
)
def test_search_wants_all_its_words(agenda_once: Agenda, text: str, expected: str) -> None:
    assert listed(agenda_once, "--search", text) == expected.split()


def test_two_searches_want_either(agenda_once: Agenda) -> None:
    assert listed(agenda_once, "-s", "trumpets foyer", "-s", "curator") == ["opening", "lecture"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--on", "2025-09-29"], "opening signing lecture aperitif"),
        (["--on", "29 Sep"], "opening signing lecture aperitif"),
        (["--on", "Sep 29 2025"], "opening signing lecture aperitif"),
        (["--on", "29 settembre"], "opening signing lecture aperitif"),
        (["--on", "2025-09"], "opening signing lecture aperitif"),
        (["--on", "2025-09-30"], "opening signing"),
        (["--on", "2025-09-30..2025-10-05"], "opening signing"),
        (["--on", "30 Sep .. "], "opening signing"),
        (["--on", "..28 Sep"], "opening signing"),
        (["--from", "2025-10"], "signing"),
        (["--to", "2025-09"], "opening signing lecture aperitif"),
        (["--from", "1 Oct", "--to", "2025-10-02"], "signing"),
        (["--from", "29 Sep", "--on", "..29 Sep"], "opening signing lecture aperitif"),
        (["--on", "30 Sep", "--status", "cancelled"], "gala"),
        (["--on", "29 Sep", "--when", "tba"], ""),
    ],
)
def test_period_selects_what_its_days_touch(agenda_once: Agenda, options: list[str], expected: str) -> None:
    assert listed(agenda_once, *options) == expected.split()


@pytest.mark.parametrize(
    ("now", "day", "expected"),
    [
        ("2025-09-29T12:00", "today", "opening signing lecture aperitif"),
        ("2025-09-28T12:00", "tomorrow", "opening signing lecture aperitif"),
        ("2025-10-01T00:30", "yesterday", "opening signing"),
        ("2025-09-28T12:00", "+3d", "signing"),
        ("2025-10-02T12:00", "-1d", "signing"),
        ("2025-09-27T12:00", "+1d..+2d", "opening signing lecture aperitif"),
        # The agenda is nine hours ahead of UTC.
        ("2025-09-28T15:00Z", "today", "opening signing lecture aperitif"),
        ("2025-09-28T14:59Z", "today", "opening signing"),
    ],
)
def test_days_near_today_follow_the_clock_that_is_set(agenda_once: Agenda, now: str, day: str, expected: str) -> None:
    assert listed(agenda_once, "--on", day, AGENDA_NOW=now) == expected.split()


@pytest.mark.parametrize("option", ["--on", "--from", "--to"])
def test_period_is_given_once(agenda_once: Agenda, option: str) -> None:
    run = agenda_once("list", option, "2025-09-29", option, "2025-09-30")
    assert (run.code, run.out, option in run.err) == (2, "", True)


def test_event_that_ends_at_midnight_is_not_on_the_next_day(agenda: Agenda, file: File) -> None:
    path = file('events = [{ id = "a", title = "A", start = 2025-09-29T20:00:00, end = 2025-09-30T00:00:00 }]')
    assert ids(agenda("list", "-d", path, "--on", "2025-09-30")) == []


def test_names_that_an_open_vocabulary_writes_in_two_ways_are_one(agenda: Agenda, file: File) -> None:
    path = file('events = [{ id = "a", title = "A", city = "Osaka" }, { id = "b", title = "B", city = "ōsaka" }]')
    assert ids(agenda("list", "-d", path, "--city", "OSAKA")) == ["a", "b"]


def test_agenda_of_the_environment_is_read_and_the_option_goes_before_it(agenda: Agenda, file: File) -> None:
    path = file('events = [{ id = "mine", title = "Mine" }]')
    own = ids(agenda("list", env={"AGENDA_DATA": str(path)}))
    other = ids(agenda("list", "--data", path, env={"AGENDA_DATA": "nowhere.toml"}))
    assert (own, other) == (["mine"], ["mine"])


# --- Tab-separated values ---


def test_tsv_has_id_start_end_city_and_title(agenda_once: Agenda) -> None:
    assert agenda_once("list", "-d", "-", stdin=PROGRAMME).out == (
        "opening\t2025-09-28\t2025-09-30\tOsaka\tOpening in 日本 with が\n"
        "signing\t~2025-09-28\t~2025-10-01\tOsaka, Tokyo\tSigning\n"
        "lecture\t2025-09-29T09:30:00+09:00\t2025-09-29T11:00:00+09:00\tTokyo\tLecture\n"
        "aperitif\t2025-09-29T18:00:00+02:00\t-\tTorino\tAperitif\n"
        "visit\ttba\ttba\tTokyo\tVisit\n"
    )


def test_tsv_is_the_format_of_a_pipe(agenda_once: Agenda) -> None:
    assert agenda_once("list", "--format", "tsv").raw == agenda_once("list").raw


def test_tsv_has_five_fields_in_every_row_and_none_is_empty(agenda_once: Agenda) -> None:
    rows = [line.split("\t") for line in agenda_once("list").lines]
    assert all(len(row) == 5 and all(field.strip() for field in row) for row in rows)


SAFE = {
    r"a\tb": "a b",
    r"a\nb\r\nc": "a b c",
    r" \t a \n": "a",
    r"a\u0085b\u2028c": "a b c",
    r"a\u001b[31mb": "a␛[31mb",
    r"a\u009b31mb": "a31mb",
}


@pytest.mark.parametrize("title", SAFE)
def test_tsv_keeps_a_title_in_its_field(agenda_once: Agenda, title: str) -> None:
    run = agenda_once("list", "-d", "-", stdin=titled(SAFE))
    id_ = f"e{list(SAFE).index(title):02}"
    assert f"{id_}\ttba\ttba\t-\t{SAFE[title]}" in run.out.split("\n")


# --- CSV ---


def test_csv_has_a_header_and_ends_lines_with_crlf(agenda_once: Agenda) -> None:
    assert agenda_once("list", "-d", "-", "-f", "csv", "--city", "Tokyo", stdin=PROGRAMME).raw.decode() == (
        "id,start,end,city,title\r\n"
        'signing,~2025-09-28,~2025-10-01,"Osaka, Tokyo",Signing\r\n'
        "lecture,2025-09-29T09:30:00+09:00,2025-09-29T11:00:00+09:00,Tokyo,Lecture\r\n"
        "visit,tba,tba,Tokyo,Visit\r\n"
    )


def test_csv_of_no_event_is_its_header(agenda_once: Agenda) -> None:
    run = agenda_once("list", "-f", "csv", "--city", "Kyoto", "--when", "tba")
    assert run.raw == b"id,start,end,city,title\r\n"


NO_FORMULA = {
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    r"\t=1+1": "'=1+1",
    r"\r\n=1+1": "'=1+1",
    r"\u200e=1+1": "'=1+1",
    r"\u200e =1+1": "'=1+1",
    r"a \"quoted\", comma": 'a "quoted", comma',
    r"two\nlines": "two lines",
    "1 = 1": "1 = 1",
}


@pytest.mark.parametrize("title", NO_FORMULA)
def test_csv_field_is_text_and_no_formula(agenda_once: Agenda, title: str) -> None:
    run = agenda_once("list", "-d", "-", "-f", "csv", stdin=titled(NO_FORMULA))
    rows = csv.reader(io.StringIO(run.raw.decode(), newline=""))
    assert [f"e{list(NO_FORMULA).index(title):02}", "tba", "tba", "", NO_FORMULA[title]] in rows


# --- JSON ---


def test_json_holds_the_28_shipped_events_in_order(agenda_once: Agenda) -> None:
    shown = events(agenda_once("list", "--format", "json"))
    assert (len(shown), list(shown)) == (28, SHIPPED)


def test_json_has_every_key_of_the_contract_in_its_order_and_no_other(agenda_once: Agenda) -> None:
    shown = events(agenda_once("list", "--format", "json"))
    assert {tuple(event) for event in shown.values()} == {tuple(KEYS.split())}


def test_json_has_every_key_of_venues_people_and_sources(agenda_once: Agenda) -> None:
    shown = events(agenda_once("list", "--format", "json")).values()
    within = {
        "venue": {tuple(event["venue"]) for event in shown if event["venue"]},
        "people": {tuple(person) for event in shown for person in event["people"]},
        "sources": {tuple(source) for event in shown for source in event["sources"]},
    }
    assert within == {
        "venue": {("id", "name", "address", "latitude", "longitude", "url")},
        "people": {("name", "role")},
        "sources": {("id", "title", "publisher", "date", "url")},
    }


def test_json_has_a_list_or_null_where_there_is_nothing(agenda_once: Agenda) -> None:
    run = agenda_once("list", "-d", "-", "-f", "json", stdin='events = [{ id = "bare", title = "Bare" }]')
    lists = {"city", "topics", "organizers", "people", "sources"}
    said = {"id": "bare", "title": "Bare", "when": "tba", "status": "confirmed", "visibility": "public"}
    assert events(run)["bare"] == {key: [] if key in lists else said.get(key) for key in KEYS.split()}


@pytest.mark.parametrize(
    "expected",
    [
        {
            "id": "opening",
            "title": "Opening in 日本 with が",
            "when": "fixed",
            "start": "2025-09-28",
            "end": "2025-09-30",
            "between": None,
            "date_note": None,
            "all_day": True,
            "timezone": "Asia/Tokyo",
            "city": ["Osaka"],
            "venue": {
                "id": "hall",
                "name": "Central Public Hall",
                "address": "1 Nakanoshima",
                "latitude": 34.5,
                "longitude": 135.0,
                "url": "https://hall.example/",
            },
            "room": "Foyer",
            "kind": "ceremony",
            "topics": ["culture"],
            "organizers": ["Politecnico di Torino", "Città di Torino"],
            "people": [{"name": "Stefano Lo Russo", "role": "mayor of Torino"}],
            "status": "confirmed",
            "visibility": "public",
            "busy": None,
            "description": "With trumpets.",
            "url": None,
            "sources": [
                {
                    "id": "gazette",
                    "title": "Evening paper",
                    "publisher": "Gazzetta",
                    "date": "2025-09-28",
                    "url": "https://gazette.example/news",
                }
            ],
        },
        {
            "id": "lecture",
            "title": "Lecture",
            "when": "fixed",
            "start": "2025-09-29T09:30:00+09:00",
            "end": "2025-09-29T11:00:00+09:00",
            "between": None,
            "date_note": None,
            "all_day": False,
            "timezone": "Asia/Tokyo",
            "city": ["Tokyo"],
            "venue": None,
            "room": None,
            "kind": "talk",
            "topics": ["life sciences"],
            "organizers": ["Politecnico di Torino"],
            "people": [{"name": "Yuko Hasegawa", "role": "curator"}],
            "status": "confirmed",
            "visibility": "public",
            "busy": None,
            "description": None,
            "url": "https://lecture.example/",
            "sources": [],
        },
        {
            "id": "signing",
            "title": "Signing",
            "when": "between",
            "start": None,
            "end": None,
            "between": ["2025-09-28", "2025-10-01"],
            "date_note": "Reckoned by hearsay.",
            "all_day": None,
            "timezone": "Asia/Tokyo",
            "city": ["Osaka", "Tokyo"],
            "venue": None,
            "room": None,
            "kind": "ceremony",
            "topics": ["life sciences"],
            "organizers": ["Città di Torino"],
            "people": [],
            "status": "tentative",
            "visibility": "public",
            "busy": None,
            "description": None,
            "url": None,
            "sources": [],
        },
        {
            "id": "visit",
            "title": "Visit",
            "when": "tba",
            "start": None,
            "end": None,
            "between": None,
            "date_note": None,
            "all_day": None,
            "timezone": "Asia/Tokyo",
            "city": ["Tokyo"],
            "venue": None,
            "room": None,
            "kind": None,
            "topics": [],
            "organizers": [],
            "people": [{"name": "Yuko Hasegawa", "role": None}],
            "status": "confirmed",
            "visibility": "public",
            "busy": None,
            "description": None,
            "url": None,
            "sources": [{"id": "radio", "title": "Wireless", "publisher": None, "date": None, "url": None}],
        },
    ],
    ids=lambda expected: expected["id"],
)
def test_json_of_an_event_says_all_that_the_file_does(agenda_once: Agenda, expected: dict[str, Any]) -> None:
    shown = events(agenda_once("list", "-d", "-", "-f", "json", stdin=PROGRAMME))
    assert shown[expected["id"]] == expected


TIMES = {
    "start = 2025-09-29": ("2025-09-29", "2025-09-29", True, None),
    "start = 2025-09-29T11:00:00": ("2025-09-29T11:00:00", None, False, None),
    "start = 2025-09-29T11:00:00Z\nend = 2025-09-29T14:00:00+02:00": (
        "2025-09-29T11:00:00+00:00",
        "2025-09-29T14:00:00+02:00",
        False,
        None,
    ),
    'city = "Torino"\nstart = 2025-10-26T01:30:00\nend = 2025-10-26T03:30:00': (
        "2025-10-26T01:30:00+02:00",
        "2025-10-26T03:30:00+01:00",
        False,
        "Europe/Rome",
    ),
    # The clocks show this twice.
    'city = "Torino"\nstart = 2025-10-26T02:30:00': ("2025-10-26T02:30:00+02:00", None, False, "Europe/Rome"),
    # Told by the clocks of its city.
    'city = "Torino"\nstart = 2025-09-29T02:00:00+09:00': ("2025-09-28T19:00:00+02:00", None, False, "Europe/Rome"),
}


@pytest.mark.parametrize("when", TIMES)
def test_json_has_times_with_their_offset_and_floating_ones_without(agenda_once: Agenda, when: str) -> None:
    data = '[cities.Torino]\ntimezone = "Europe/Rome"\n'
    data += "".join(f'[[events]]\nid = "e{number}"\ntitle = "T"\n{when}\n' for number, when in enumerate(TIMES))
    event = events(agenda_once("list", "-d", "-", "-f", "json", stdin=data))[f"e{list(TIMES).index(when)}"]
    assert (event["start"], event["end"], event["all_day"], event["timezone"]) == TIMES[when]


def test_json_keeps_the_lines_of_a_description(agenda_once: Agenda) -> None:
    run = agenda_once(
        "list", "-d", "-", "-f", "json", stdin=r'events = [{ id = "a", title = "A\nB", description = "C\n\tD" }]'
    )
    event = events(run)["a"]
    assert (event["title"], event["description"]) == ("A\nB", "C\n\tD")


@pytest.mark.parametrize("title", ["\x1b[31m\x9b31m", "rubbed out\x7f", "\u202etxet", "città\x9b"])
def test_json_holds_no_control_that_a_terminal_obeys(agenda_once: Agenda, title: str) -> None:
    written = "".join(f"\\u{ord(char):04x}" for char in title)
    run = agenda_once("list", "-d", "-", "-f", "json", stdin=f'events = [{{ id = "a", title = "{written}" }}]')
    assert {char for char in run.out if not char.isprintable()} == {"\n"}
    assert events(run)["a"]["title"] == title


def test_jsonl_is_an_object_of_json_a_line(agenda_once: Agenda) -> None:
    lines = [json.loads(line) for line in agenda_once("list", "--format", "jsonl").out.split("\n")[:-1]]
    assert lines == json.loads(agenda_once("list", "--format", "json").out)


# --- Nothing found ---


@pytest.mark.parametrize(("format", "out"), [("json", "[]\n"), ("jsonl", ""), ("tsv", ""), ("table", "")])
def test_no_match_is_no_error_and_gives_no_rows(agenda_once: Agenda, format: str, out: str) -> None:
    run = agenda_once("list", "--city", "Kyoto", "--when", "tba", "--format", format)
    assert (run.code, run.out, run.err) == (0, out, "")


def test_no_match_is_remarked_on_in_one_line_with_verbose(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--city", "Kyoto", "--when", "tba", "-v")
    assert (run.code, run.out, run.err.startswith("agenda: "), run.err.count("\n")) == (0, "", True, 1)


def test_match_is_not_remarked_on(agenda_once: Agenda) -> None:
    assert agenda_once("list", "--verbose").err == ""


@pytest.mark.parametrize("content", ["", "events = []", '[agenda]\ntitle = "Nothing yet"'])
def test_agenda_without_events_lists_none(agenda_once: Agenda, content: str) -> None:
    run = agenda_once("list", "-d", "-", "-f", "json", stdin=content)
    assert (run.code, run.out, run.err) == (0, "[]\n", "")


# --- The same bytes ---


@pytest.mark.slow  # as each of these environments asks for a start
@pytest.mark.parametrize("format", ["json", "csv", "table"])
@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONHASHSEED": "1", "LANG": "C", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "it_IT.UTF-8", "TZ": "America/New_York"},
    ],
    ids=lambda env: ",".join(f"{name}={value}" for name, value in env.items()),
)
def test_same_input_gives_the_same_bytes(agenda_once: Agenda, format: str, env: dict[str, str]) -> None:
    options = ("list", "--format", format, "--from", "2025-09-28")
    assert agenda_once(*options, env=env).raw == agenda_once(*options).raw


@pytest.mark.slow
@pytest.mark.parametrize("format", ["tsv", "json", "csv"])
@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "C"],
)
def test_data_is_utf8_wherever_the_terminal_is_not(agenda_once: Agenda, format: str, env: dict[str, str]) -> None:
    assert agenda_once("list", "--format", format, env=env).raw == agenda_once("list", "--format", format).raw


def test_alias_in_another_script_is_understood_in_the_c_locale(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--city", "神戸", env={"LANG": "C", "LC_ALL": "C"})
    assert ids(run) == ["ceipiemonte-teams", "fbri-visit"]


def test_period_is_what_all_options_have_in_common(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--on", "2025-09-28..2025-10-02", "--from", "2025-10-01", "--to", "2025-10-02")
    assert run.raw == agenda_once("list", "--on", "2025-10-01..2025-10-02").raw


def test_options_without_a_day_in_common_are_a_usage_error(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--on", "2025-09-28", "--from", "2025-10-01")
    assert (run.code, run.out) == (2, "")
    assert run.err == "agenda: --on has no day in common with --from and --to\n"


def test_cancelled_series_counts_once_in_the_remark(agenda: Agenda) -> None:
    data = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-28\nrepeat = "FREQ=DAILY"\nstatus = "cancelled"\n'
    run = agenda("list", "-d", "-", "-v", stdin=data)
    assert "1 cancelled event was left out" in run.err
