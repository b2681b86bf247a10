"""The second pass over a faulty file: everything that is wrong, each at its place, and nothing that is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agenda.agendafile.load import load
from agenda.errors import DataError

Diagnostics = Callable[[str], list[str]]

EVENT = '[[events]]\nid = "gala"\ntitle = "Gala"\n'

A_NAME = "it must be text that is not empty"
NAMES = 'it must be a list of names, such as ["one", "another"]'
A_DAY = "it must be a day, such as 2025-09-30"
A_MOMENT = "it must be a day, such as 2025-09-30, or a time, such as 2025-09-30T11:00:00"
TWO_DAYS = "it must be two days, such as [2025-09-24, 2025-09-27]"
A_LATITUDE = "it must be degrees from -90 to 90"
A_LONGITUDE = "it must be degrees from -180 to 180"
A_DURATION = 'it must be a duration of more than 0, such as "P1D" or "PT12H"'
AN_ADDRESS = 'it must be an address such as "https://example.org/"'
A_COLOUR = 'it must be a CSS3 colour name in small letters, such as "darkorange"'
A_NAMESPACE = 'it must be small letters, digits, dots and hyphens, such as "my-agenda.example"'
AN_INSTANT = "it must be a time with an offset, such as 2025-10-07T09:00:00+09:00"


@pytest.fixture
def diagnostics(tmp_path: Path) -> Diagnostics:
    """What is wrong with a text: `LINE:COLUMN: MESSAGE` for each mistake, and nothing where it is an agenda."""

    def diagnostics(text: str) -> list[str]:
        path = tmp_path / "events.toml"
        path.write_bytes(text.encode())
        try:
            load(str(path))
        except DataError as error:
            return [str(diagnostic).removeprefix(f"{path}:") for diagnostic in error.diagnostics]
        return []

    return diagnostics


# --- Each sort of wrong value, in words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5", "5"),
        ("-0.5", "-0.5"),
        ("true", "true"),
        ("2025-09-30", "the day 2025-09-30"),
        ("2025-09-30T11:00:00", "the time 2025-09-30T11:00:00"),
        ("2025-09-30 11:00:00Z", "the time 2025-09-30T11:00:00+00:00"),
        ("11:00:00", "the time of day 11:00:00"),
        ("[]", "an empty list"),
        ("[1, 2]", "a list of 2"),
        ("{ name = 1 }", "a table"),
        ('""', '""'),
    ],
)
def test_value_in_the_place_of_a_name(diagnostics: Diagnostics, value: str, shown: str) -> None:
    """TOML's types by the names that people have for them."""
    assert diagnostics(EVENT + f"room = {value}\n") == [f"4:8: event 'gala': room is {shown}; {A_NAME}"]


@pytest.mark.parametrize(
    ("line", "shown", "wanted"),
    [
        ("city = 5", "5", f'{A_NAME} or a list of names, such as ["one", "another"]'),
        ('topics = "music"', 'the text "music"', NAMES),
        ("organizers = {}", "a table", NAMES),
        (
            'people = "Ann"',
            'the text "Ann"',
            'it must be a list of names and of tables such as { name = "…", role = "…" }',
        ),
        ('start = "2025-09-30"', 'the text "2025-09-30"', A_MOMENT),
        ("start = 11:00:00", "the time of day 11:00:00", A_MOMENT),
        ("between = 2025-09-30", "the day 2025-09-30", TWO_DAYS),
        ("between = []", "an empty list", TWO_DAYS),
        ("between = [2025-09-30]", "a list of 1", TWO_DAYS),
        ("between = [2025-09-30, 2025-10-01, 2025-10-02]", "a list of 3", TWO_DAYS),
        ('url = "www.example.org"', '"www.example.org"', AN_ADDRESS),
        ('url = "https://a b"', '"https://a b"', AN_ADDRESS),
        ('status = "done"', 'the text "done"', 'it must be "confirmed", "tentative" or "cancelled"'),
        ("status = false", "false", 'it must be "confirmed", "tentative" or "cancelled"'),
        ("revised = 2025-09-30", "the day 2025-09-30", AN_INSTANT),
        ("revised = 2025-09-30T11:00:00", "the time 2025-09-30T11:00:00", AN_INSTANT),
    ],
)
def test_value_of_an_event(diagnostics: Diagnostics, line: str, shown: str, wanted: str) -> None:
    """What it is, and what it must be, with an example."""
    key, column = line.split(maxsplit=1)[0], line.index("=") + 3
    assert diagnostics(f"{EVENT}{line}\n") == [f"4:{column}: event 'gala': {key} is {shown}; {wanted}"]


