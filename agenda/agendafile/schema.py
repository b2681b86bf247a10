"""The shape of an agenda file: its tables as msgspec structs, and all that is said of their keys.

The JSON Schema, the tables of docs/format.md and the order in which `import` writes keys are made of it.
"""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from msgspec import convert, field

from agenda.agendafile.place_tables import CityTable, Table, TravelTable, VenueTable
from agenda.agendafile.values import (
    ColorName,
    Date,
    DateOrTime,
    DateOrTimeOrClock,
    Days,
    Duration,
    End,
    Id,
    Instant,
    Languages,
    Names,
    Namespace,
    NonEmptyText,
    RuleText,
    Span,
    Start,
    Text,
    TrueOrFalse,
    Uid,
    Url,
    describe_aliases,
    describe_key,
    describe_name,
    describe_type,
)
from agenda.model import Status, Visibility

# What TOML has of its own; text that looks like a date is text.
_BUILTIN = (date, datetime, time)
_PUBLISHED = date(2026, 1, 7)  # not within the table, where `date` is a key


class HeadTable(Table):
    """`[agenda]`: what holds for the whole programme."""

    title: Annotated[
        Text | None,
        describe_key("What the programme is called; also the name of its calendar.", "Spring tour", without="no title"),
    ] = None
    description: Annotated[
        Text | None,
        describe_key("What it is about, in a few sentences.", "Concerts in Torino and Lyon."),
    ] = None
    languages: Annotated[
        Languages | None,
        describe_key(
            "The languages that the file has texts in, as tags of BCP 47; the first is the one that is shown unless"
            " another is asked for.",
            ["en", "it"],
            without="texts are in one language",
        ),
    ] = None
    url: Annotated[
        Url | None,
        describe_key("The page of the programme on the web, which calendars link to.", "https://tour.example/spring"),
    ] = None
    timezone: Annotated[
        NonEmptyText | None,
        describe_key(
            "The IANA time zone of events whose city has none of its own; also what `today` means.",
            "Europe/Rome",
            value="a zone",
            without="local times float",
        ),
    ] = None
    namespace: Annotated[
        Namespace | None,
        describe_key(
            "What stands behind the `@` in the calendar UID of every event. Choose one that is yours alone,"
            " and never change it.",
            "spring-tour.example",
            without="`export` is refused",
        ),
    ] = None
    revised: Annotated[
        Instant | None,
        describe_key(
            "When the file last changed, with an offset: raise it with each change that people should get.",
            datetime.fromisoformat("2026-01-10T09:00:00+01:00"),
            without="exports do not say",
        ),
    ] = None
    color: Annotated[
        ColorName | None,
        describe_key("The colour of the calendar, by its CSS3 name.", "darkorange", without="the app chooses"),
    ] = None
    refresh: Annotated[
        Duration | None,
        describe_key(
            "How often calendar apps should look for a newer version, as a duration of ISO 8601.",
            "P1D",
            without="the app decides",
        ),
    ] = None


class PersonTable(Table):
    """`[people.NAME]`: somebody who takes part."""

    name: Annotated[Text | None, describe_name({"ja": "クララ・シューマン"})] = None
    role: Annotated[
        Text | None,
        describe_key("Who this is in every event, unless an event says otherwise.", "soprano"),
    ] = None
    aliases: Annotated[Names, describe_aliases(["A. Bianchi"])] = field(default_factory=list)


class TermTable(Table):
    """`[organizers.NAME]`, `[topics.NAME]` and `[kinds.NAME]`: a name, and often nothing else."""

    name: Annotated[Text | None, describe_name({"it": "musica"})] = None
    aliases: Annotated[Names, describe_aliases(["live music"])] = field(default_factory=list)


class SourceTable(Table):
    """`[sources.ID]`: where facts come from, by an id of your own."""

    title: Annotated[NonEmptyText, describe_key("What the page or the paper is called.", "Programme of the season")]
    publisher: Annotated[NonEmptyText | None, describe_key("Who published it.", "Opera house", without="not known")] = (
        None
    )
    date: Annotated[
        Date | None, describe_key("The day on which it was published.", _PUBLISHED, without="not known")
    ] = None
    url: Annotated[Url | None, describe_key("Where it is on the web.", "https://opera.example/season")] = None


