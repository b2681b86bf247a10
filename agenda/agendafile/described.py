"""What each key of an agenda file is for, in words and with an example: for the schema, and no run that reads events.

Beside the shape rather than in it: `faults` takes its annotations apart, and reading a file needs none of this.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from agenda.agendafile import schema


class KeyText(NamedTuple):
    """What a key says, as a sentence of Markdown, and a value that it may have."""

    description: str
    example: object = None


_ALIASES = "Other names that mean the same; they are accepted wherever the name is, and shown as the name."

FILE_TEXT = "The programme of events that `agenda` reads: what it is, the names that its events use, and the events."

KEY_TEXTS: dict[type[schema.Table], Mapping[str, KeyText]] = {
    schema.FileTable: {
        "agenda": KeyText("What holds for the whole programme: its title, its time zone, and how calendars know it."),
        "cities": KeyText("The cities, by name; where they are declared, events may name no other."),
        "venues": KeyText("The venues, by an id of your own; where they are declared, events may name no other."),
        "people": KeyText("The people, by name; where they are declared, events may name nobody else."),
        "organizers": KeyText("The organizers, by name; where they are declared, events may name no other."),
        "topics": KeyText("The topics, by name; where they are declared, events may name no other."),
        "kinds": KeyText("The kinds of event, by name; where they are declared, events may name no other."),
        "sources": KeyText(
            "Where facts come from, by an id of your own; where sources are declared, events may name no other."
        ),
        "events": KeyText("The events, in any order; each starts with a line `[[events]]`."),
    },
    schema.HeadTable: {
        "title": KeyText("What the programme is called; also the name of its calendar.", "Spring tour"),
        "description": KeyText("What it is about, in a few sentences.", "Concerts in Torino and Lyon."),
        "timezone": KeyText(
            "The IANA time zone of events whose city has none of its own; also what `today` means.", "Europe/Rome"
        ),
        "namespace": KeyText(
            "What stands behind the `@` in the calendar UID of every event. Choose one that is yours alone, and never"
            " change it.",
            "spring-tour.example",
        ),
        "revised": KeyText(
            "When the file last changed, with an offset: raise it with each change that people should get.",
            datetime(2026, 1, 10, 9, tzinfo=timezone(timedelta(hours=1))),
        ),
        "color": KeyText("The colour of the calendar, by its CSS3 name.", "darkorange"),
        "refresh": KeyText(
            "How often calendar apps should look for a newer version, as a duration of ISO 8601.", "P1D"
        ),
    },
    schema.CityTable: {
        "timezone": KeyText("The IANA time zone of the city, where it is not that of the agenda.", "Europe/Paris"),
        "aliases": KeyText(_ALIASES, ["Lione", "Lyons"]),
    },
    schema.VenueTable: {
        "name": KeyText("What the venue is called.", "Opera house"),
        "city": KeyText("The city that it is in; events at the venue need not name it again.", "Torino"),
        "address": KeyText("Its address within the city.", "Piazza Castello 215"),
        "latitude": KeyText("Degrees north of the equator; south is negative. Give `longitude` too.", 45.0705),
        "longitude": KeyText("Degrees east of Greenwich; west is negative. Give `latitude` too.", 7.6868),
        "url": KeyText("Its page on the web.", "https://opera.example/"),
        "aliases": KeyText(_ALIASES, ["Teatro dell'opera"]),
    },
    schema.PersonTable: {
        "role": KeyText("Who this is in every event, unless an event says otherwise.", "soprano"),
        "aliases": KeyText(_ALIASES, ["A. Bianchi"]),
    },
    schema.TermTable: {"aliases": KeyText(_ALIASES, ["live music"])},
    schema.SourceTable: {
        "title": KeyText("What the page or the paper is called.", "Programme of the season"),
        "publisher": KeyText("Who published it.", "Opera house"),
        "date": KeyText("The day on which it was published.", date(2026, 1, 7)),
        "url": KeyText("Where it is on the web.", "https://opera.example/season"),
    },
    schema.ParticipantTable: {
        "name": KeyText("The name of somebody who takes part, or an alias.", "Camille Saint-Saëns"),
        "role": KeyText("Who this is in this event.", "piano"),
    },
    schema.EventTable: {
        "id": KeyText(
            "What commands and calendars know the event by: unique in the file, and never changed.", "opening-night"
        ),
        "title": KeyText("What the event is called.", "Opening night"),
        "city": KeyText(
            "The city that it is in, or a list of several; none where its venue says it.", ["Torino", "Lyon"]
        ),
        "venue": KeyText("The venue that it is at: a key of `[venues]`, or an alias.", "opera"),
        "room": KeyText("The room within the venue.", "Foyer"),
        "start": KeyText(
            "The day on which it starts, or the time: local, or with an offset. Without it, and without `between`, the"
            " event is to be announced.",
            datetime(2026, 3, 6, 20, 30),  # noqa: DTZ001 - a local time
        ),
        "end": KeyText(
            "The last day, inclusive, where `start` is a day; where that is a time, when the event is over.",
            datetime(2026, 3, 6, 23),  # noqa: DTZ001
        ),
        "between": KeyText(
            "In the place of `start`: the first and the last day that it may be on, where that is all that is known.",
            [date(2026, 3, 16), date(2026, 3, 20)],
        ),
        "date_note": KeyText(
            "Where the date comes from, if it was inferred.", 'The press release says only "in March".'
        ),
        "kind": KeyText("What kind of event it is.", "concert"),
        "topics": KeyText("What it is about.", ["music", "education"]),
        "organizers": KeyText("Who holds it.", ["City of Torino"]),
        "people": KeyText(
            "Who takes part: names, and tables with a name and the role in this event.",
            ["Clara Schumann", {"name": "Camille Saint-Saëns", "role": "piano"}],
        ),
        "description": KeyText(
            "What there is to say about it, in one paragraph or more.", "With works by two composers."
        ),
        "url": KeyText("Its page on the web.", "https://opera.example/opening"),
        "status": KeyText(
            "Whether it happens; a cancelled event stays in the file, so that calendars hear of it.", "tentative"
        ),
        "sources": KeyText("Where the facts come from: keys of `[sources]`.", ["programme"]),
        "revised": KeyText(
            "When this event last changed, with an offset, where that is later than `revised` of the agenda.",
            datetime(2026, 1, 12, 9, tzinfo=UTC),
        ),
        "uid": KeyText(
            "Its UID in calendars, only where that must not be `id@namespace`: of an event that came from another"
            " calendar.",
            "4711@calendar.example",
        ),
        "repeat": KeyText(
            "How it recurs from `start` on: a rule of iCalendar (RFC 5545, 3.3.10).", "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=6"
        ),
        "except": KeyText("Days that `repeat` gives, but that are left out.", [date(2026, 2, 12)]),
    },
}
"""By the struct of a table, and then by key, in the order of the struct."""