@pytest.mark.parametrize(
    ("value", "diagnostic"),
    [
        ('"Gala"', "event 'Gala': id is \"Gala\""),
        ('"a--b"', "event 'a--b': id is \"a--b\""),
        ('"a\\n"', "event 'a': id is \"a \""),
        ('""', 'event 1: id is ""'),
        ("5", "event 1: id is 5"),
        ("[]", "event 1: id is an empty list"),
    ],
)
def test_id_of_an_event(diagnostics: Diagnostics, value: str, diagnostic: str) -> None:
    """Whatever it is, the event is called by it; one without text for it by its number."""
    wanted = 'it must be small letters, digits and single hyphens, such as "gala-dinner"'
    assert diagnostics(f'[[events]]\nid = {value}\ntitle = "A"\n') == [f"2:6: {diagnostic}; {wanted}"]


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        ('[agenda]\ntitle = ""\n', f'2:9: agenda: title is ""; {A_NAME}'),
        (
            '[agenda]\nnamespace = "-x"\n',
            f'2:13: agenda: namespace is "-x"; {A_NAMESPACE}',
        ),
        (
            "[agenda]\nrevised = 2025-10-07T09:00:00\n",
            f"2:11: agenda: revised is the time 2025-10-07T09:00:00; {AN_INSTANT}",
        ),
        (
            '[agenda]\ncolor = "Red"\n',
            f'2:9: agenda: color is the text "Red"; {A_COLOUR}',
        ),
        ('[agenda]\nrefresh = "P"\n', f'2:11: agenda: refresh is "P"; {A_DURATION}'),
        ('[agenda]\nrefresh = "P1DT"\n', f'2:11: agenda: refresh is "P1DT"; {A_DURATION}'),
        ('[agenda]\nrefresh = "P1Y"\n', f'2:11: agenda: refresh is "P1Y"; {A_DURATION}'),
        ("[cities.Osaka]\ntimezone = 9\n", f"2:12: city 'Osaka': timezone is 9; {A_NAME}"),
        ('[cities.Osaka]\naliases = "O"\n', f"2:11: city 'Osaka': aliases is the text \"O\"; {NAMES}"),
        ('[venues.hall]\nname = "H"\nurl = 5\n', f"3:7: venue 'hall': url is 5; {AN_ADDRESS}"),
        ('[venues.hall]\nname = "H"\ncity = ["Osaka"]\n', f"3:8: venue 'hall': city is a list of 1; {A_NAME}"),
        ("[people.Ann]\nrole = []\n", f"2:8: person 'Ann': role is an empty list; {A_NAME}"),
        ("[organizers.City]\naliases = 1\n", f"2:11: organizer 'City': aliases is 1; {NAMES}"),
        ("[topics.music]\naliases = true\n", f"2:11: topic 'music': aliases is true; {NAMES}"),
        ("[kinds.talk]\naliases = {}\n", f"2:11: kind 'talk': aliases is a table; {NAMES}"),
        ('[sources.s]\ntitle = "S"\npublisher = ""\n', f"3:13: source 's': publisher is \"\"; {A_NAME}"),
    ],
)
def test_value_of_another_table(diagnostics: Diagnostics, text: str, diagnostic: str) -> None:
    """The entry is named as an event is."""
    assert diagnostics(text) == [diagnostic]