class ParticipantTable(Table):
    """`{ name = …, role = … }` in `people` of an event: somebody who takes part in it."""

    name: Annotated[
        NonEmptyText, describe_key("The name of somebody who takes part, or an alias.", "Camille Saint-Saëns")
    ]
    role: Annotated[Text | None, describe_key("Who this is in this event.", "piano", without="that of `[people]`")] = (
        None
    )


class EventTable(Table):
    """`[[events]]`: an event, with whatever is known of it."""

    id: Annotated[
        Id,
        describe_key(
            "What commands and calendars know the event by: unique in the file, and never changed.", "opening-night"
        ),
    ]
    title: Annotated[Text, describe_key("What the event is called.", "Opening night")]
    city: Annotated[
        NonEmptyText | Names | None,
        describe_key(
            "The city that it is in, or a list of several; none where its venue says it.",
            ["Torino", "Lyon"],
            value="a city, or a list of them",
            without="that of its venue",
        ),
    ] = None
    venue: Annotated[
        NonEmptyText | None,
        describe_key(
            "The venue that it is at: a key of `[venues]`, or an alias.", "opera", value="a venue", without="not known"
        ),
    ] = None
    room: Annotated[
        Text | None,
        describe_key("The room within the venue.", "Foyer", value="a room", without="not known"),
    ] = None
    start: Annotated[
        Start | None,
        describe_key(
            "The day on which it starts, or the time: local, or with an offset. Without it, and without"
            " `between`, the event is to be announced.",
            datetime(2026, 3, 6, 20, 30),  # noqa: DTZ001 - a local time
            without="see [When](#when-an-event-is)",
        ),
    ] = None
    end: Annotated[
        End | None,
        describe_key(
            "The last day, inclusive, where `start` is a day; where that is a time, when the event is over: a time"
            " alone is one of the same day.",
            time(23),
            without="one day; for times, not known",
        ),
    ] = None
    between: Annotated[
        Span | None,
        describe_key(
            "In the place of `start`: the first and the last day that it may be on, where that is all that is known.",
            [date(2026, 3, 16), date(2026, 3, 20)],
            without="see [When](#when-an-event-is)",
        ),
    ] = None
    date_note: Annotated[
        Text | None,
        describe_key("Where the date comes from, if it was inferred.", 'The press release says only "in March".'),
    ] = None
    kind: Annotated[NonEmptyText | None, describe_key("What kind of event it is.", "concert", value="a kind")] = None
    topics: Annotated[Names, describe_key("What it is about.", ["music", "education"], value="a list of topics")] = (
        field(default_factory=list)
    )
    organizers: Annotated[Names, describe_key("Who holds it.", ["City of Torino"], value="a list of organizers")] = (
        field(default_factory=list)
    )
    people: Annotated[
        list[NonEmptyText | ParticipantTable],
        describe_type('a list of names and of tables such as { name = "…", role = "…" }'),
        describe_key(
            "Who takes part: names, and tables with a name and the role in this event.",
            ["Clara Schumann", {"name": "Camille Saint-Saëns", "role": "piano"}],
            value="a list of names and tables",
        ),
    ] = field(default_factory=list)
    description: Annotated[
        Text | None,
        describe_key("What there is to say about it, in one paragraph or more.", "With works by two composers."),
    ] = None
    url: Annotated[Url | None, describe_key("Its page on the web.", "https://opera.example/opening")] = None
    status: Annotated[
        Status,
        describe_type('"confirmed", "tentative" or "cancelled"'),
        describe_key(
            "Whether it happens; a cancelled event stays in the file, so that calendars hear of it.",
            "tentative",
            value='`"confirmed"`, `"tentative"` or `"cancelled"`',
            without='`"confirmed"`',
        ),
    ] = Status.CONFIRMED
    visibility: Annotated[
        Visibility,
        describe_type('"public" or "internal"'),
        describe_key(
            "Whether it is for all to see; `--public` leaves out what is internal, and calendars mark it as private.",
            "internal",
            value='`"public"` or `"internal"`',
            without='`"public"`',
        ),
    ] = Visibility.PUBLIC
    busy: Annotated[
        TrueOrFalse | None,
        describe_key(
            "Whether it takes all the time of those who take part, so that they can be nowhere else meanwhile.",
            example=False,
            without="yes, but not if it is of several whole days",
        ),
    ] = None
    sources: Annotated[
        Names,
        describe_key("Where the facts come from: keys of `[sources]`.", ["programme"], value="a list of sources"),
    ] = field(default_factory=list)
    revised: Annotated[
        Instant | None,
        describe_key(
            "When this event last changed, with an offset, where that is later than `revised` of the agenda.",
            datetime(2026, 1, 12, 9, tzinfo=UTC),
            without="that of `[agenda]`",
        ),
    ] = None
    uid: Annotated[
        Uid | None,
        describe_key(
            "Its UID in calendars, only where that must not be `id@namespace`: of an event that came from"
            " another calendar.",
            "4711@calendar.example",
            without="`id@namespace`",
        ),
    ] = None
    repeat: Annotated[
        RuleText | None,
        describe_key(
            "How it recurs from `start` on: a rule of iCalendar (RFC 5545, 3.3.10).",
            "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=6",
            without="it happens once",
        ),
    ] = None
    exceptions: Annotated[
        Days, describe_key("Days that `repeat` gives, but that are left out.", [date(2026, 2, 12)])
    ] = field(default_factory=list, name="except")


