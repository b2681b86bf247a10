"""The folder of pages: what is in it, for whom, and that nothing else is touched."""

import base64
import hashlib
import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from conftest import ROOT, Run
from icalendar import Calendar

from agenda.cli.published_folder import publish
from agenda.cli.whole_files import hold

CONFERENCE = ROOT / "examples" / "conference.toml"
BASE = "https://tour.example/programme/"

HEAD = (
    '[agenda]\ntitle = "Tour"\nnamespace = "tour.example"\ntimezone = "Europe/Rome"\nrevised = 2026-01-02T03:04:05Z\n'
)
HOSTILE = "<script>alert(1)</script>\"'&amp;</style>]]>"

Agenda = Callable[..., Run]
File = Callable[[str | bytes], Path]


class Page(HTMLParser):
    """The elements of a page, each with its attributes, and the text of those that hold no others."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._tag = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.elements.append((tag, dict(attrs)))
        self._tag = tag

    def handle_data(self, data: str) -> None:
        """Keep the text with the name of the element that was opened last."""
        self.texts.append((self._tag, data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of that name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> str:
        """The first text within such an element."""
        return next(text for name, text in self.texts if name == tag)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def conference(runner: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the example conference, at an address."""
    folder = tmp_path_factory.mktemp("conference")
    done = runner(["site", "pages", "--data", CONFERENCE, "--base-url", BASE], folder, b"", {})
    assert (done.code, done.err) == (0, "")
    return folder / "pages"


def make(agenda: Agenda, data: Path, *options: str) -> Path:
    """The pages of a file, in the folder `pages` beside it."""
    done = agenda("site", "pages", "--data", data, *options)
    assert (done.code, done.err) == (0, "")
    return data.parent / "pages"


# --- What is in the folder ---


def html_pages(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.html")


@pytest.fixture(scope="module")
def pages(conference: Path) -> dict[Path, Page]:
    """Those pages by their files, read once for all tests that look at each."""
    return {path: Page(read(path)) for path in html_pages(conference)}


def test_everything_has_its_page(conference: Path) -> None:
    for path in (
        *("index.html", "directory.html", "calendars.html", "agenda.json", "sitemap.xml", "calendars/all.ics"),
        *("days/2027-04-08.html", "events/wasan.html", "cities/torino.html", "venues/lingotto.html"),
        *("rooms/sala-blu.html", "people/ada-lovelace.html", "topics/mathematics.html"),
        *("calendars/people/ada-lovelace.ics", "calendars/days/2027-04-08.ics", "calendars/events/wasan.ics"),
    ):
        assert (conference / path).is_file(), path


def test_every_link_leads_to_a_file_of_the_folder_or_to_the_web(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
        for link in page.all("a"):
            target = urlsplit(link["href"] or "")
            if target.scheme:
                assert target.scheme in {"https", "webcal"}
            elif target.path:
                assert (path.parent / unquote(target.path)).is_file(), (path, link)
            else:
                assert target.fragment in ids, (path, link)


def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, Page]) -> None:
    for page in pages.values():
        assert [attributes for _, attributes in page.elements if "src" in attributes or "style" in attributes] == []
        loaded = [link for link in page.all("link") if link["rel"] not in {"canonical", "alternate"}]
        assert {(link["href"] or "").partition(":")[0] for link in loaded} == {"data"}