@pytest.mark.parametrize(
    ("line", "shown", "wanted"),
    [
        ("latitude = 90.1", "90.1", A_LATITUDE),
        ("latitude = -91", "-91", A_LATITUDE),
        ("latitude = nan", "nan", A_LATITUDE),
        ('latitude = "34.6"', 'the text "34.6"', A_LATITUDE),
        ("latitude = true", "true", A_LATITUDE),
        ("longitude = -180.5", "-180.5", A_LONGITUDE),
        ("longitude = inf", "inf", A_LONGITUDE),
    ],
)
def test_position_out_of_the_world(diagnostics: Diagnostics, line: str, shown: str, wanted: str) -> None:
    """One half of it is the mistake, and the other none."""
    key = line.split(maxsplit=1)[0]
    other = "latitude = 90" if key == "longitude" else "longitude = -180"
    text = f'[venues.v]\n{line}\nname = "V"\n{other}\n'
    assert diagnostics(text) == [f"2:{len(key) + 4}: venue 'v': {key} is {shown}; {wanted}"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2025-09-29T10:00:00", "the time 2025-09-29T10:00:00"), ('"2025-09-29"', 'the text "2025-09-29"')],
)
def test_day_of_a_source(diagnostics: Diagnostics, value: str, shown: str) -> None:
    """A time is no day, though Python takes it for one."""
    text = f'[sources.s]\ntitle = "S"\ndate = {value}\n'
    assert diagnostics(text) == [f"3:8: source 's': date is {shown}; {A_DAY}"]


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        ("agenda = 5\n", "1:10: agenda is 5; it must be a table"),
        ("cities = []\n", "1:10: cities is an empty list; it must be a table"),
        ("[[cities]]\n", "1:3: cities is a list of 1; it must be a table"),
        ('events = "x"\n', '1:10: events is the text "x"; it must be a list of tables, each under [[events]]'),
        ('[events]\nid = "gala"\n', "1:2: events is a table; it must be a list of tables, each under [[events]]"),
        ('events = ["x"]\n', '1:11: event 1: item 1 of events is the text "x"; it must be a table'),
        ("[cities]\nOsaka = 5\n", "2:9: city 'Osaka': Osaka is 5; it must be a table"),
    ],
)
def test_value_in_the_place_of_a_table(diagnostics: Diagnostics, text: str, diagnostic: str) -> None:
    """Single and double brackets are the commonest confusion of TOML."""
    assert diagnostics(text) == [diagnostic]


def test_one_event_in_single_brackets(diagnostics: Diagnostics) -> None:
    """Whether or not what is in it is looked at as well."""
    text = '[events]\nid = "gala"\ntitle = "Gala"\nend = 2025-09-30\n'
    assert diagnostics(text)[0] == "1:2: events is a table; it must be a list of tables, each under [[events]]"


# --- Keys


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        ("event = 1\n", '1:1: unknown key "event"; did you mean "events"?'),
        ("[[event]]\n", '1:3: unknown key "event"; did you mean "events"?'),
        ("[city.Osaka]\n", '1:2: unknown key "city"; did you mean "cities"?'),
        ("[agenda]\nTitle = 1\n", '2:1: agenda: unknown key "Title"; did you mean "title"?'),
        ("[agenda]\ntime-zone = 1\n", '2:1: agenda: unknown key "time-zone"; did you mean "timezone"?'),
        ("[cities.Osaka]\nalias = 1\n", '2:1: city \'Osaka\': unknown key "alias"; did you mean "aliases"?'),
        ("[kinds.talk]\nx = 1\n", "2:1: kind 'talk': unknown key \"x\"; the keys here are name and aliases"),
        ("[people.Ann]\nx = 1\n", "2:1: person 'Ann': unknown key \"x\"; the keys here are name, role and aliases"),
        (EVENT + "Venue = 1\n", '4:1: event \'gala\': unknown key "Venue"; did you mean "venue"?'),
        (
            EVENT + 'people = [{ name = "Ann", "rôle" = "chair" }]\n',
            '4:27: event \'gala\': unknown key "rôle"; did you mean "role"?',
        ),
    ],
)
def test_unknown_key(diagnostics: Diagnostics, text: str, diagnostic: str) -> None:
    """At the key, since it is not the value that is wrong."""
    assert diagnostics(text) == [diagnostic]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[events]]\n", ["1:1: event 1: id is missing", "1:1: event 1: title is missing"]),
        (EVENT + '[[events]]\ntitle = "A"\n', ["4:1: event 2: id is missing"]),
        ('[[events]]\nid = "gala"\n', ["1:1: event 'gala': title is missing"]),
        (EVENT + 'people = [{ role = "chair" }]\n', ["4:11: event 'gala': name is missing"]),
    ],
)
def test_missing_key(diagnostics: Diagnostics, text: str, expected: list[str]) -> None:
    """At what lacks it; each with the line to add."""
    lines = [f'{place_and_key}; add a line {place_and_key.split()[-3]} = "…"' for place_and_key in expected]
    assert diagnostics(text) == lines


