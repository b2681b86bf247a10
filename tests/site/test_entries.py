"""What the pages tell of each event: when it is, what has become of it, and what a search finds it by."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
File = Callable[[str | bytes], Path]

HEAD = (
    '[agenda]\ntitle = "Tour"\nnamespace = "tour.example"\ntimezone = "Europe/Rome"\nrevised = 2026-01-02T03:04:05Z\n'
)
ROOMS = '[venues.hall]\nname = "Hall"\nrooms = ["Blue", "Red"]\n'
BASE = "https://tour.example/programme/"


def event(*lines: str, id: str = "a") -> str:
    return "\n".join((f'[[events]]\nid = "{id}"\ntitle = "Talk"', *lines, ""))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture
def make(agenda: Agenda, file: File, tmp_path: Path) -> Callable[..., Path]:
    """The pages of an agenda, with what has changed since `old` if that is given."""

    def make_pages(text: str, *options: str, old: str | None = None) -> Path:
        if old is not None:
            (tmp_path / "old.toml").write_text(old, encoding="utf-8")
            options = (*options, "--since", "old.toml")
        done = agenda("site", "pages", "--data", file(text), *options)
        assert (done.code, done.err) == (0, "")
        return tmp_path / "pages"

    return make_pages


def badges(page: Path) -> list[str]:
    return re.findall(r'<(?:span|strong) class="changed">(.*?)</', read(page))


def search_of(page: Path) -> str:
    return " ".join(re.findall(r'data-search="(.*?)"', read(page)))


# --- When ---


def test_last_revision_is_told_by_the_clocks_of_the_agenda(make: Callable[..., Path]) -> None:
    page = read(make(HEAD + event("start = 2026-05-01")) / "index.html")
    assert "Friday 2 January 2026, 04:04:05</time>" in page


def test_last_revision_tells_its_offset_where_there_is_no_zone(make: Callable[..., Path]) -> None:
    page = read(make("[agenda]\nrevised = 2026-01-02T03:04:00Z\n" + event("start = 2026-05-01")) / "index.html")
    assert "Friday 2 January 2026, 03:04 +00:00</time>" in page


def test_last_revision_is_the_latest_of_the_agenda_and_of_its_events(make: Callable[..., Path]) -> None:
    later = event("start = 2026-05-01", "revised = 2026-02-01T12:00:00Z")
    folder = make(HEAD + later, "--base-url", BASE, old=HEAD)
    assert "Sunday 1 February 2026, 13:00</time>" in read(folder / "index.html")
    feed = ET.parse(folder / "changes.atom").getroot()  # noqa: S314 - ours
    assert feed.findtext("{http://www.w3.org/2005/Atom}updated") == "2026-02-01T13:00:00+01:00"


@pytest.mark.parametrize(
    ("when", "language", "told"),
    [
        ("between = [2027-04-08, 2027-04-09]", "en", "Between 8 and 9 Apr 2027"),
        ("between = [2027-04-08, 2027-05-09]", "en", "Between 8 Apr and 9 May 2027"),
        ("between = [2027-04-08, 2027-04-09]", "it", "Nel periodo 8–9 apr 2027"),
        ("between = [2027-04-08, 2027-04-09]", "ja", "2027年4月8日～9日の間"),
        ("", "en", "To be announced"),
        ("start = 2027-04-08\nend = 2027-04-10", "en", "8–10 Apr 2027"),
    ],
)
def test_what_no_heading_tells_says_when_it_is(make: Callable[..., Path], when: str, language: str, told: str) -> None:
    page = read(make(HEAD + event(when), "--lang", language) / "index.html")
    assert re.findall('<p class="when days">(.*?)</p>', page)[:1] == [told]


def test_day_is_not_told_again_below_its_heading(make: Callable[..., Path]) -> None:
    page = read(make(HEAD + event("start = 2027-04-08")) / "index.html")
    assert 'class="when days"' not in page


# --- What a search finds ---


def test_search_finds_what_list_finds(make: Callable[..., Path]) -> None:
    text = (
        HEAD.replace("[agenda]\n", '[agenda]\nlanguages = ["en", "it"]\n')
        + '[cities.Turin]\nname = { it = "Torino" }\naliases = ["Augusta"]\n[kinds.poster]\n[people."Søren Łoś"]\n'
        + event(
            *("start = 2027-04-08", 'city = "Turin"', 'kind = "poster"', 'people = ["Søren Łoś"]'),
            'description = "Große Frage"',
        )
    )
    words = search_of(make(text) / "index.html").split()
    assert {"torino", "augusta", "poster", "soren", "los", "grosse"} <= set(words)


def test_words_of_a_search_are_told_once_and_are_bounded(make: Callable[..., Path]) -> None:
    description = " ".join(["word"] * 50 + [f"w{number}" for number in range(2000)])
    words = search_of(make(HEAD + event("start = 2027-04-08", f'description = "{description}"')) / "index.html")
    assert words.split().count("word") == 1
    assert len(words) <= 1000


def test_pages_without_a_search_have_no_words_for_it(make: Callable[..., Path]) -> None:
    text = HEAD + "[topics.x]\n" + event("start = 2027-04-08", 'topics = ["x"]', 'description = "More"')
    assert search_of(make(text) / "topics" / "x.html") == ""


def test_letters_with_strokes_are_found_without_them(agenda: Agenda, file: File) -> None:
    data = file(HEAD + '[people."Søren"]\n' + event("start = 2027-04-08", 'people = ["Søren"]'))
    assert "Talk" in agenda("list", "--data", data, "--with", "soren").out


def test_files_are_named_by_letters_without_strokes(make: Callable[..., Path]) -> None:
    names = ["Søren Łoś", "Straße", "東京"]
    people = "".join(f'[people."{name}"]\n' for name in names)
    folder = make(HEAD + people + event("start = 2027-04-08", f"people = {names}"))
    assert {path.stem for path in (folder / "people").iterdir()} == {"soren-los", "strasse", "東京"}


# --- What has become of it ---


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("start = 2026-05-01T11:15:00", "start = 2026-05-01T12:00:00", ["Moved, was 11:15"]),
        (
            "start = 2026-05-01T11:15:00\nend = 2026-05-01T12:00:00",
            "start = 2026-05-01T11:15:00\nend = 2026-05-01T13:00:00",
            ["Moved, was 11:15–12:00"],
        ),
        ("start = 2026-05-02T11:15:00", "start = 2026-05-01T11:15:00", ["Moved, was Sat 2 May 2026, 11:15"]),
        ("busy = true", "start = 2026-05-01T12:00:00\nbusy = true", ["Date now known"]),
        ('venue = "hall"\nroom = "Blue"', 'venue = "hall"\nroom = "Red"', ["Another room"]),
        ('description = "One"', 'description = "Other"', []),
        ("", "", []),
    ],
)
def test_change_stands_beside_the_event_everywhere(
    make: Callable[..., Path], before: str, after: str, told: list[str]
) -> None:
    head = HEAD + ROOMS
    start = "" if "start" in before + after else "start = 2026-05-01T10:00:00"
    folder = make(head + event(after, start), old=head + event(before, start))
    pages = ("index.html", "days/2026-05-01.html", "events/a.html")
    assert [badges(folder / page) for page in pages] == [told] * 3


def test_new_event_says_so(make: Callable[..., Path]) -> None:
    folder = make(HEAD + event("start = 2026-05-01T10:00:00"), old=HEAD)
    assert badges(folder / "events" / "a.html") == ["New event"]


def test_only_the_time_of_a_series_that_is_new_says_so(make: Callable[..., Path]) -> None:
    weekly = 'start = 2026-05-01T10:00:00\nrepeat = "FREQ=WEEKLY;COUNT={}"'
    folder = make(HEAD + event(weekly.format(2)), old=HEAD + event(weekly.format(3)))
    assert badges(folder / "index.html") == []


def test_new_time_is_told_once_on_the_page_of_changes(make: Callable[..., Path]) -> None:
    old, new = ("start = 2026-05-01T11:15:00", "start = 2026-05-01T12:00:00")
    page = read(make(HEAD + event(new), old=HEAD + event(old)) / "changes.html")
    assert page.count("12:00") == 1


def test_facts_in_the_feed_of_changes_are_told_apart(make: Callable[..., Path]) -> None:
    head = HEAD + ROOMS
    lines = ["start = 2026-05-01T11:15:00", 'venue = "hall"', 'room = "{}"', 'description = "{}"']
    old, new = (event(*(line.format(value) for line in lines)) for value in ("Blue", "Red"))
    feed = ET.parse(make(head + new, "--base-url", BASE, old=head + old) / "changes.atom").getroot()  # noqa: S314 - ours
    (content,) = (element.text for element in feed.iter("{http://www.w3.org/2005/Atom}content"))
    assert content == "Fri 1 May 2026, 11:15; Blue → Red; another description"


# --- For filters ---


def test_kinds_and_rooms_have_keys(make: Callable[..., Path]) -> None:
    facts = ("start = 2026-05-01", 'venue = "hall"', 'room = "Red"', 'kind = "講演"')
    page = read(make(HEAD + ROOMS + '[kinds."講演"]\n' + event(*facts)) / "index.html")
    assert 'data-room="red" data-kind="kind-1"' in page


def test_names_in_japanese_are_separated_as_there(make: Callable[..., Path]) -> None:
    text = HEAD + "[people.A]\n[people.B]\n" + event("start = 2026-05-01", 'people = ["A", "B"]')
    assert "A、B" in read(make(text, "--lang", "ja") / "index.html")
