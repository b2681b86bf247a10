"""Names as people type them: in either order, with any form of apostrophe or hyphen, and several that are to meet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
File = Callable[[str], Path]

PEOPLE = """
[[events]]
id = "both"
title = "Tea"
city = "L’Aquila"
venue = "Sala “Blu–Verde”"
people = ["Mario D’Angelo", "Stefano Lo Russo", "Yuriko Koike"]

[[events]]
id = "one"
title = "Dinner at the O'Hara’s"
city = "Osaka"
people = ["Anna D'Angelo"]
organizers = ["Saint-Étienne"]
"""


@pytest.fixture
def people(file: File) -> Path:
    """An agenda of two events whose names have signs."""
    return file(PEOPLE)


@pytest.mark.parametrize(
    ("options", "events"),
    [
        (["--with", "D'Angelo"], "both one"),
        (["--with", "D’Angelo"], "both one"),
        (["--with", "d\u02bcangelo"], "both one"),
        (["--with", "d`angelo"], "both one"),
        (["--with", "d\u00b4angelo"], "both one"),
        (["--with", "saint–etienne"], "one"),
        (["--with", "Saint\u2011Étienne"], "one"),
        (["--with", "Koike Yuriko"], "both"),
        (["--with", "Koike, Yuriko"], "both"),
        (["--with", "yuriko koike"], "both"),
        (["--with", "lo russo stefano"], "both"),
        (["--with", "Lo Russo, Stefano"], "both"),
        (["--with", "d'angelo mario"], "both"),
        (["--with", "koike mario"], ""),
        (["--city", "l'aquila"], "both"),
        (["--venue", '"blu-verde"'], "both"),
        (["--search", "o’hara's"], "one"),
    ],
)
def test_name_is_found_however_it_is_typed(agenda: Agenda, people: Path, options: list[str], events: str) -> None:
    found = [line.partition("\t")[0] for line in agenda("list", "--data", people, *options).lines]
    assert found == events.split()


@pytest.mark.parametrize(
    ("options", "events"),
    [
        (["--with", "koike", "--and-with", "d'angelo"], "both"),
        (["--and-with", "koike", "--and-with", "d'angelo"], "both"),
        (["--with", "koike", "--with", "anna", "--and-with", "d'angelo"], "both one"),
        (["--with", "d'angelo", "--and-with", "saint"], "one"),
        (["--and-with", "koike", "--and-with", "anna"], ""),
        (["--and-with", "Koike Yuriko"], "both"),
    ],
)
def test_those_who_are_to_meet_are_all_there(agenda: Agenda, people: Path, options: list[str], events: str) -> None:
    found = [line.partition("\t")[0] for line in agenda("list", "--data", people, *options).lines]
    assert found == events.split()


def test_blank_name_is_told_by_its_option(agenda: Agenda) -> None:
    run = agenda("list", "--and-with", " ")
    assert (run.code, run.err) == (2, "agenda: --and-with is empty; give it some text\n")


def test_names_that_signs_alone_tell_apart_stay_two(agenda: Agenda, file: File) -> None:
    path = file('[cities."L\'Aquila"]\n[cities."L’Aquila"]\n[[events]]\nid = "a"\ntitle = "A"\ncity = "L’Aquila"')
    assert agenda("check", "--data", path, str(path)).code == 0
    assert len(agenda("list", "--data", path, "--city", "l'aquila").lines) == 1


def test_name_of_very_many_words_is_looked_for_as_it_is(agenda: Agenda, people: Path) -> None:
    assert agenda("list", "--data", people, "--with", "a b " * 9_000).lines == []
