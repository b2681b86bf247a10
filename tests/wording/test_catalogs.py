"""The catalogs of translated messages: none is missing, and each translation has the places of the English message."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from conftest import ROOT

from agenda.formats.records import CLOCK_FIELDS, FIELDS
from agenda.model import Certainty, Status, Visibility
from agenda.reports.groups import Grouping
from agenda.wording.choice import make_wording
from agenda.wording.cldr import CATALOGS

LANGUAGES = sorted(path.stem for path in CATALOGS.glob("*.po"))
TITLE_LAST = ("{label}: {text}", "Date to be fixed ({days}): {title}")
"""Messages that stand before a title in calendars, from which `import` takes them away."""


def read(path: Path) -> Catalog:
    """The catalog in that file."""
    with path.open("rb") as file:
        return read_po(file)


def messages(catalog: Catalog) -> dict[str, Message]:
    """Its messages, by their English."""
    return {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalog if message.id}


def texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """A text, or the forms of one."""
    return [value or ""] if isinstance(value, str | None) else list(value)


def places(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


TEMPLATE = messages(read(CATALOGS / "agenda.pot"))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Message]:
    """The messages that are in the code, by the command of CONTRIBUTING.md."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^PYTHONPATH=tools pybabel (extract .*)$", page, re.MULTILINE)
    target = tmp_path_factory.mktemp("extracted") / "agenda.pot"
    arguments = [target if argument.endswith(".pot") else argument for argument in shlex.split(command)]
    code = "import sys; from babel.messages.frontend import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
    return messages(read(target))


def test_template_has_the_messages_of_the_code(extracted: dict[str, Message]) -> None:
    assert TEMPLATE.keys() == extracted.keys(), "run the command of CONTRIBUTING.md, under Translations"


def test_template_has_all_values_and_fields() -> None:
    values = {*Status, *Certainty, *Visibility, *Grouping, *FIELDS, *CLOCK_FIELDS}
    assert values - TEMPLATE.keys() == set()


def test_there_are_catalogs_of_italian_and_japanese() -> None:
    assert {"it", "ja"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing_or_doubtful_or_obsolete(language: str) -> None:
    catalog = read(CATALOGS / f"{language}.po")
    translated = messages(catalog)
    forms = catalog.num_plurals
    lacking = {
        name
        for name, message in translated.items()
        if not all(texts(message.string)) or (message.pluralizable and len(texts(message.string)) != forms)
    }
    doubtful = {name for name, message in translated.items() if message.fuzzy}
    assert (TEMPLATE.keys() - translated.keys(), lacking, doubtful) == (set(), set(), set())
    assert (translated.keys() - TEMPLATE.keys(), list(catalog.obsolete)) == (set(), [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_places_of_the_english(language: str) -> None:
    differing = {
        name: message.string
        for name, message in messages(read(CATALOGS / f"{language}.po")).items()
        if any(places(text) != places(texts(message.id)[-1]) for text in texts(message.string))
    }
    assert differing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_before_a_title_stands_before_it_in_every_language(language: str) -> None:
    words = make_wording(language)
    told = [words.text(message, label="L", days="D", text="|", title="|") for message in TITLE_LAST]
    assert all(text.endswith("|") for text in told)
    assert words.labelled("L", "|").startswith("L")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 1_000_000])
def test_counts_have_their_number(language: str, number: int) -> None:
    words = make_wording(language)
    assert words.number(number) in words.plural_text("every {number} day", "every {number} days", number)


def test_without_a_catalog_words_are_english() -> None:
    words = make_wording("de")
    assert words.text("To be announced") == "To be announced"
    assert words.plural_text("every {number} day", "every {number} days", 2) == "every 2 days"