class FileTable(Table):
    """The whole file. A vocabulary that is None is open: any name will do."""

    agenda: Annotated[
        HeadTable,
        describe_key(
            "What holds for the whole programme: its title, its time zone, and how calendars know it.", value="[agenda]"
        ),
    ] = field(default_factory=HeadTable)
    cities: Annotated[
        dict[NonEmptyText, CityTable] | None,
        describe_key("The cities, by name; where they are declared, events may name no other.", value="[cities.NAME]"),
    ] = None
    venues: Annotated[
        dict[NonEmptyText, VenueTable] | None,
        describe_key(
            "The venues, by an id of your own; where they are declared, events may name no other.", value="[venues.ID]"
        ),
    ] = None
    people: Annotated[
        dict[NonEmptyText, PersonTable] | None,
        describe_key(
            "The people, by name; where they are declared, events may name nobody else.", value="[people.NAME]"
        ),
    ] = None
    organizers: Annotated[
        dict[NonEmptyText, TermTable] | None,
        describe_key(
            "The organizers, by name; where they are declared, events may name no other.", value="[organizers.NAME]"
        ),
    ] = None
    topics: Annotated[
        dict[NonEmptyText, TermTable] | None,
        describe_key("The topics, by name; where they are declared, events may name no other.", value="[topics.NAME]"),
    ] = None
    kinds: Annotated[
        dict[NonEmptyText, TermTable] | None,
        describe_key(
            "The kinds of event, by name; where they are declared, events may name no other.", value="[kinds.NAME]"
        ),
    ] = None
    sources: Annotated[
        dict[NonEmptyText, SourceTable] | None,
        describe_key(
            "Where facts come from, by an id of your own; where sources are declared, events may name no other.",
            value="[sources.ID]",
        ),
    ] = None
    travel: Annotated[
        list[TravelTable],
        describe_type("a list of tables, each under [[travel]]"),
        describe_key(
            "How long the way between two cities takes; each starts with a line `[[travel]]`.", value="[[travel]]"
        ),
    ] = field(default_factory=list)
    events: Annotated[
        list[EventTable],
        describe_type("a list of tables, each under [[events]]"),
        describe_key("The events, in any order; each starts with a line `[[events]]`.", value="[[events]]"),
    ] = field(default_factory=list)


def convert_tables(tables: dict[str, Any]) -> FileTable:
    """The file that plain tables hold; raises `msgspec.ValidationError` at the first value of a wrong shape."""
    return convert(tables, FileTable, dec_hook=_moment, builtin_types=_BUILTIN)


def convert_value(value: Any, annotation: Any) -> object:
    """The same for a single value of any type of this module."""
    return convert(value, annotation, dec_hook=_moment, builtin_types=_BUILTIN)


def _moment(kind: type, value: object) -> DateOrTime | DateOrTimeOrClock:
    if kind is DateOrTime and isinstance(value, date):
        return DateOrTime(value)
    if kind is DateOrTimeOrClock and isinstance(value, date | time):
        return DateOrTimeOrClock(value)
    raise ValueError("not a day or a time")