@pytest.mark.parametrize(
    ("header", "key"), [("venues.hall", "name"), ("sources.paper", "title")], ids=["venue", "source"]
)
def test_missing_key_of_an_entry(diagnostics: Diagnostics, header: str, key: str) -> None:
    """At its header, where its name stands."""
    (diagnostic,) = diagnostics(f"[{header}]\n")
    column = header.index(".") + 3
    assert diagnostic.startswith(f"1:{column}: ")
    assert diagnostic.endswith(f'{key} is missing; add a line {key} = "…"')


def test_empty_name(diagnostics: Diagnostics) -> None:
    """Nothing could be shown of it."""
    assert diagnostics('[cities.""]\n') == [f'1:9: "" is no name; {A_NAME}']


# --- Several at once


def test_both_passes_at_once(diagnostics: Diagnostics) -> None:
    """A value of a wrong shape does not hide what others mean wrongly."""
    assert diagnostics("[topics.music]\n" + EVENT + 'topics = ["musik"]\nurl = 5\nend = 2025-09-30\n') == [
        '5:11: event \'gala\': no topic is called "musik"; did you mean "music"?',
        "6:7: event 'gala': url is 5; it must be an address such as \"https://example.org/\"",
        "7:1: event 'gala': end without start; add the start, or write between = [first, last]",
    ]


def test_several_in_one_table(diagnostics: Diagnostics) -> None:
    """All of them, in the order of the file."""
    text = '[venues.hall]\nurl = "x"\nname = ""\ncity = 1\nx = 1\n'
    assert [diagnostic.split(": ")[0] for diagnostic in diagnostics(text)] == ["2:7", "3:8", "4:8", "5:1"]


def test_several_in_one_list(diagnostics: Diagnostics) -> None:
    """Items count from 1, as people count."""
    assert diagnostics(EVENT + 'topics = [5, "music", true, ""]\n') == [
        f"4:11: event 'gala': item 1 of topics is 5; {A_NAME}",
        f"4:23: event 'gala': item 3 of topics is true; {A_NAME}",
        f"4:29: event 'gala': item 4 of topics is \"\"; {A_NAME}",
    ]


def test_several_on_one_line(diagnostics: Diagnostics) -> None:
    """By their columns."""
    found = diagnostics('events = [{ id = 5, title = 5 }, 5, { id = "a" }]\n')
    assert [diagnostic.split(": ")[0] for diagnostic in found] == ["1:18", "1:29", "1:34", "1:37"]


# --- The right place, where a faulty sibling has been left out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('topics = [5, "x"]', ["4:11: ", '4:14: no topic is called "x"']),
        ('topics = ["x", 5]', ['4:11: no topic is called "x"', "4:16: "]),
        ('topics = [5, true, "music", {}, "x"]', ["4:11: ", "4:14: ", "4:29: ", '4:33: no topic is called "x"']),
        ('topics = [5, "music", "music"]', ["4:11: ", '4:23: "music" is named twice']),
        ('people = [5, "Ann", { name = "Luc" }]', ["4:11: ", '4:21: no person is called "Luc"']),
        (
            'people = [{ name = "Ann", role = 5 }, "Luc", [], { name = "Eve" }]',
            ["4:34: ", '4:39: no person is called "Luc"', "4:46: ", '4:50: no person is called "Eve"'],
        ),
        ('city = [1.5, "Lyon"]', ["4:9: ", '4:14: no city is called "Lyon"']),
    ],
)
def test_items_keep_their_places(diagnostics: Diagnostics, line: str, expected: list[str]) -> None:
    """An item after a faulty one is still found where it stands."""
    found = diagnostics(EVENT + line + "\n[topics.music]\n[people.Ann]\n[cities.Osaka]\n")
    assert len(found) == len(expected)
    for diagnostic, start in zip(found, expected, strict=True):
        assert diagnostic.replace("event 'gala': ", "").startswith(start)


