"""Texts in several languages: which of them is chosen, and what is wrong with them.

A plain text is in the first language that the file declares. Plain names of cities, venues, rooms, people and
organizers are of no language.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from agenda.agendafile.schema import FileTable, ParticipantTable, TermTable
from agenda.agendafile.values import Text
from agenda.errors import KeyPath, Problem
from agenda.limits import MAX_LANGUAGES
from agenda.model import ForeignText
from agenda.text.safe import one_line, quote
from agenda.text.sentences import join_words

KEYS_AS_NAMES = ("cities", "people", "organizers", "topics", "kinds")
"""The tables whose keys are names, each with a `name` in other languages."""

StructT = TypeVar("StructT", bound=Struct)


class LanguageChoice:
    """The language that the texts of a file are chosen in: the one of its `languages` that is asked for, else the
    first; None where it declares none.
    """

    def __init__(self, languages: Sequence[str], asked: str | None = None) -> None:
        first = next(iter(languages), None)
        self.language = find_language(asked, languages) or first
        self._first = first
        self._declared = languages
        self._order = sorted(languages, key=lambda language: language != self.language)
        self.was_needed = False
        """Whether any text was a table of texts by language."""

    def text(self, text: Text | None) -> str | None:
        """The text in the language; else, as a `ForeignText`, in the first of the others that has it."""
        if isinstance(text, str):
            return text if self.language == self._first else ForeignText(text, self._first or "")
        return None if text is None else self._pick(text)

    def name(self, name: Text) -> str:
        """The same of a venue's or a room's name, which is of no language where it is plain text."""
        return name if isinstance(name, str) else self._pick(name)

    def usual(self, name: Text) -> str:
        """The name in the first language, or else the next that it has, whichever language is asked for."""
        if isinstance(name, str):
            return name
        return next((name[language] for language in self._declared if language in name), next(iter(name.values()), ""))

    def word(self, key: str, name: Text | None) -> str:
        """The name of a topic or a kind, whose key is its name in the first language."""
        if name is None and self.language == self._first:  # as in most files
            return key
        return self._pick(self._by_language(key, name))

    def proper_name(self, key: str, name: Text | None) -> str:
        """The name of a city or of somebody; their key, which is their name in the first language, is of none."""
        if name is None or isinstance(name, str):
            return name or key
        chosen = self._pick(self._by_language(key, name))
        return chosen if self._first in name or chosen != key else key

    def _by_language(self, key: str, name: Text | None) -> dict[str, str]:
        first = self._first or ""
        return {first: key} | ({first: name} if isinstance(name, str) else name or {})

    def _pick(self, texts: Mapping[str, str]) -> str:
        self.was_needed = True
        for language in self._order:
            if language in texts:
                return texts[language] if language == self.language else ForeignText(texts[language], language)
        return next(iter(texts.values()), "")  # no language is declared, which is told as a problem


def find_language(asked: str | None, languages: Sequence[str]) -> str | None:
    """The one of these tags that is asked for: by lookup (RFC 4647, 3.4), `it` for `it-CH`; else the first that it is
    the beginning of, `pt-BR` for `pt`. None where there is none such.
    """
    by_fold = {language.lower(): language for language in reversed(languages)}
    subtags = (asked or "").lower().split("-")
    for count in range(len(subtags), 0, -1):
        tag = "-".join(subtags[:count])
        if tag in by_fold:
            return by_fold[tag]
    narrower = (language for language in languages if language.lower().startswith(f"{subtags[0]}-"))
    return next(narrower, None) if asked else None


def other_names(chosen: str, key: str | None, name: Text | None) -> tuple[str, ...]:
    """What something is called besides the chosen name: by its key, if that is a name, and in other languages."""
    texts = name.values() if isinstance(name, dict) else [name] if name else []
    names = dict.fromkeys([*([key] if key is not None else []), *texts])
    return tuple(other for other in names if other != chosen)


def tell_language(file: FileTable, language: str) -> FileTable:
    """The file with each of its plain texts as one in that language."""

    def told(text: Text | None) -> Any:
        return {language: text} if isinstance(text, str) else text

    def told_in(table: StructT, *keys: str) -> StructT:
        return replace(table, **{key: told(getattr(table, key)) for key in keys})

    def named(terms: dict[str, TermTable] | None) -> dict[str, TermTable] | None:
        return terms and {
            name: replace(term, name={language: name} | (told(term.name) or {})) for name, term in terms.items()
        }

    def participant(person: str | ParticipantTable) -> str | ParticipantTable:
        return person if isinstance(person, str) else told_in(person, "role")

    return replace(
        file,
        agenda=told_in(file.agenda, "title", "description"),
        people=file.people and {name: told_in(person, "role") for name, person in file.people.items()},
        topics=named(file.topics),
        kinds=named(file.kinds),
        events=[
            replace(told_in(event, "title", "description", "date_note"), people=list(map(participant, event.people)))
            for event in file.events
        ],
    )


def find_text_problems(file: FileTable) -> Iterator[Problem]:
    """What is wrong with the languages of a file, and with its texts in them."""
    declared = file.agenda.languages or ()
    if len(declared) > MAX_LANGUAGES:
        message = f"these are {len(declared):,} languages, and {MAX_LANGUAGES} are the most; leave out the others"
        yield Problem(("agenda", "languages", MAX_LANGUAGES), message)
        return
    yield from _repeated_languages(declared)
    used: dict[str, KeyPath] = {}
    for path, texts in texts_by_language(file):
        if not texts:
            yield Problem(path, f'{path[-1]} has no text; write one, or one for each language, as in {{ en = "…" }}')
        for language, text in texts.items():
            used.setdefault(language, path)
            if declared and language not in declared:
                right = _suggest_declared(language, declared)
                yield Problem((*path, language), f"no language {quote(language)} is declared; {right}", at_key=True)
            if path[-1] != "name" and not one_line(text):  # names are told by their vocabulary
                message = f"{path[-1]}.{language} is blank; write one that can be seen, or leave it out"
                yield Problem((*path, language), message)
    if used and not declared:
        tags = ", ".join(map(quote, used))
        message = f"texts by language, but none is declared; add to [agenda] a line languages = [{tags}]"
        yield Problem(next(iter(used.values())), message, at_key=True)


def _suggest_declared(language: str, declared: Sequence[str]) -> str:
    """Which declared language may be meant by another tag: `ja` by `jp`, `it` by `it-CH`; else what is to be done."""
    from agenda.agendafile.meant_languages import find_meant_languages, is_language  # it takes a while to import
    from agenda.text.nearest import suggest

    near = (find_language(language, declared),) if is_language(language) else find_meant_languages(language)
    meant = [tag for tag in near if tag and tag in declared]
    if meant:
        return f"did you mean {join_words(map(quote, meant))}?"
    return suggest(language, {tag: tag for tag in declared}, "add it to languages of [agenda]")


def _repeated_languages(declared: Sequence[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for index, language in enumerate(declared):
        if seen.setdefault(language.lower(), language) is not language or declared.index(language) != index:
            yield Problem(("agenda", "languages", index), f"{quote(language)} is declared twice; once is enough")


def texts_by_language(file: FileTable) -> Iterator[tuple[KeyPath, dict[str, str]]]:
    """The tables of texts by language in a file, each with its path."""
    for path, text in (*list_texts(file), *list_names(file)):
        if isinstance(text, dict):
            yield path, text


def list_texts(file: FileTable) -> Iterator[tuple[KeyPath, Text | None]]:
    """The texts of a file that are in the first language where they are plain, each with its path."""
    yield ("agenda", "title"), file.agenda.title
    yield ("agenda", "description"), file.agenda.description
    for name, person in (file.people or {}).items():
        yield ("people", name, "role"), person.role
    for index, event in enumerate(file.events):
        yield ("events", index, "title"), event.title
        yield ("events", index, "description"), event.description
        yield ("events", index, "date_note"), event.date_note
        for number, participant in enumerate(event.people):
            if not isinstance(participant, str):
                yield ("events", index, "people", number, "role"), participant.role


def list_names(file: FileTable) -> Iterator[tuple[KeyPath, Text | None]]:
    """The names of a file, and the addresses of its venues, each with its path."""
    for key in KEYS_AS_NAMES:
        for name, entry in (getattr(file, key) or {}).items():
            yield (key, name, "name"), entry.name
    for venue_id, venue in (file.venues or {}).items():
        yield ("venues", venue_id, "name"), venue.name
        yield ("venues", venue_id, "address"), venue.address
        for number, room in enumerate(venue.rooms or ()):
            if not isinstance(room, str):
                yield ("venues", venue_id, "rooms", number, "name"), room.name
    for index, event in enumerate(file.events):
        yield ("events", index, "room"), event.room
