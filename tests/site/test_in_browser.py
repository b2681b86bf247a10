"""The pages of `agenda site` in Chromium: what a visitor sees and does, and what no page may do."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsers import Watch, open_page, serve, start_chromium, violations
from conftest import ROOT, SHIPPED, Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.slow

CONFERENCE = ROOT / "examples" / "conference.toml"
PHONE: "ViewportSize" = {"width": 390, "height": 844}
TABLET: "ViewportSize" = {"width": 820, "height": 1180}
DESKTOP: "ViewportSize" = {"width": 1440, "height": 900}
FOLDERS = ("days", "events", "cities", "venues", "rooms", "people", "organizers", "topics")
"""Those of pages of one kind, of which one is looked at; of the pages beside them, all are."""


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with start_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "programme"


@pytest.fixture(scope="module")
def address(folder: Path, runner: Callable[..., Run]) -> Iterator[str]:
    """The address of the conference's pages, with what has changed since one event was elsewhere; below `mission/` are
    those of the shipped programme, which has organizers and more languages.
    """
    before = folder.parent / "before.toml"
    before.write_text(CONFERENCE.read_text(encoding="utf-8").replace('room = "Sala Blu"', 'room = "Auditorium"', 1))
    folder.mkdir()
    with serve(folder.parent) as address:
        mission = runner(["site", folder.parent / "mission", "--data", SHIPPED], folder.parent, b"", {})
        options = ("--base-url", f"{address}programme/", "--since", before)
        conference = runner(["site", folder, "--data", CONFERENCE, *options], folder.parent, b"", {})
        assert (mission.code, mission.err, conference.code, conference.err) == (0, "", 0, "")
        yield f"{address}programme/"


Idle = dict[tuple[tuple[str, object], ...], "list[tuple[Page, Watch]]"]
"""Pages that no test looks at just now, by the settings of their contexts."""


@pytest.fixture(scope="module")
def idle() -> Idle:
    """Pages for the next test: a context of its own starts processes, which takes four times as long as a visit."""
    return {}


@pytest.fixture
def visit(browser: "Browser", address: str, idle: Idle) -> "Iterator[Callable[..., tuple[Page, Watch]]]":
    """A visit of a page by somebody who was never there, in a window of that size and with the clocks at that time:
    `visit("index.html", viewport=PHONE, now="2027-04-09T10:45:00+02:00")`; it may ask nobody else, nor complain.
    """
    taken: list[tuple[tuple[tuple[str, object], ...], Page, Watch]] = []

    def open_it(
        path: str = "index.html", viewport: "ViewportSize" = DESKTOP, now: str | None = None, **context: object
    ) -> "tuple[Page, Watch]":
        settings = {"timezone_id": "Europe/Rome", "locale": "en-GB"} | context
        key = (*sorted(settings.items()), ("clock", now is not None))  # clocks that were set never run again
        page, watch = idle[key].pop() if idle.get(key) else open_page(browser, **settings)
        taken.append((key, page, watch))
        page.set_viewport_size(viewport)
        if now:
            page.clock.set_fixed_time(now)
        page.goto(address + path)
        return page, watch

    yield open_it
    server = address.removesuffix("programme/")
    for _, _, watch in taken:
        assert (watch.outside(server), watch.complaints) == ([], [])
    for key, page, watch in taken:
        page.emulate_media(media="null")
        page.evaluate("localStorage.clear()")
        watch.requests.clear()
        idle.setdefault(key, []).append((page, watch))


def sample(folder: Path) -> list[str]:
    """Pages of each kind, relative to the folder of the conference: its own, and some of the shipped programme."""
    mission = folder.parent / "mission"
    pages = [*sorted(folder.glob("*.html")), mission / "index.html", mission / "ja" / "index.html"]
    for kind in FOLDERS:
        pages += sorted((folder / kind).glob("*.html"))[:1] or sorted((mission / "it" / kind).glob("*.html"))[:1]
    kinds = {page.parent.name for page in pages}
    assert kinds >= set(FOLDERS)
    return [os.path.relpath(page, folder) for page in pages]


def titles(page: "Page") -> list[str]:
    """The titles of the events to be seen."""
    shown = page.locator("main .entry[data-key] h3:visible")
    return [text.strip() for text in shown.all_inner_texts()]


def test_no_page_is_wider_than_its_screen(
    folder: Path, visit: "Callable[..., tuple[Page, Watch]]", address: str
) -> None:
    page, _ = visit()
    wider = []
    for path in sample(folder):
        page.goto(address + path)
        for viewport in (PHONE, TABLET, DESKTOP):
            page.set_viewport_size(viewport)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wider.append(f"{path} on a screen of {viewport['width']}")
    assert wider == []


def test_wide_screen_has_a_column_for_each_room_and_a_phone_a_list(
    visit: "Callable[..., tuple[Page, Watch]]",
) -> None:
    def lefts(viewport: "ViewportSize") -> int:
        page, _ = visit(viewport=viewport)
        events = page.locator("#d2027-04-08 .entry[data-key]:visible")
        return len({round(box["x"]) for event in events.all() if (box := event.bounding_box())})

    assert lefts(PHONE) == 1
    assert lefts(DESKTOP) >= 3


def test_phone_tells_in_one_look_what_is_on_now_and_where(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit("index.html", viewport=PHONE, now="2027-04-09T10:45:00+02:00")
    now = page.locator("#now-list li", has_text="What frogs tell")
    box = now.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]
    assert "Auditorium" in now.inner_text()
    assert "Coffee" not in page.locator("#now").inner_text()
    assert "What metals tell" in page.locator("#next-list").inner_text()


def test_nothing_is_said_to_be_on_before_the_first_day(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit("index.html", now="2027-03-01T10:45:00+01:00")
    assert page.locator("#now").is_hidden()


def test_filter_by_text_city_and_topic(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit()
    assert "Coffee" in titles(page)
    page.fill("#filter-text", "volta PILE")
    assert {"The pile, at its home"} <= set(titles(page))
    assert "Coffee" not in titles(page)
    page.fill("#filter-text", "")
    page.select_option("#filter-city", label="Pavia")
    assert titles(page) != []
    for entry in page.locator("main .entry[data-key]:visible").all():
        assert "Pavia" in entry.inner_text()
    page.select_option("#filter-topic", index=1)
    assert len(titles(page)) <= page.locator("main .entry[data-key]").count()
    page.fill("#filter-text", "no such thing anywhere")
    assert titles(page) == []
    assert page.locator("#filter-status").inner_text() == "No event matches."


def test_picks_stay_and_make_a_programme_of_ones_own(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit()
    page.locator(".entry[data-key]:visible", has_text="What frogs tell").locator("button.star").first.click()
    page.reload()
    page.click("#filter-picks")
    assert set(titles(page)) == {"What frogs tell"}
    page.locator(".entry[data-key]:visible button.star").first.click()
    assert titles(page) == []


def test_times_by_the_clocks_of_the_reader(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit(timezone_id="Asia/Tokyo")
    event = page.locator(".entry[data-key]:visible", has_text="What frogs tell").first
    assert "10:30" in event.inner_text()
    page.click("#my-time")
    assert "17:30" in event.inner_text()
    page.reload()
    assert "17:30" in event.inner_text()
    page.click("#my-time")
    assert "10:30" in event.inner_text()


def test_clocks_that_are_the_same_have_no_button(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit()
    assert page.locator("#my-time").is_hidden()


def test_filter_says_how_many_are_left_and_hides_what_is_on_now(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit("it/index.html", viewport=PHONE, now="2027-04-09T10:45:00+02:00")
    assert page.locator("#now").is_visible()
    page.fill("#filter-text", "volta")
    assert page.locator("#filter-status").inner_text() == f"{len(set(titles(page)))} eventi"
    assert page.locator("#now").is_hidden()
    first = page.locator("main .entry[data-key]:visible").first.bounding_box()
    assert first is not None
    assert first["y"] < PHONE["height"]


def test_filter_is_in_the_address_and_a_link_brings_it_back(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit()
    page.fill("#filter-text", "volta")
    page.select_option("#filter-room", label="Aula Volta")
    chosen = titles(page)
    other, _ = visit()
    other.goto(page.url)
    assert other.input_value("#filter-text") == "volta"
    assert titles(other) == chosen
    page.fill("#filter-text", "")
    page.select_option("#filter-room", index=0)
    assert "#" not in page.url


def test_address_that_asks_for_what_a_day_lacks_shows_nothing_and_says_so(
    visit: "Callable[..., tuple[Page, Watch]]",
) -> None:
    page, _ = visit("days/2027-04-08.html#city=pavia")
    assert titles(page) == []
    assert page.locator("#filter-status").inner_text() == "No event matches."
    assert page.input_value("#filter-city") == "pavia"
    page.select_option("#filter-city", label="All cities")
    assert titles(page) != []
    assert page.url.endswith("days/2027-04-08.html")


def test_address_that_asks_for_the_only_city_of_a_day_shows_what_is_there(
    visit: "Callable[..., tuple[Page, Watch]]",
) -> None:
    page, _ = visit("days/2027-04-08.html")
    assert page.locator("#filter-city").is_hidden()
    page.goto(page.url + "#city=torino")
    assert titles(page) != []
    assert page.locator("#filter-city").is_visible()


def test_picks_of_another_are_shown_by_a_link_and_taken_over_by_a_button(
    visit: "Callable[..., tuple[Page, Watch]]",
) -> None:
    page, _ = visit()
    page.locator(".entry[data-key]:visible", has_text="What frogs tell").locator("button.star").first.click()
    page.click("#filter-picks")
    other, _ = visit()
    other.goto(page.url)
    assert set(titles(other)) == {"What frogs tell"}
    assert other.locator("#picks-count").inner_text() == "0"
    other.click("#take-picks")
    assert other.locator("#picks-count").inner_text() == "1"
    assert other.locator("#take-picks").is_hidden()


def test_phone_writes_times_on_one_line(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit(viewport=PHONE)
    for clock in page.locator("main .entry[data-key] time.clock:visible").all():
        box = clock.bounding_box()
        assert box is not None
        assert box["height"] < 32, clock.inner_text()


def test_zone_of_the_reader_is_named_and_another_day_is_told(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit("days/2027-04-08.html", timezone_id="Pacific/Auckland")
    page.click("#my-time")
    assert "Pacific/Auckland" in page.locator(".clocks").inner_text()
    dinner = page.locator(".entry[data-key]:visible", has_text="Dinner").first.locator("time")
    assert dinner.inner_text().startswith("Fri 9 Apr, 05:30")
    page.locator(".entry[data-key]:visible h3 a", has_text="Dinner").first.click()
    assert "Fri 9 Apr, 05:30" in page.locator(".facts").inner_text()


def test_event_tells_how_far_it_is(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit("events/frogs.html", now="2027-03-31T10:00:00+02:00")
    told = [page.locator("#countdown").inner_text()]
    for now in ("2027-04-09T08:00:00+02:00", "2027-04-10T10:00:00+02:00"):
        page.clock.set_fixed_time(now)
        page.reload()
        told.append(page.locator("#countdown").inner_text())
    assert told == ["begins in 9 days", "", "This is over."]


def test_long_lists_of_links_are_filtered(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    for path in ("directory.html", "calendars.html"):
        page, _ = visit(path)
        page.fill("#page-filter", "galvani")
        assert page.locator("main section li:visible a", has_text="Galvani").count() >= 1
        assert page.locator("main section li:visible a", has_text="Volta").count() == 0


def test_large_programme_is_short_on_a_phone_and_has_a_table_with_its_own_bars_on_a_wide_screen(
    browser: "Browser", tmp_path: Path, runner: Callable[..., Run]
) -> None:
    talks = "".join(
        f'[[events]]\nid = "t{day}-{room}-{hour}"\ntitle = "Talk"\nvenue = "Hall"\nroom = "Room {room}"\n'
        f"start = 2027-04-0{day}T{hour:02}:00:00\nend = 2027-04-0{day}T{hour:02}:20:00\n"
        for day in (8, 9)
        for room in range(10)
        for hour in range(9, 18)
    )
    data = tmp_path / "large.toml"
    data.write_text(f'[agenda]\ntitle = "Large"\ntimezone = "Europe/Rome"\n\n[venues.Hall]\nname = "Hall"\n\n{talks}')
    made = runner(["site", tmp_path / "large", "--data", data, "--quiet"], tmp_path, b"", {})
    assert (made.code, made.err) == (0, "")
    page, _ = open_page(browser, viewport=PHONE)
    page.goto((tmp_path / "large" / "index.html").as_uri())
    assert page.locator("details.of-day[open]").count() == 1
    page.click("nav.days a[data-day='2027-04-09']")
    assert page.locator("#d2027-04-09 details.of-day[open]").count() == 1
    page.context.close()
    page, _ = open_page(browser, viewport=DESKTOP)
    page.goto((tmp_path / "large" / "index.html").as_uri())
    table = page.locator("#d2027-04-08 .table").bounding_box()
    assert table is not None
    assert table["height"] <= DESKTOP["height"]
    page.context.close()


def test_axe_finds_nothing_on_any_kind_of_page(
    folder: Path, visit: "Callable[..., tuple[Page, Watch]]", address: str
) -> None:
    page, _ = visit(bypass_csp=True)
    found = {}
    for path in sample(folder):
        page.goto(address + path)
        if problems := violations(page):
            found[path] = problems
    assert found == {}


def test_dark_is_dark(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    def lightness(scheme: str) -> int:
        page, _ = visit(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert lightness("dark") < 200
    assert lightness("light") > 550


def test_keyboard_reaches_the_programme_first(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_is_there_without_a_script(browser: "Browser", address: str) -> None:
    page, watch = open_page(browser, java_script_enabled=False)
    page.goto(f"{address}index.html")
    assert {"What frogs tell", "The test track on the roof", "Coffee"} <= set(titles(page))
    assert page.locator(".tools").is_hidden()
    assert watch.outside(address) == []
    page.context.close()


@pytest.mark.usefixtures("address")
def test_pages_work_from_a_disk(browser: "Browser", folder: Path) -> None:
    page, watch = open_page(browser)
    page.goto((folder / "index.html").as_uri())
    page.locator("section.day h2 a").first.click()
    assert page.url.startswith((folder / "days").as_uri())
    page.locator("main .entry[data-key] h3 a").first.click()
    assert page.url.startswith((folder / "events").as_uri())
    assert watch.complaints == []
    assert [request for request in watch.requests if not request.startswith((folder.as_uri(), "data:"))] == []
    page.context.close()


def test_paper_has_the_programme_and_nothing_to_press(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit()
    page.emulate_media(media="print")
    assert "What frogs tell" in titles(page)
    for selector in (".tools", "nav.menu", "nav.days", "button.star", ".skip"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
    assert page.locator(".goes-on .entry h3:visible", has_text="Instruments on show").count() >= 1
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    sheets = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 1 < sheets <= 12


def test_another_language_is_one_step_away(visit: "Callable[..., tuple[Page, Watch]]", address: str) -> None:
    page, _ = visit("calendars.html")
    page.locator("nav.languages a[lang=it]").click()
    assert page.url == f"{address}it/calendars.html"
    assert page.evaluate("document.documentElement.lang") == "it"
    assert "Calendari" in page.locator("h1").inner_text()


def test_calendars_are_offered_for_subscribing(visit: "Callable[..., tuple[Page, Watch]]") -> None:
    page, _ = visit("calendars.html")
    links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    subscriptions = [link for link in links if link.startswith("webcal:")]
    assert len(subscriptions) > 10
    for link in subscriptions:
        answer = page.request.get("http" + link.removeprefix("webcal"))
        assert answer.ok, link
        assert answer.text().startswith("BEGIN:VCALENDAR"), link
    assert page.locator("svg:visible").count() >= 1