def test_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        (policy,) = (meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
        hashes = {
            base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
            for inline in re.findall(r"<(?:style|script)>(.*?)</", read(path), re.DOTALL)
        }
        assert set(re.findall(r"sha256-([^']+)", policy or "")) == hashes
        assert (policy or "").startswith("default-src 'none';")
        assert "unsafe" not in (policy or "")


def test_pages_have_one_heading_of_the_first_rank_and_landmarks(conference: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        assert len(page.all("h1")) == len(page.all("main")) == 1
        is_italian = path.relative_to(conference).parts[0] == "it"
        assert page.all("html") == [{"lang": "it" if is_italian else "en"}]
        assert page.all("title")
        ranks = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(ranks)), path


def test_internal_events_are_nowhere(conference: Path) -> None:
    committee = re.compile(b"Programme committee|Comitato di programma")
    assert [name for name, content in contents(conference).items() if committee.search(content)] == []


def test_times_have_their_offset(conference: Path) -> None:
    (time,) = Page(read(conference / "events" / "wasan.html")).all("time")[:1]
    assert (time["datetime"], time["data-end"]) == ("2027-04-08T14:45:00+02:00", "2027-04-08T15:30:00+02:00")


def test_data_are_those_of_list(conference: Path, agenda: Agenda) -> None:
    listed = agenda("list", "--public", "--format", "json", "--data", CONFERENCE, "--status", "confirmed")
    assert json.loads(read(conference / "agenda.json")) == json.loads(listed.out)


def test_selection_is_that_of_the_options(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(CONFERENCE.read_bytes()), "--topic", "astronomy")
    assert {path.stem for path in (folder / "events").iterdir()} == {
        *("translating-newton", "observing-night", "comets", "posters-comets"),
    }
    assert not (folder / "people" / "ada-lovelace.html").exists()


def test_cancelled_event_is_told(agenda: Agenda, file: File) -> None:
    event = '[[events]]\nid = "a"\ntitle = "A"\nstatus = "cancelled"\nstart = 2026-05-01T10:00:00\ncity = "Osaka"\n'
    folder = make(agenda, file(HEAD + "[cities.Osaka]\n" + event))
    assert "Cancelled" in read(folder / "index.html")
    assert "https://schema.org/EventCancelled" in read(folder / "events" / "a.html")


def test_agenda_without_events_has_an_index(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(HEAD))
    assert "There are no events yet." in read(folder / "index.html")


def test_series_without_an_end_has_an_end_here(agenda: Agenda, file: File) -> None:
    event = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-05-01T10:00:00\nrepeat = "FREQ=WEEKLY"\n'
    data = file(HEAD + event)
    folder = make(agenda, data, "--quiet")
    assert len(list((folder / "days").iterdir())) == 60


@pytest.mark.parametrize("until", [(), ("--to", "2099-01-01")])
def test_series_without_an_end_is_told_to_be_cut(agenda: Agenda, file: File, until: tuple[str, ...]) -> None:
    event = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-05-01T10:00:00\nrepeat = "FREQ=WEEKLY"\n'
    run = agenda("site", "others", "--data", file(HEAD + event), *until)
    assert "1 series has no end; only its first 60 times" in run.err
    assert "--from chooses later ones" in run.err.replace("\n  ", " ")


def rooms_to_choose(page: Path) -> set[str | None]:
    """The rooms that the filter of a page offers."""
    return {option["value"] for option in Page(read(page)).all("option") if option["value"] in {"red", "blue", "green"}}


def test_filter_of_a_day_offers_what_that_day_has(agenda: Agenda, file: File) -> None:
    events = "".join(
        f'[[events]]\nid = "{room.lower()}"\ntitle = "Talk"\nstart = 2026-05-{day}\nvenue = "Fair"\nroom = "{room}"\n'
        for day, room in (("01", "Red"), ("01", "Blue"), ("02", "Green"))
    )
    folder = make(agenda, file(HEAD + '[venues.Fair]\nname = "Fair"\n' + events))
    assert rooms_to_choose(folder / "index.html") == {"red", "blue", "green"}
    assert rooms_to_choose(folder / "days" / "2026-05-01.html") == {"red", "blue"}
    assert rooms_to_choose(folder / "days" / "2026-05-02.html") == {"green"}


# --- Calendars ---


def test_calendars_are_read_and_say_where_they_are(conference: Path) -> None:
    for path in (conference / "calendars").rglob("*.ics"):
        calendar = Calendar.from_ical(path.read_bytes())
        assert calendar["SOURCE"] == BASE + quote(path.relative_to(conference).as_posix())
        assert list(calendar.walk("VEVENT"))


def test_calendar_of_a_person_has_the_events_of_that_person(conference: Path) -> None:
    calendar = Calendar.from_ical((conference / "calendars" / "people" / "ada-lovelace.ics").read_bytes())
    assert sorted(str(event["SUMMARY"]) for event in calendar.walk("VEVENT")) == [
        "Notes on the Engine",
        "Who computes?",
    ]
    assert calendar["X-WR-CALNAME"] == "Natural Philosophy 2027: Ada Lovelace"


def test_calendars_are_subscribed_to_at_the_address_of_the_site(conference: Path) -> None:
    page = read(conference / "calendars.html")
    assert 'href="webcal://tour.example/programme/calendars/cities/torino.ics"' in page
    assert 'href="https://tour.example/programme/calendars/all.ics"' in page
    assert "<svg" in page


def test_page_with_a_calendar_of_its_own_has_the_code_of_that(conference: Path) -> None:
    assert "<svg" in read(conference / "rooms" / "auditorium.html")
    assert "<svg" in read(conference / "people" / "ada-lovelace.html")


def test_without_an_address_calendars_are_linked_and_the_rest_is_told_to_be_lacking(agenda: Agenda, file: File) -> None:
    data = file(CONFERENCE.read_bytes())
    done = agenda("site", "pages", "--data", data, "--verbose")
    page = read(data.parent / "pages" / "calendars.html")
    assert 'href="calendars/all.ics"' in page
    assert "webcal:" not in page
    assert "<svg" not in page
    assert not (data.parent / "pages" / "sitemap.xml").exists()
    assert "without --base-url" in done.err


def test_agenda_without_namespace_has_no_calendars_and_says_so(agenda: Agenda, file: File) -> None:
    data = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-05-01\n')
    done = agenda("site", "pages", "--data", data, "--verbose")
    assert done.code == 0
    assert "no calendars" in done.err
    assert not (data.parent / "pages" / "calendars").exists()


# --- For search engines ---


def json_ld(page: Path) -> list[dict[str, object]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(page), re.DOTALL)
    told = [json.loads(text) for text in found]
    return [event for one in told for event in (one if isinstance(one, list) else [one])]


def test_event_is_told_to_search_engines(conference: Path) -> None:
    (event,) = json_ld(conference / "events" / "wasan.html")
    assert event["@type"] == "Event"
    assert (event["startDate"], event["endDate"]) == ("2027-04-08T14:45:00+02:00", "2027-04-08T15:30:00+02:00")
    assert event["location"] == {
        "@type": "Place",
        "name": "Sala Gialla, Lingotto",
        "address": {"@type": "PostalAddress", "streetAddress": "Via Nizza 280", "addressLocality": "Torino"},
    }
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["performer"] == [{"@type": "Person", "name": "Seki Takakazu"}]
    assert event["url"] == f"{BASE}events/wasan.html"


def test_event_that_lies_between_two_days_has_no_start_for_search_engines(conference: Path) -> None:
    assert json_ld(conference / "events" / "roof-tour.html") == []


def test_each_time_of_a_series_is_told(conference: Path) -> None:
    times = [event["startDate"] for event in json_ld(conference / "events" / "logarithms.html")]
    assert times == ["2027-04-08T14:00:00+02:00", "2027-04-09T14:00:00+02:00"]


def test_sitemap_has_every_page(conference: Path) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    told = {str(url.text) for url in ET.parse(conference / "sitemap.xml").iter(f"{namespace}loc")}  # noqa: S314 - ours
    pages = {BASE + quote(path.relative_to(conference).as_posix()) for path in html_pages(conference)}
    assert told == {page.removesuffix("index.html") for page in pages}


# --- Changes ---

EVENT = '[[events]]\nid = "{id}"\ntitle = "{title}"\nstart = 2026-05-01T{hour}:00:00\nvisibility = "{visibility}"\n'


def event(id: str, title: str = "Talk", hour: str = "10", visibility: str = "public") -> str:
    return EVENT.format(id=id, title=title, hour=hour, visibility=visibility)


def test_changes_have_a_page_and_a_feed(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(HEAD + event("moved") + event("gone"))
    folder = make(
        agenda, file(HEAD + event("moved", hour="11") + event("new")), "--since", "old.toml", "--base-url", BASE
    )
    page = read(folder / "changes.html")
    assert re.findall("<h2>(.*?)</h2>", page) == ["New", "Gone", "Moved in time"]
    assert "Fri 1 May 2026, 10:00 → Fri 1 May 2026, 11:00" in page
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.parse(folder / "changes.atom").getroot()  # noqa: S314 - ours
    assert feed.findtext(f"{atom}updated") == "2026-01-02T04:04:05+01:00"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == ["New: Talk", "Gone: Talk", "Moved in time: Talk"]
    assert all(str(entry.findtext(f"{atom}id")).startswith(BASE) for entry in feed.iter(f"{atom}entry"))


def test_event_that_has_become_internal_is_gone_for_the_public(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(HEAD + event("a", "Dinner"))
    folder = make(agenda, file(HEAD + event("a", "Secret", visibility="internal")), "--since", "old.toml")
    assert re.findall("<h2>(.*?)</h2>", read(folder / "changes.html")) == ["Gone"]
    assert [name for name, content in contents(folder).items() if b"Secret" in content] == []


def test_without_an_old_file_there_is_no_page_of_changes(conference: Path) -> None:
    assert not (conference / "changes.html").exists()
    assert "changes.html" not in read(conference / "index.html")


# --- Languages ---

IN_LANGUAGES = """\
[agenda]
title = { en = "Tour", it = "Giro" }
languages = ["en", "it", "ja"]
namespace = "tour.example"
[cities.Tokyo]
name = { ja = "東京" }
[topics.science]
name = { it = "scienza" }
[[events]]
id = "a"
title = { en = "Opening", it = "Apertura" }
start = 2026-05-01
city = "Tokyo"
topics = ["science"]
"""


def test_each_language_has_its_tree_with_links_between_the_same_pages(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(IN_LANGUAGES), "--base-url", BASE)
    page = Page(read(folder / "it" / "topics" / "science.html"))
    assert page.all("html") == [{"lang": "it"}]
    links = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert links == {
        "en": "../../topics/science.html",
        "it": "../../it/topics/science.html",
        "ja": "../../ja/topics/science.html",
    }
    alternates = {link["hreflang"]: link["href"] for link in page.all("link") if "hreflang" in link}
    assert alternates["ja"] == f"{BASE}ja/topics/science.html"
    assert alternates["x-default"] == f"{BASE}topics/science.html"
    assert page.text("h1") == "scienza"


def test_text_in_another_language_says_so(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(IN_LANGUAGES))
    assert '<span lang="en">Opening</span>' in read(folder / "ja" / "events" / "a.html")
    assert "東京" in read(folder / "ja" / "events" / "a.html")


def test_calendars_are_in_each_language(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(IN_LANGUAGES))
    calendars = [Calendar.from_ical((folder / tree / "calendars" / "all.ics").read_bytes()) for tree in ("", "it")]
    assert [str(calendar.walk("VEVENT")[0]["SUMMARY"]) for calendar in calendars] == ["Opening", "Apertura"]


def test_one_language_may_be_asked_for(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(IN_LANGUAGES), "--lang", "it")
    assert Page(read(folder / "index.html")).all("html") == [{"lang": "it"}]
    assert not (folder / "ja").exists()


# --- Hostile texts ---


@pytest.fixture
def hostile(agenda: Agenda, file: File) -> Path:
    quoted = json.dumps(HOSTILE)
    data = f"""{HEAD.replace('"Tour"', quoted)}description = {quoted}
url = "javascript:alert(1)"
[cities.{quoted}]
[venues.v]
name = {quoted}
city = {quoted}
address = {quoted}
url = "javascript:alert(2)"
rooms = [{quoted}]
[people.{quoted}]
role = {quoted}
[topics.{quoted}]
[kinds.{quoted}]
[organizers.{quoted}]
[sources.s]
title = {quoted}
publisher = {quoted}
url = "data:text/html,x"
[[events]]
id = "a"
title = {quoted}
description = {quoted}
date_note = {quoted}
start = 2026-05-01T10:00:00
end = 11:00:00
venue = "v"
room = {quoted}
kind = {quoted}
topics = [{quoted}]
people = [{quoted}]
organizers = [{quoted}]
sources = ["s"]
url = "JavaScript:alert(3)"
"""
    return make(agenda, file(data), "--base-url", BASE)


def test_hostile_texts_are_texts(hostile: Path) -> None:
    for path in html_pages(hostile):
        text = read(path)
        assert "<script>alert" not in text
        assert text.count("</style>") == 1
        scripts = [script for script in Page(text).all("script") if script.get("type") is None]
        assert len(scripts) == 1


def test_addresses_of_other_kinds_are_no_links(hostile: Path) -> None:
    for path in html_pages(hostile):
        schemes = {urlsplit(link["href"] or "").scheme for link in Page(read(path)).all("a")}
        assert schemes <= {"", "https", "webcal"}


def test_hostile_texts_are_whole_in_the_data_for_search_engines(hostile: Path) -> None:
    (told,) = json_ld(hostile / "events" / "a.html")
    assert told["name"] == HOSTILE


def test_controls_are_no_part_of_a_feed_of_changes(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(HEAD)
    folder = make(agenda, file(HEAD + event("a", "A\\u001b[31mB")), "--since", "old.toml", "--base-url", BASE)
    assert ET.parse(folder / "changes.atom").getroot() is not None  # noqa: S314 - ours


def test_names_make_files_that_every_system_takes(agenda: Agenda, file: File) -> None:
    names = ["../../etc/passwd", "CON", "con", "a/b", "A.B", "名古屋", "x" * 500, "...", "Ä b"]
    topics = "".join(f"[topics.{json.dumps(name)}]\n" for name in names if name != "con")
    used = json.dumps([name for name in names if name != "con"])
    folder = make(agenda, file(HEAD + topics + f'[[events]]\nid = "a"\ntitle = "A"\ntopics = {used}\n'))
    stems = sorted(path.stem for path in (folder / "topics").iterdir())
    assert len({stem.casefold() for stem in stems}) == len(names) - 1
    assert "名古屋" in stems
    assert all(re.fullmatch(r"[\w-]{1,70}", stem) for stem in stems)


# --- The folder ---


def test_same_input_gives_the_same_bytes_and_leaves_files_alone(agenda: Agenda, file: File) -> None:
    data = file(CONFERENCE.read_bytes())
    folder = make(agenda, data, "--base-url", BASE)
    before = contents(folder)
    for name in before:
        os.utime(folder / name, (1, 1))
    make(agenda, data, "--base-url", BASE)
    assert contents(folder) == before
    assert {(folder / name).stat().st_mtime for name in before if not name.startswith(".")} == {1}


def test_clock_changes_nothing(agenda: Agenda, file: File) -> None:
    data = file(CONFERENCE.read_bytes())
    agenda("site", "one", "--data", data, env={"AGENDA_NOW": "2020-01-01"})
    agenda("site", "two", "--data", data, env={"AGENDA_NOW": "2027-04-08T11:00"})
    assert contents(data.parent / "one") == contents(data.parent / "two")


def test_what_is_no_more_is_taken_away_and_what_others_put_there_stays(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(HEAD + event("a") + event("b")))
    (folder / "CNAME").write_text("tour.example")
    make(agenda, file(HEAD + event("b")))
    assert not (folder / "events" / "a.html").exists()
    assert (folder / "events" / "b.html").exists()
    assert read(folder / "CNAME") == "tour.example"


def test_folder_that_is_empty_then_goes(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(HEAD + "[topics.x]\n" + event("a") + 'topics = ["x"]\n'))
    make(agenda, file(HEAD + event("a")))
    assert not (folder / "topics").exists()


def test_pages_with_events_are_replaced_by_pages_without_any_only_by_force(agenda: Agenda, file: File) -> None:
    data = file(HEAD + event("a"))
    before = contents(make(agenda, data))
    done = agenda("site", "pages", "--data", data, "--on", "1999-01-01")
    assert done.code == 1
    assert '"pages" would be left without any event; choose others, or add --force' in done.err
    assert contents(data.parent / "pages") == before
    for options in (["--force"], []):
        assert agenda("site", "pages", "--data", data, "--on", "1999-01-01", "--quiet", *options).code == 0
        assert not (data.parent / "pages" / "events").exists()


def test_folder_that_another_run_writes_meanwhile_is_written_after_it(tmp_path: Path) -> None:
    def write_pages() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"ours"
        publish(str(tmp_path), [("index.html", b"theirs"), ("old.html", b"theirs")])
        yield "new.html", b"ours"

    assert publish(str(tmp_path), write_pages()).removed == 1
    assert contents(tmp_path).keys() == {".agenda-site.json", "index.html", "new.html"}
    assert read(tmp_path / "index.html") == "ours"


@pytest.mark.skipif(os.name == "nt", reason="there are no such locks on Windows")
def test_of_two_runs_at_once_one_waits_until_the_other_has_written(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(HEAD + event("a")))
    data = file(HEAD + event("a") + event("b"))
    with ThreadPoolExecutor() as threads:
        with hold(folder):
            waiting = threads.submit(make, agenda, data)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=2)
            assert not (folder / "events" / "b.html").exists()
        assert waiting.result(timeout=60) == folder
    assert (folder / "events" / "b.html").exists()


def test_folder_that_holds_something_else_is_refused(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "thesis.tex").write_text("years of work")
    done = agenda("site", "pages")
    assert done.code == 1
    assert '"thesis.tex"' in done.err
    assert contents(tmp_path / "pages") == {"thesis.tex": b"years of work"}


def test_folder_of_git_is_taken(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "pages" / ".git").mkdir(parents=True)
    assert (make(agenda, file(HEAD + event("a"))) / "index.html").exists()


def test_file_of_others_in_the_place_of_a_page_is_refused(agenda: Agenda, file: File) -> None:
    folder = make(agenda, file(HEAD + event("a")))
    (folder / "events" / "b.html").write_text("mine")
    done = agenda("site", "pages", "--data", file(HEAD + event("a") + event("b")))
    assert done.code == 1
    assert "b.html" in done.err
    assert read(folder / "events" / "b.html") == "mine"


def test_link_out_of_the_folder_is_refused(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / ".agenda-site.json").write_text('{"files": []}')
    (tmp_path / "pages" / "events").symlink_to(tmp_path / "elsewhere")
    done = agenda("site", "pages", "--data", file(HEAD + event("a")))
    assert done.code == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_manifest_that_was_changed_takes_nothing_away_elsewhere(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / ".agenda-site.json").write_text(
        json.dumps({"files": ["../precious", str(tmp_path / "precious"), "a/../../precious"]})
    )
    make(agenda, file(HEAD + event("a")))
    assert read(tmp_path / "precious") == "kept"


def test_manifest_that_is_none_is_refused(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / ".agenda-site.json").write_text("{")
    assert agenda("site", "pages", "--data", file(HEAD)).code == 1


# --- Options ---


@pytest.mark.parametrize(
    "url", ["tour.example", "ftp://tour.example/", "https://tour.example/?a", "javascript:x", "https://"]
)
def test_address_that_is_no_folder_of_the_web_is_refused(agenda: Agenda, url: str) -> None:
    done = agenda("site", "pages", "--base-url", url)
    assert done.code == 2
    assert "--base-url" in done.err


def test_template_takes_the_place_of_ours(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "day.html").write_text('{% extends "base.html" %}{% block main %}<h1>Mine</h1>{% endblock %}')
    folder = make(agenda, file(HEAD + event("a")), "--templates", "mine")
    assert "<h1>Mine</h1>" in read(folder / "days" / "2026-05-01.html")
    assert "<h1>Mine</h1>" not in read(folder / "index.html")


def test_mistake_in_a_template_is_told_with_its_place(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "day.html").write_text("\n{% if %}")
    done = agenda("site", "pages", "--data", file(HEAD + event("a")), "--templates", "mine")
    assert done.code == 1
    assert 'day.html", line 2' in done.err
    assert not (tmp_path / "pages").exists()
