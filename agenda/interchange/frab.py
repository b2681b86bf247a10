"""A schedule of frab or pentabarf, in XML or JSON, as the tables of an agenda file."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, ValidationError

from agenda.agendafile import schema, values
from agenda.agendafile.keys import event_keys_as_written
from agenda.interchange.detect import FileFormat
from agenda.interchange.frab_documents import Schedule, Session, read_json_schedule, read_xml_schedule
from agenda.interchange.frab_times import SessionTime, read_time, read_zone
from agenda.interchange.html_text import is_html, plain_text
from agenda.interchange.ids import Ids, namespace_of, slug
from agenda.interchange.losses import Losses
from agenda.interchange.result import TRACK, UNTITLED, ImportResult, Origin
from agenda.text.folding import fold_letters, hyphenate
from agenda.text.safe import one_line, quote

_PARAGRAPH = "\n\n"
_MAX_SLUG_CHARACTERS = 60
"""Of a slug that is an id as it is, as one of our own exports is."""

_TOLD = {
    ("type",): "kind",
    ("track",): TRACK,
    ("persons", "participants"): "people",
    ("subtitle", "abstract", "description"): "description",
    ("url",): "url",
}
"""The key that each of these tells of, even where it is empty."""


class _Entry(Struct, frozen=True):
    """A session on its way into the agenda, and when it is."""

    session: Session
    time: SessionTime | None


def import_schedule(
    content: bytes, shown: str, home: ZoneInfo | None = None, *, kind: FileFormat = FileFormat.XML
) -> ImportResult:
    """The agenda that a schedule makes, the file being called `shown` in messages. Its time zone is `home`, else the
    one that the schedule names, or that of its city.

    Raises DataError where it is no schedule, or not a whole one.
    """
    read = read_json_schedule if kind is FileFormat.JSON else read_xml_schedule
    schedule = read(content, shown)
    losses = Losses()
    reading = _Import(schedule, losses, home)
    tables = reading.tables()
    return ImportResult(tables, [], list(losses.told()), lambda: iter(reading.origins))


class _Import:
    """One import of one schedule."""

    def __init__(self, schedule: Schedule, losses: Losses, home: ZoneInfo | None) -> None:
        self._schedule = schedule
        self._losses = losses
        entries = [_Entry(session, read_time(session, schedule, losses)) for session in schedule.sessions]
        self._zone = home or read_zone(schedule, [entry.time for entry in entries], losses)
        self._rooms = self._join_rooms()
        places = {room: place for place, room in enumerate(self._rooms.values())}
        self._entries = sorted(
            entries,
            key=lambda entry: (
                entry.time is None,
                entry.time.exact_start(self._zone).timestamp() if entry.time else 0,
                places.get(self._rooms.get(fold_letters(entry.session.room), ""), -1),
            ),
        )
        self._venue = self._venue_name()
        self._venue_id = slug(self._venue) or "venue"
        self.origins: list[Origin] = []
        self._languages = {session.text("language") for session in schedule.sessions} - {""}

    def tables(self) -> dict[str, Any]:
        """The tables, in the order of an agenda file."""
        conference = self._schedule.conference
        title = one_line(conference.get("title", ""))
        acronym = one_line(conference.get("acronym", ""))
        seed = " ".join([acronym, title, conference.get("start", "")])
        head = {
            "title": title or acronym,
            "description": self._join_texts([conference.get("subtitle", ""), conference.get("description", "")], title),
            "url": self._address(conference.get("url", ""), "url of the conference that is no address"),
            "timezone": self._zone and self._zone.key,
            "namespace": namespace_of([], seed, acronym or title),
        }
        for name in self._schedule.rest:
            self._losses.left_out(name)
        venue = {"name": self._venue, "city": one_line(conference.get("city", "")), "rooms": list(self._rooms.values())}
        self._tell_namesakes()
        tables = {
            "agenda": _filled(head),
            "venues": {self._venue_id: _filled(venue)} if self._venue else {},
            "events": list(self._events()),
        }
        return {key: table for key, table in tables.items() if table}

    def _events(self) -> Iterator[dict[str, Any]]:
        uids: set[str] = set()
        for entry, id_ in zip(self._entries, self._ids(), strict=True):
            session = entry.session
            start, end = entry.time.moments(self._zone) if entry.time else (None, None)
            title = one_line(session.text("title"))
            if not title:
                self._losses.happened("it has no title", id_)
                title = UNTITLED
            for name in session.rest:
                self._losses.left_out(name)
            uid = session.text("guid")
            if uid and uid in uids:
                self._losses.happened("its guid is that of another session, so it has none", title)
                uid = ""
            uids.add(uid)
            self.origins.append(self._origin(entry, uid, id_))
            track = one_line(session.text("track"))
            found = {
                "id": id_,
                "title": title,
                "venue": self._venue_id if self._venue else None,
                "room": self._rooms.get(fold_letters(session.room)),
                "start": start,
                "end": end,
                "kind": one_line(session.text("type")),
                "topics": [self._schedule.tracks.get(track, track)] if track else [],
                "people": self._people(session, title),
                "description": self._description(session, title),
                "url": self._address(session.text("url"), "url that is no address"),
                "uid": uid,
            }
            yield _filled({key: found.get(key) for key in event_keys_as_written()})

    def _origin(self, entry: _Entry, uid: str, id_: str) -> Origin:
        told = {key for names, key in _TOLD.items() if entry.session.given.intersection(names)}
        told |= {"title"} | ({"start", "end"} if entry.time else set()) | ({"room"} if entry.session.room else set())
        if one_line(self._schedule.conference.get("venue", "")):
            told.add("venue")
        return Origin(told=frozenset(told), uid=uid, id="" if uid else id_)

    def _join_rooms(self) -> dict[str, str]:
        """The rooms in their order, by what tells them apart in an agenda."""
        rooms: dict[str, str] = {}
        for room in map(one_line, self._schedule.rooms):
            if room and rooms.setdefault(fold_letters(room), room) != room:
                self._losses.happened(f"its name is that of {rooms[fold_letters(room)]} otherwise written", room)
        return rooms

    def _venue_name(self) -> str:
        """What the venue is called; the conference stands for it where only its rooms are known."""
        conference = self._schedule.conference
        named = one_line(conference.get("venue", ""))
        if named or not (self._rooms or conference.get("city")):
            return named
        called = one_line(conference.get("title", "")) or one_line(conference.get("acronym", "")) or "Venue"
        self._losses.remarked(f"no venue is named, so one is called after the conference: {quote(called)}")
        return called

    def _ids(self) -> Iterator[str]:
        """An id for each entry: what its page is called without what is of all of them, else its title; with its number
        where several would have the same.
        """
        wanted = [self._wanted_id(entry.session) for entry in self._entries]
        shared = Counter(wanted)
        ids = Ids()
        for entry, id_ in zip(self._entries, wanted, strict=True):
            number = hyphenate(entry.session.text("id") or entry.session.text("code")).strip("-")
            yield ids.new(f"{id_}-{number}" if number and shared[id_] > 1 else id_)

    def _wanted_id(self, session: Session) -> str:
        acronym = hyphenate(self._schedule.conference.get("acronym", "")).strip("-")
        number = hyphenate(session.text("id")).strip("-")
        words = hyphenate(session.text("slug")).strip("-")
        for of_all in filter(None, (acronym, number)):
            words = words.removeprefix(f"{of_all}-")
        return (
            (words if len(words) <= _MAX_SLUG_CHARACTERS else slug(words)) or slug(session.text("title")) or "session"
        )

    def _people(self, session: Session, title: str) -> list[str]:
        names: dict[str, str] = {}
        for name in (one_line(person.name) for person in session.persons):
            if name and fold_letters(name) in names:
                self._losses.happened("somebody is in it twice, and is kept once", title)
            elif name:
                names[fold_letters(name)] = name
        return list(names.values())

    def _tell_namesakes(self) -> None:
        """Tell whom the schedule tells apart though they have one name, by which an agenda knows people."""
        keys: dict[str, set[str]] = {}
        for session in self._schedule.sessions:
            for person in session.persons:
                if person.key:
                    keys.setdefault(one_line(person.name), set()).add(person.key)
        for name, known in keys.items():
            if known - {next(iter(known))}:
                what = "people of one name are one person here, though the file may tell them apart"
                self._losses.happened(what, name)

    def _description(self, session: Session, title: str) -> str:
        texts = [session.text("subtitle"), session.text("abstract"), session.text("description")]
        if self._languages - {session.text("language")} and session.text("language"):
            texts.append(f"Language: {session.text('language')}")
        elif session.text("language"):
            self._losses.left_out("language")
        return self._join_texts(texts, title)

    def _join_texts(self, texts: Sequence[str], title: str) -> str:
        """Paragraphs of these texts, HTML as plain text, without those that others begin with."""
        if any(map(is_html, texts)):
            self._losses.happened("HTML in its texts is made plain text", title)
        plain = [plain_text(text) if is_html(text) else _trimmed(text) for text in texts]
        told = [
            text for place, text in enumerate(plain) if not any(more.startswith(text) for more in plain[place + 1 :])
        ]
        return _PARAGRAPH.join(filter(None, told))

    def _address(self, given: str, lost: str) -> str:
        try:
            return str(schema.convert_value(given, values.Url)) if given else ""
        except ValidationError:
            self._losses.left_out(lost)
            return ""


def _filled(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table without what is empty."""
    return {key: value for key, value in table.items() if value not in (None, [], {}, "")}


def _trimmed(text: str) -> str:
    """A text without blanks at the ends of its lines, of which none are at its own ends."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