def test_events_keep_their_numbers(diagnostics: Diagnostics) -> None:
    """An event after one that is none is still the third, and the first is still the other one."""
    text = 'events = [\n  { id = "a", title = "A" },\n  5,\n  { id = "a", title = "B" },\n  { title = "C" },\n]\n'
    assert diagnostics(text) == [
        "3:3: event 2: item 2 of events is 5; it must be a table",
        "4:10: event 'a': the id \"a\" is taken; every event needs one of its own (the other is on line 2)",
        '5:3: event 4: id is missing; add a line id = "…"',
    ]


def test_aliases_keep_their_places(diagnostics: Diagnostics) -> None:
    """Where one alias is no text, the next may still be taken."""
    taken = '"Osaka" is taken: it is also the name of another city; each name and alias has to mean one city'
    assert diagnostics('[cities.Osaka]\n[cities.Tokyo]\naliases = [5, "Osaka"]\n') == [
        f"3:12: city 'Tokyo': item 1 of aliases is 5; {A_NAME}",
        f"3:15: city 'Tokyo': {taken}",
    ]


# --- No mistake is told twice, or blamed on somebody else


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(EVENT + 'start = "x"\nend = 2025-09-30\n', ["4:9"], id="an end whose start is no date"),
        pytest.param(EVENT + 'start = 2025-09-30\nend = "x"\n', ["5:7"], id="a start whose end is no date"),
        pytest.param(
            EVENT + "start = 2025-09-30\nbetween = 2025-09-30\n", ["5:11"], id="a start beside what is no span"
        ),
        pytest.param(
            EVENT + "start = 2025-09-30\nend = 2025-09-29\nbetween = [2025-09-30, 1]\n",
            ["6:24"],
            id="dates beside a span with a day that is none",
        ),
        pytest.param(
            '[venues.v]\nname = "V"\nlatitude = 100\nlongitude = 5\n', ["3:12"], id="half of a wrong position"
        ),
        pytest.param("[venues]\nv = 5\n" + EVENT + 'venue = "v"\n', ["2:5"], id="a use of a venue that is no table"),
        pytest.param("[venues.v]\n" + EVENT + 'venue = "v"\n', ["1:9"], id="a use of a venue without a name"),
        pytest.param("venues = 5\n" + EVENT + 'venue = "v"\n', ["1:10"], id="a use of venues that are no table"),
        pytest.param("[sources.s]\n" + EVENT + 'sources = ["s"]\n', ["1:10"], id="a use of a source without a title"),
        pytest.param(
            "[cities.Osaka]\ntimezone = 5\n" + EVENT + 'city = "Osaka"\n', ["2:12"], id="a use of a city with a mistake"
        ),
        pytest.param(
            "[[events]]\nid = 5\ntitle = 5\n[[events]]\nid = 5\ntitle = 5\n",
            ["2:6", "3:9", "5:6", "6:9"],
            id="two ids that are none",
        ),
        pytest.param("[[events]]\n[[events]]\n", ["1:1", "1:1", "2:1", "2:1"], id="two ids that are missing"),
        pytest.param("[venues.v]\n[venues.w]\n", ["1:9", "2:9"], id="two names that are missing"),
        pytest.param(
            '[cities.Osaka]\n[venues.v]\nname = "V"\ncity = "Osako"\n' + EVENT + 'venue = "v"\ncity = "Osaka"\n',
            ["4:8"],
            id="a city beside a venue in no city",
        ),
        pytest.param(
            '[cities.Osaka]\n[venues.v]\nname = "V"\ncity = "Osaka"\n' + EVENT + 'venue = "v"\ncity = "Osako"\n',
            ["9:8"],
            id="a venue beside a misspelt city",
        ),
        pytest.param(
            '[cities.Osaka]\n[cities.Kobe]\n[venues.v]\nname = "V"\ncity = "Osaka"\n'
            + EVENT
            + 'venue = "v"\ncity = ["Kobe", "Osako"]\n',
            ["10:17"],
            id="a venue beside a list with a misspelt city",
        ),
        pytest.param(
            '[cities.Osaka]\n[cities.Kobe]\n[venues.v]\nname = "V"\ncity = "Osaka"\n'
            + EVENT
            + 'venue = "v"\ncity = ["Kobe", 5]\n',
            ["10:17"],
            id="a venue beside a list with a city that is none",
        ),
        pytest.param(
            '[cities.Osaka]\naliases = "大阪"\n' + EVENT + 'city = "大阪"\n',
            ["2:11"],
            id="a use of an alias that is not in a list",
        ),
        pytest.param(
            "[people.Ann]\n" + EVENT + "people = [{ name = 5 }]\n", ["5:20"], id="a person whose name is no text"
        ),
        pytest.param(
            "[people.Ann]\n" + EVENT + 'people = [{ role = "chair" }]\n', ["5:11"], id="a person without a name"
        ),
        pytest.param(
            EVENT.replace('"gala"', "5") + EVENT.replace("gala", "stand-in-1"),
            ["2:6"],
            id="an id like those of the program's own",
        ),
        pytest.param(
            '[agenda]\ntimezone = "Asia/Tokio"\n[cities.A]\n[cities.B]\ntimezone = "Asia/Tokyo"\n'
            + EVENT
            + 'city = ["A", "B"]\nstart = 2025-09-30T11:00:00\n',
            ["2:12"],
            id="a time in a zone of the agenda that is none",
        ),
        pytest.param(
            '[agenda]\ntimezone = "Europe/Rome"\n[cities.A]\ntimezone = "Asia/Tokio"\n'
            '[cities.B]\ntimezone = "Asia/Tokyo"\n' + EVENT + 'city = ["A", "B"]\nstart = 2025-09-30T11:00:00\n',
            ["4:12"],
            id="a time in a zone of a city that is none",
        ),
        pytest.param(
            '[agenda]\ntimezone = "Europe/Rome"\n[cities.A]\ntimezone = "Asia/Tokio"\n'
            + EVENT
            + 'city = "A"\nstart = 2025-03-30T02:30:00\n',
            ["4:12"],
            id="a time that only another zone skips",
        ),
        pytest.param(
            '[agenda]\ntimezone = "Europe/Rome"\n[cities.Tokyo]\ntimezone = "Asia/Tokyo"\n'
            + EVENT
            + 'city = "Tokio"\nstart = 2025-03-30T02:30:00\n',
            ["8:8"],
            id="a time in a misspelt city that only another zone skips",
        ),
    ],
)
def test_one_mistake_is_one_diagnostic(diagnostics: Diagnostics, text: str, places: list[str]) -> None:
    """Mending these places mends the file, so nothing else is to be told."""
    assert [diagnostic.split(": ")[0] for diagnostic in diagnostics(text)] == places


