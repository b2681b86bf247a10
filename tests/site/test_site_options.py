"""The options of `agenda site`: the address, and templates of one's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
File = Callable[[str | bytes], Path]

EVENT = '[agenda]\nnamespace = "tour.example"\n[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-05-01\n'


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("HTTPS://Tour.Example/A", "https://tour.example/A/"),
        ("http://localhost:8000/x", "http://localhost:8000/x/"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
        ("https://tour.example/für/a%20b", "https://tour.example/f%C3%BCr/a%20b/"),
    ],
)
def test_address_is_written_in_ascii(agenda: Agenda, file: File, typed: str, address: str) -> None:
    data = file(EVENT)
    assert agenda("site", "pages", "--data", data, "--base-url", typed).code == 0
    page = (data.parent / "pages" / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}">' in page


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("https://me:secret@tour.example/", "password"),
        ("https://tour.example:port/", "port"),
        ("https://tour.example:99999/", "ort"),
        ("https://tour.example/a/index.html", '"https://tour.example/a/"'),
        ("https://tour.example/?a", "leave out"),
        ("https://tour.example/a b", "space"),
        ("ftp://tour.example/", "no web address; write one such as https://tour.example/programme/"),
    ],
)
def test_address_that_is_no_folder_of_the_web_is_refused_with_the_reason(
    agenda: Agenda, typed: str, reason: str
) -> None:
    done = agenda("site", "pages", "--base-url", typed)
    assert done.code == 2
    assert reason in done.err


def test_template_of_no_name_of_ours_is_told(agenda: Agenda, file: File, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "evnt.html").write_text("Mine")
    (tmp_path / "mine" / "frame.html").write_text('{% extends "base.html" %}')
    (tmp_path / "mine" / "day.html").write_text('{% extends "frame.html" %}')
    done = agenda("site", "pages", "--data", file(EVENT), "--templates", "mine", "--verbose")
    assert 'evnt.html" has the name of no template; did you mean "event.html"' in done.err
    assert "frame.html" not in done.err


@pytest.mark.parametrize("mistake", ["{{ nothing }}", "{{ 1 / 0 }}", "{{ title.x.y }}"])
def test_mistake_of_a_template_at_work_is_told_with_its_line(
    agenda: Agenda, file: File, tmp_path: Path, mistake: str
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "day.html").write_text(f"\n{mistake}")
    done = agenda("site", "pages", "--data", file(EVENT), "--templates", "mine")
    assert done.code == 1
    assert 'day.html", line 2: ' in done.err


def test_pages_are_counted_and_the_first_is_named(agenda: Agenda, file: File) -> None:
    done = agenda("site", "pages", "--data", file(EVENT), "--verbose")
    assert '5 pages and 4 other files in "pages"; open "pages/index.html"' in done.err.replace("\\", "/")


def test_address_that_no_page_links_is_warned_of(agenda: Agenda, file: File) -> None:
    done = agenda("check", "--data", file(EVENT + 'url = "javascript:alert(1)"\n'))
    assert 'no page will link "javascript:alert(1)"' in done.out + done.err
