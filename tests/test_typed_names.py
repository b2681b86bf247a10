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


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--with", "LoRusso"], 'nobody is called "LoRusso"; did you mean "Stefano Lo Russo"?'),
        (["--with", "Gov. Koike"], 'nobody is called "Gov. Koike"; did you mean "Yuriko Koike"?'),
        (["--with", "Koike Yurico"], 'nobody is called "Koike Yurico"; did you mean "Yuriko Koike"?'),
        (["--and-with", "koyke"], 'nobody is called "koyke"; did you mean "Yuriko Koike"?'),
        (["--with", "St Etienne"], 'nobody is called "St Etienne"; did you mean "Saint-Étienne"?'),
        (
            ["--with", "Koike,Mario"],
            'nobody is called "Koike,Mario"; write --with Koike --with Mario; --and-with Mario asks for both',
        ),
        (["--venue", "sala bluverda"], 'no venue is called "sala bluverda"; did you mean "Sala “Blu–Verde”"?'),
        (["--venue", "koike"], 'no venue is called "koike"; did you mean --with koike?'),
        (["--venue", "Osaka"], 'no venue is called "Osaka"; did you mean --city Osaka?'),
        (["--room", "Aula Rosa"], 'no room is called "Aula Rosa"; did you mean "Aula Rossa"?'),
        (["--with", "zzyzx"], 'nobody is called "zzyzx"; `agenda count person` tells the names'),
    ],
)
def test_name_that_nobody_has_is_told_with_the_one_that_was_meant(
    agenda: Agenda, file: File, options: list[str], told: str
) -> None:
    path = file(PEOPLE + 'room = "Aula Rossa"\n')
    run = agenda("list", "--data", path, "--verbose", *options)
    assert (run.code, run.out, run.err) == (0, "", f"agenda: no event matches\nagenda: {told}\n")
    assert agenda("list", "--data", path, *options).err == f"agenda: {told}\n"  # a script is told, too
    assert agenda("list", "--data", path, "--quiet", *options).err == ""


def test_part_that_some_name_has_is_not_doubted(agenda: Agenda, people: Path) -> None:
    run = agenda("list", "--data", people, "-v", "--with", "anna", "--and-with", "koike")
    assert run.err == "agenda: no event matches\n"


def test_name_that_nobody_has_is_told_beside_what_others_find(agenda: Agenda, people: Path) -> None:
    run = agenda("list", "--data", people, "-v", "--with", "anna", "--with", "koyke")
    assert (len(run.lines), run.err) == (1, 'agenda: nobody is called "koyke"; did you mean "Yuriko Koike"?\n')


@pytest.mark.parametrize("command", ["count", "timeline", "month", "next", "show", "export", "clashes"])
def test_every_command_tells_which_name_was_meant(agenda: Agenda, people: Path, command: str) -> None:
    run = agenda(command, "--data", people, "-v", "--with", "koyke")
    assert (run.code, run.err.count('did you mean "Yuriko Koike"?')) == (0, 1)


def test_word_without_an_option_may_mean_a_name_without_its_spaces(agenda: Agenda, people: Path) -> None:
    run = agenda("list", "--data", people, "LoRusso")
    assert (run.code, "did you mean --with 'Stefano Lo Russo'?" in run.err) == (2, True)


def test_name_of_very_many_letters_is_not_compared(agenda: Agenda, people: Path) -> None:
    run = agenda("list", "--data", people, "-v", "--with", "koike " * 9_000)
    assert (run.code, "did you mean" in run.err) == (0, False)
