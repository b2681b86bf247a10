"""The bounds of what is compared, drawn and written for one agenda, told by the steps that are taken."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import Run

from agenda.agendafile.load import load
from agenda.cli.published_folder import publish
from agenda.errors import UsageError
from agenda.ical import timezones
from agenda.model import Person, Room, Venue
from agenda.query import EVERYTHING, select
from agenda.reports.changes import find_different
from agenda.site.edition import Edition
from agenda.site.page_groups import check_size
from agenda.wording.english import Wording

Agenda = Callable[..., Run]

HEAD = '[agenda]\nnamespace = "tour.example"\n'

_TOO_MANY_PAGES = (
    "the site would have 2,603 pages in one language, and 2,500 are the most for 2 events with texts as long as these;"
    " choose fewer events, as by --from and --to or by --city, each choice for a site of its own, or name fewer people,"
    " topics and so on"
)
_TOO_MANY_ENTRIES = (
    "events would stand 55,220 times on the pages of their days, people and so on, and 52,200 times are the most for"
    ' 110 events; event "e0" alone would 502 times; name fewer people, topics and so on in each, or choose fewer events'
)

_MOST_MEMORY = """
import gc, sys
from agenda.cli.app import run

gc.disable()
run(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""A program that runs agenda, and then prints how many kilobytes of memory that needed at most."""

_HALF_A_PAGE_KILOBYTES = 20


def crowded_event(number: int, people: Sequence[str]) -> str:
    """An event of a day, with all of these people."""
    return f'[[events]]\nid = "e{number}"\ntitle = "A"\nstart = 2026-03-01\npeople = {list(people)}\n'


def names_noting(compared: list[str]) -> type[str]:
    """Names that note there each comparison with them."""

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            compared.append(self)
            return super().__eq__(other)

    return Name


def test_people_of_a_crowded_event_are_compared_with_their_namesakes_alone() -> None:
    compared: list[str] = []
    name = names_noting(compared)
    before = [Person(name(f"P{number}")) for number in range(1_000)]
    after = [Person(f"Q{number}", aliases=(f"P{number}",)) for number in range(999)]
    assert find_different(before, after) == ([before[999]], [])
    assert len(compared) <= 10 * 1_000


def test_people_of_many_aliases_are_compared_by_their_names() -> None:
    compared: list[str] = []
    name = names_noting(compared)
    aliases = tuple(name(f"alias {number}") for number in range(1_000))
    before, after = Person("Anna", aliases=aliases), Person("Bert", aliases=aliases)
    assert find_different([before], [after]) == ([before], [after])
    assert len(compared) <= 10 * 1_000


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The instants at which the clocks of a zone are looked at, as they are."""
    instants: list[datetime] = []
    offset_and_name = timezones._offset_and_name

    def note(zone: ZoneInfo, instant: datetime) -> tuple[timedelta, str]:
        instants.append(instant)
        return offset_and_name(zone, instant)

    monkeypatch.setattr(timezones, "_offset_and_name", note)
    return instants


def test_zone_of_ten_thousand_years_is_looked_at_where_its_clocks_change(looks: list[datetime]) -> None:
    for key in ("Asia/Tokyo", "Europe/Rome"):
        first, last = (datetime(year, 6, 1, tzinfo=ZoneInfo(key)) for year in (1, 9999))
        assert timezones.timezone_component(ZoneInfo(key), first, last, endless=True)
    assert len(looks) <= 1_000


def test_zone_is_looked_through_once_for_the_calendars_of_all_events(looks: list[datetime]) -> None:
    zone = ZoneInfo.no_cache("Europe/Rome")
    counts = set()
    for day in range(1, 31):
        first = datetime(2025, 5, day, 10, tzinfo=zone)
        timezones.timezone_component(zone, first, first, endless=False)
        counts.add(len(looks))
    assert len(counts) == 1


def test_calendars_that_would_hold_long_events_very_often_are_refused_before_any_is_written(
    agenda: Agenda, file: Callable[[str], Path], tmp_path: Path
) -> None:
    people = [f"Person {number}" for number in range(300)]
    data = file(HEAD + "".join(crowded_event(number, people) for number in range(60)))
    run = agenda("export", "--split", "person", "--output", "calendars", "--data", data)
    assert run.err.endswith(
        'and 100,000,000 are the most; event "e10" alone is in 300 of these; name fewer people, topics and so on in'
        " each, or choose fewer events\n"
    )
    assert (run.code, (tmp_path / "calendars").exists()) == (2, False)
    assert agenda("export", "--split", "city", "--output", "calendars", "--data", data).code == 0


@pytest.mark.parametrize(
    ("events", "people", "message"),
    [
        (2, 2_600, _TOO_MANY_PAGES),
        (110, 500, _TOO_MANY_ENTRIES),
    ],
)
def test_site_of_too_many_pages_or_entries_is_refused_before_any_is_written(
    agenda: Agenda, file: Callable[[str], Path], tmp_path: Path, *, events: int, people: int, message: str
) -> None:
    names = [f"P{number}" for number in range(people)]
    data = file(HEAD + "".join(crowded_event(number, names) for number in range(events)))
    run = agenda("site", "public", "--data", data)
    assert (run.code, run.err, (tmp_path / "public").exists()) == (2, f"agenda: {message}\n", False)


def edition_of_six_pages(file: Callable[[str], Path]) -> Edition:
    """A day, an event of it and four people, as a site shows them."""
    agenda = load(file(HEAD + crowded_event(0, [f"P{number}" for number in range(4)])))
    occurrences = select(agenda, EVERYTHING)
    return Edition(agenda=agenda, query=EVERYTHING, occurrences=occurrences, words=Wording(), language="en")


def test_pages_are_bounded_in_each_language_and_more_where_texts_are_long(
    file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.site.page_groups.MAX_PAGES", 6)
    check_size(edition_of_six_pages(file), 3)
    monkeypatch.setattr("agenda.site.page_groups.MAX_PAGES", 5)
    with pytest.raises(UsageError, match="6 pages in one language, and 5 are the most"):
        check_size(edition_of_six_pages(file), 1)
    monkeypatch.setattr("agenda.site.page_groups.CHARACTERS_OF_PAGE", 1)
    check_size(edition_of_six_pages(file), 1)


def test_pages_of_a_site_are_bounded_in_all_its_languages_together(
    file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.site.page_groups.MAX_PAGES", 6)
    monkeypatch.setattr("agenda.site.page_groups.MAX_SITE_PAGES", 17)
    check_size(edition_of_six_pages(file), 2)
    with pytest.raises(UsageError) as refused:
        check_size(edition_of_six_pages(file), 3)
    assert str(refused.value) == (
        "the site would have 18 pages in its 3 languages, and 17 are the most; choose fewer events, as by --from and"
        " --to or by --city, each choice for a site of its own, or one language by --lang"
    )


def test_site_of_too_many_pages_in_several_languages_is_refused_before_any_is_written(
    agenda: Agenda, file: Callable[[str], Path], tmp_path: Path
) -> None:
    data = file(f'{HEAD}languages = ["en", "it", "ja"]\n' + crowded_event(0, [f"P{number}" for number in range(2_400)]))
    run = agenda("site", "public", "--data", data)
    assert (run.code, (tmp_path / "public").exists()) == (2, False)
    assert "7,206 pages in its 3 languages" in run.err


def test_qr_codes_are_bounded_by_leaving_out_those_of_what_has_the_most(
    agenda: Agenda, file: Callable[[str], Path], tmp_path: Path
) -> None:
    people = [f"P{number}" for number in range(300)]
    data = file(HEAD + crowded_event(0, people) + 'topics = ["Music"]\n')
    run = agenda("site", "public", "--data", data, "--base-url", "https://tour.example/")
    assert run.code == 0, run.err
    topic, person = (tmp_path / "public" / path for path in ("topics/music.html", "people/p1.html"))
    assert ('class="qr"' in topic.read_text(), 'class="qr"' in person.read_text()) == (True, False)
    assert "webcal://tour.example/calendars/people/p1.ics" in person.read_text()


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not tell how much memory was needed")
def test_pages_of_a_site_do_not_stay_in_memory(file: Callable[..., Path], tmp_path: Path) -> None:
    def most_kilobytes(events: int) -> int:
        data = file(HEAD + "".join(crowded_event(number, ["P"]) for number in range(events)), f"{events}.toml")
        done = subprocess.run(
            [sys.executable, "-c", _MOST_MEMORY, "site", tmp_path / str(events), "--data", data],
            check=True,
            capture_output=True,
        )
        return int(done.stdout)

    assert most_kilobytes(320) - most_kilobytes(20) < 300 * _HALF_A_PAGE_KILOBYTES


def test_pages_are_held_where_they_go_whatever_the_folder_for_temporary_files_can_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full"))
    public = tmp_path / "new" / "public"
    for text in ("first", "second"):
        publish(str(public), [("index.html", text.encode())])
        assert (public / "index.html").read_text() == text
    assert sorted(path.name for path in public.iterdir()) == [".agenda-site.json", "index.html"]
    assert list(tmp_path.iterdir()) == [public.parent]


def test_venue_of_many_rooms_is_hashed_by_its_id() -> None:
    venue = Venue(id="fair", name="Fair", rooms=tuple(Room(f"R{number}", rank=number) for number in range(3)))
    assert hash(venue) == hash(Venue(id="fair", name="Fair"))
    assert venue != Venue(id="fair", name="Fair")


def test_clashes_that_are_too_many_for_a_table_are_refused_and_all_in_a_pipe(
    agenda: Agenda, file: Callable[[str], Path]
) -> None:
    data = file("".join(crowded_event(number, ["Ada"]) + "busy = true\n" for number in range(150)))
    drawn = agenda("clashes", "--data", data, "--format", "table")
    assert (drawn.code, drawn.out) == (2, "")
    assert drawn.err.startswith("agenda: more than 20,000 events are in clashes, too many for a table: --format tsv")
    assert len(agenda("clashes", "--data", data, "--format", "tsv").lines) == 150 * 149 // 2


def test_events_that_are_too_many_for_a_calendar_are_refused_before_the_server_is_asked(
    agenda: Agenda, file: Callable[[str], Path]
) -> None:
    data = file(HEAD + "".join(crowded_event(number, []) for number in range(10_001)))
    run = agenda("push", "https://nowhere.invalid/a/", "--data", data)
    assert run.code == 2
    assert "these are 10,001 events, and 10,000 are the most that are compared with a calendar" in run.err


def test_timeline_of_more_weeks_than_a_century_has_is_refused(agenda: Agenda, file: Callable[[str], Path]) -> None:
    data = file(HEAD + '[[events]]\nid = "a"\ntitle = "A"\nstart = 1900-01-01\nrepeat = "FREQ=WEEKLY;COUNT=5300"\n')
    run = agenda("timeline", "--data", data)
    assert (run.code, run.out) == (2, "")
    assert "in more than 5,218 weeks; choose fewer, as by --from and --to" in run.err
    assert agenda("timeline", "--data", data, "--from", "1990-01-01", "--to", "1990-02-28").code == 0
