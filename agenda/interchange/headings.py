"""What the columns of a table hold, by their headings in English and Italian, and common ones in French and German."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from agenda.errors import UsageError
from agenda.interchange.sheets import Rows
from agenda.text.folding import fold
from agenda.text.nearest import suggest
from agenda.text.safe import quote
from agenda.text.sentences import join_words


class ColumnField(StrEnum):
    """What a column may hold; most are keys of an event."""

    ID = "id"
    TITLE = "title"
    START = "start"
    END = "end"
    DATE = "date"
    TIME = "time"
    END_DATE = "end_date"
    END_TIME = "end_time"
    DURATION = "duration"
    ALL_DAY = "all_day"
    BETWEEN = "between"
    DATE_NOTE = "date_note"
    TIMEZONE = "timezone"
    CITY = "city"
    VENUE = "venue"
    ROOM = "room"
    KIND = "kind"
    TOPICS = "topics"
    ORGANIZERS = "organizers"
    PEOPLE = "people"
    ROLE = "role"
    STATUS = "status"
    VISIBILITY = "visibility"
    BUSY = "busy"
    DESCRIPTION = "description"
    URL = "url"
    SOURCES = "sources"


DAYS = (ColumnField.START, ColumnField.DATE, ColumnField.END, ColumnField.END_DATE, ColumnField.BETWEEN)
"""What columns hold that say on which days something is."""
SEVERAL = frozenset(
    {ColumnField.PEOPLE, ColumnField.TOPICS, ColumnField.ORGANIZERS, ColumnField.DESCRIPTION, ColumnField.SOURCES}
)
"""What several columns may hold."""

# The likeliest first: where two headings mean the same, the column whose name stands first is taken.
_WORDS: Mapping[ColumnField, str] = {
    ColumnField.ID: "id, session id, event id, identifier, code, session code, identificativo, codice, id sessione",
    ColumnField.TITLE: (
        "title, titolo, event title, session title, talk title, titolo evento, titolo sessione, titolo intervento, "
        "subject, summary, oggetto, event name, nome evento, name, event, evento, session, sessione, talk, intervento, "
        "activity, attivita, appuntamento, incontro, titre, titel, what, cosa"
    ),
    ColumnField.START: (
        "start, inizio, starts, begin, begins, beginning, start datetime, start date time, date time, date and time, "
        "data ora, data e ora, data ora inizio, data e ora inizio, data e ora di inizio, when, quando, from, dal, "
        "dalle, da, dtstart, debut, beginn"
    ),
    ColumnField.END: (
        "end, fine, ends, finish, end datetime, end date time, data ora fine, data e ora fine, data e ora di fine, "
        "to, until, al, alle, fino a, dtend, termine, fin, ende"
    ),
    ColumnField.DATE: (
        "date, data, day, giorno, giornata, start date, data inizio, data di inizio, event date, datum, jour"
    ),
    ColumnField.TIME: (
        "time, ora, orario, start time, ora inizio, ora di inizio, orario inizio, orario di inizio, hour, hours, ore, "
        "time slot, slot, fascia oraria, heure, heure de debut, zeit, uhrzeit"
    ),
    ColumnField.END_DATE: "end date, data fine, data di fine, last day, ultimo giorno",
    ColumnField.END_TIME: "end time, ora fine, ora di fine, orario fine, orario di fine, heure de fin",
    ColumnField.DURATION: "duration, durata, length, minutes, minuti",
    ColumnField.ALL_DAY: "all day, all day event, tutto il giorno, giornata intera",
    ColumnField.BETWEEN: "between",
    ColumnField.DATE_NOTE: "date note",
    ColumnField.TIMEZONE: "timezone, time zone, tz, fuso orario, fuso",
    ColumnField.CITY: "city, citta, town, comune, localita, ville, stadt",
    ColumnField.VENUE: "venue, sede, luogo, location, place, where, dove, posto, building, edificio, lieu, ort",
    ColumnField.ROOM: "room, sala, aula, stanza, hall, stage, palco, sale, aule, salle, raum, saal",
    ColumnField.KIND: (
        "kind, type, tipo, tipologia, session type, event type, tipo sessione, tipo evento, tipo di sessione, "
        "tipo di evento, format, formato"
    ),
    ColumnField.TOPICS: (
        "topic, track, tema, temi, argomento, argomenti, theme, tag, category, categories, categoria, categorie, "
        "keyword, parole chiave, area tematica, percorso, filone"
    ),
    ColumnField.ORGANIZERS: (
        "organizer, organiser, organizzatore, organizzatori, organizzatrice, organized by, organised by, "
        "organizzato da, a cura di, promotore, promotori, host"
    ),
    ColumnField.PEOPLE: (
        "people, person, persona, persone, speaker, relatore, relatrice, relatori, relatrici, with, con, presenter, "
        "participant, partecipante, partecipanti, guest, ospite, ospiti, panelist, panellist, author, autore, autori, "
        "autrice, moderator, moderatore, moderatrice, moderatori, chair, chairperson, chairman, presidente, "
        "intervenant, referent, referenten, who, chi"
    ),
    ColumnField.ROLE: "role, ruolo, ruoli, qualifica",
    ColumnField.STATUS: "status, stato",
    ColumnField.VISIBILITY: "visibility, visibilita",
    ColumnField.BUSY: "busy, impegnato, occupato",
    ColumnField.DESCRIPTION: (
        "description, descrizione, abstract, details, dettagli, note, notes, comment, commento, commenti"
    ),
    ColumnField.URL: "url, link, website, web, web page, sito, sito web, pagina web, collegamento",
    ColumnField.SOURCES: "source, sources, fonte, fonti",
}
_MEANINGS = {
    word: (field, rank)
    for field, words in _WORDS.items()
    for rank, word in enumerate(words.replace("\n", " ").split(", "))
}
_GERMAN_DAY = "tag"
"""A topic in English and Italian, and a day where another heading is one of `_GERMAN`."""
_GERMAN = {"titel", "uhrzeit"}
_ROLES = {"moderator", "moderatore", "moderatrice", "chair", "chairperson", "chairman"}
"""Headings that say in which role somebody takes part."""
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_COUNTED = re.compile(r" [0-9]{1,2}$")
_MAX_HEADING_ROWS = 100
"""Rows among which the heading row is looked for."""
_MAX_HEADING_CHARACTERS = 60


class Column(Struct, frozen=True, kw_only=True):
    """A column that is read: its place in a row, its heading, what it holds, and the role of the people in it."""

    place: int
    heading: str
    field: ColumnField
    role: str | None = None


class Headings(Struct, frozen=True, kw_only=True):
    """The heading row of a table, by its place, and what its columns hold; `left` has the places of those that hold
    what nothing is known of.
    """

    row: int
    columns: tuple[Column, ...]
    left: tuple[int, ...]

    def of(self, *fields: ColumnField) -> tuple[Column, ...]:
        """The columns that hold any of these."""
        return tuple(column for column in self.columns if column.field in fields)


def parse_column_options(typed: Iterable[str]) -> dict[str, ColumnField]:
    """What `--column FIELD=HEADING` says of headings.

    Raises UsageError where one is not of that form, or names what no column can hold.
    """
    asked: dict[str, ColumnField] = {}
    for text in typed:
        name, equals, heading = text.partition("=")
        if not equals or not fold(heading):
            raise UsageError(f'--column {quote(text)} is not of the form FIELD="HEADING", as in start="Inizio"')
        known = {field.value: field.value for field in ColumnField}
        field = fold(name).replace(" ", "_").replace("-", "_")
        meant = _MEANINGS.get(_normalize(name))
        if field not in known and meant is None:
            right = suggest(name, known, f"there are {join_words(known, 'and')}")
            raise UsageError(f"--column: no column can hold {quote(name)}; {right}")
        asked[heading] = ColumnField(field) if field in known else meant[0]  # type: ignore[index]
    return asked


def count_recognised(rows: Rows, asked: Mapping[str, ColumnField]) -> int:
    """How many columns the likeliest heading row of these names; 0 where there is none."""
    found = find_headings(rows, asked)
    return len(found.columns) if found else 0


def find_headings(rows: Rows, asked: Mapping[str, ColumnField]) -> Headings | None:
    """The row among the first that names the most columns, one of them the title; None where there is none such."""
    best: Headings | None = None
    asked = {fold(heading): field for heading, field in asked.items()}
    for place, row in enumerate(rows[:_MAX_HEADING_ROWS]):
        headings = [cell if isinstance(cell, str) else None for cell in row]
        found = _read_headings(place, headings, asked)
        if any(column.field is ColumnField.TITLE for column in found.columns) and len(found.columns) > (
            len(best.columns) if best else 0
        ):
            best = found
    return best


def _read_headings(row: int, headings: Sequence[str | None], asked: Mapping[str, ColumnField]) -> Headings:
    wanted: dict[ColumnField, list[tuple[int, int]]] = {}
    forced = set(asked.values())
    is_german = any(heading is not None and _normalize(heading) in _GERMAN for heading in headings)
    for place, heading in enumerate(headings):
        if heading is None:
            continue
        if (field := asked.get(fold(heading))) is not None:
            wanted.setdefault(field, []).append((-1, place))
        elif is_german and _normalize(heading) == _GERMAN_DAY and ColumnField.DATE not in forced:
            wanted.setdefault(ColumnField.DATE, []).append((len(_MEANINGS), place))  # behind Datum
        elif (meaning := find_meaning(heading)) and (meaning[0] not in forced or meaning[0] in SEVERAL):
            wanted.setdefault(meaning[0], []).append((meaning[1], place))
    columns = []
    for field, found in wanted.items():
        for _, place in sorted(found) if field in SEVERAL else [min(found)]:
            heading = headings[place] or ""
            role = _normalize(heading) if field is ColumnField.PEOPLE and names_role(heading) else None
            columns.append(Column(place=place, heading=heading, field=field, role=role))
    columns.sort(key=lambda column: column.place)
    taken = {column.place for column in columns}
    left = tuple(place for place, heading in enumerate(headings) if heading is not None and place not in taken)
    return Headings(row=row, columns=tuple(columns), left=left)


def find_meaning(heading: str) -> tuple[ColumnField, int] | None:
    """What a column of that heading holds, and how far from the usual its name is; None where it is not known."""
    if len(heading) > _MAX_HEADING_CHARACTERS:
        return None
    whole = _meaning_of(heading)
    if whole:
        return whole
    # In two languages, as in "Titolo / Title".
    parts = [_meaning_of(part) for part in re.split(r"[/|\n]", heading)]
    fields = {part[0] for part in parts if part}
    return next(filter(None, parts)) if len(fields) == 1 else None


def names_role(heading: str) -> bool:
    """Whether a heading says in which role the people of its column take part, as `Moderator` does."""
    return _normalize(heading) in _ROLES


def _meaning_of(heading: str) -> tuple[ColumnField, int] | None:
    words = _normalize(heading)
    meaning = _MEANINGS.get(words) or _MEANINGS.get(words.removesuffix("s"))
    if meaning:
        return meaning
    bare = _COUNTED.sub("", words)  # "Speaker 2"; but "Room 2" is a room in a grid
    counted = _MEANINGS.get(bare) or _MEANINGS.get(bare.removesuffix("s"))
    return counted if counted and counted[0] in SEVERAL else None


def _normalize(heading: str) -> str:
    """The words of a heading, folded, without what stands in brackets."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(_BRACKETS.sub(" ", heading))).split())