def test_unknown_key_does_not_hide_a_value(diagnostics: Diagnostics) -> None:
    """What is beside it is looked at all the same."""
    assert len(diagnostics(EVENT + "x = 1\nend = 2025-09-30\nstart = 2025-10-01\n")) == 2


def test_city_named_twice_does_not_hide_a_time_that_does_not_exist(diagnostics: Diagnostics) -> None:
    """Which city it is, and so which zone, is known all the same."""
    head = '[cities.Torino]\ntimezone = "Europe/Rome"\n'
    found = diagnostics(head + EVENT + 'city = ["Torino", "Torino"]\nstart = 2025-03-30T02:30:00\n')
    assert [diagnostic.split(": ")[0] for diagnostic in found] == ["6:19", "7:9"]


def test_city_named_twice_does_not_hide_a_venue_elsewhere(diagnostics: Diagnostics) -> None:
    """Nor which cities the venue is not in."""
    head = '[cities.Osaka]\n[cities.Kobe]\n[venues.hall]\nname = "Hall"\ncity = "Kobe"\n'
    found = diagnostics(head + EVENT + 'venue = "hall"\ncity = ["Osaka", "Osaka"]\n')
    assert [diagnostic.split(": ")[0] for diagnostic in found] == ["10:8", "10:18"]
