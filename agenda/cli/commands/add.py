"""`agenda add`: an event more."""

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from agenda.agendafile.event_order import EventOrder
from agenda.agendafile.write import write_cities
from agenda.cli import output
from agenda.cli.assignments import start_on_its_day
from agenda.cli.changes import CHANGE_PANEL, DeclareOption, EditedFile, EventChangeOptions
from agenda.cli.declared_names import use_known_names
from agenda.cli.event_keys import LISTS, read_value
from agenda.cli.options import complete_with, with_options
from agenda.cli.parse import make_edit_clock
from agenda.errors import FileError, UsageError
from agenda.text.folding import hyphenate
from agenda.text.safe import quote

if TYPE_CHECKING:
    from agenda.agendafile.edit import Editor

EXAMPLES = (
    (
        'agenda add "Farewell dinner" --start "3 Oct 19:30" --city Osaka --data my-events.toml',
        "add an event; its id is printed",
    ),
    (
        'agenda add "Press call" --between 2025-09-28..2025-09-30 --declare --dry-run --data my-events.toml',
        "what would be written",
    ),
)

_MAX_ID_CHARACTERS = 40


def _key_option(*flags: str, metavar: str, help: str, complete: str = "") -> Any:
    """An option for a key; `complete` names the values that complete it, as `complete_with` takes them."""
    return Option(
        *flags,
        metavar=metavar,
        help=help,
        rich_help_panel=CHANGE_PANEL,
        autocompletion=complete_with(complete) if complete else None,
    )


@with_options(EventChangeOptions)
def command(
    options: EventChangeOptions,
    title: Annotated[str, Argument(metavar="TITLE", help="What it is called.", rich_help_panel=CHANGE_PANEL)],
    start: Annotated[
        str | None,
        _key_option(
            "--start", metavar="WHEN", help='When it starts, as in "1 Oct 19:30" or tomorrow.', complete="days"
        ),
    ] = None,
    end: Annotated[str | None, _key_option("--end", metavar="WHEN", help="When it ends, as in 21:00.")] = None,
    between: Annotated[
        str | None, _key_option("--between", metavar="A..B", help="The days between which it lies.")
    ] = None,
    date_note: Annotated[
        str | None, _key_option("--date-note", metavar="TEXT", help="What is to be said of its date.")
    ] = None,
    city: Annotated[
        list[str] | None,
        _key_option("--city", "-c", metavar="CITY", help="Its city; given again, several.", complete="cities"),
    ] = None,
    venue: Annotated[str | None, _key_option("--venue", metavar="VENUE", help="The id of its venue.")] = None,
    room: Annotated[str | None, _key_option("--room", metavar="ROOM", help="Its room.", complete="rooms")] = None,
    kind: Annotated[str | None, _key_option("--kind", "-k", metavar="KIND", help="Its kind.", complete="kinds")] = None,
    topics: Annotated[
        list[str] | None,
        _key_option("--topic", "-t", metavar="TOPIC", help="A topic; given again, several.", complete="topics"),
    ] = None,
    organizers: Annotated[
        list[str] | None, _key_option("--organizer", metavar="NAME", help="Who organizes it.", complete="parties")
    ] = None,
    people: Annotated[
        list[str] | None,
        _key_option("--person", "-p", metavar="NAME[=ROLE]", help="Who takes part, and as what.", complete="parties"),
    ] = None,
    description: Annotated[str | None, _key_option("--description", metavar="TEXT", help="What it is about.")] = None,
    url: Annotated[str | None, _key_option("--url", metavar="ADDRESS", help="Its page on the web.")] = None,
    status: Annotated[
        str | None, _key_option("--status", metavar="STATUS", help="confirmed, tentative or cancelled.")
    ] = None,
    visibility: Annotated[str | None, _key_option("--visibility", metavar="WHO", help="public or internal.")] = None,
    busy: Annotated[
        str | None, _key_option("--busy", metavar="BOOL", help="Whether it takes all the time of its people.")
    ] = None,
    sources: Annotated[
        list[str] | None, _key_option("--source", metavar="ID", help="Where this is known from.")
    ] = None,
    uid: Annotated[str | None, _key_option("--uid", metavar="UID", help="Its UID in calendars.")] = None,
    repeat: Annotated[
        str | None, _key_option("--repeat", metavar="RULE", help="How it recurs, as in FREQ=WEEKLY;COUNT=4.")
    ] = None,
    exceptions: Annotated[
        list[str] | None, _key_option("--except", metavar="DAY", help="A day on which it does not recur.")
    ] = None,
    event_id: Annotated[
        str | None, _key_option("--id", metavar="ID", help="Its id; without it, one is made of the title.")
    ] = None,
    declare: DeclareOption = False,
) -> None:
    """Add an event and print its id.

    The event stands by its date if the events of the file are in that order, else at the end.
    """
    file = EditedFile(options)
    typed: dict[str, Any] = {
        "city": city, "venue": venue, "room": room, "start": start, "end": end, "between": between,
        "date_note": date_note, "kind": kind, "topics": topics, "organizers": organizers, "people": people,
        "description": description, "url": url, "status": status, "visibility": visibility, "busy": busy,
        "sources": sources, "uid": uid, "repeat": repeat, "except": exceptions,
    }  # fmt: skip
    event: dict[str, Any] = {"id": _make_id(file.editor, title, event_id), "title": title}
    clock = make_edit_clock(file.editor.agenda, file.now.date())
    for key, values in typed.items():
        if values == "" or (isinstance(values, list) and "" in values):
            raise UsageError(f"{key} is empty; give it a value, or leave it out")
        if values:
            read = [read_value(key, value, clock) for value in ([values] if isinstance(values, str) else values)]
            if key == "city":
                event[key] = write_cities(read)
            else:
                event[key] = read if key in LISTS else read[0]
    event |= {key: start_on_its_day(key, event[key], {}) for key in ("start",) if key in event}
    event = use_known_names(file, event, {}, declare=declare)
    file.add_event(event, EventOrder(file.editor.tables.get("events", [])).find_next(event), options)
    file.save()
    if options.dry_run:
        return
    try:
        output.write([f"{event['id']}\n"])
    except FileError as error:  # whoever runs it again would have the event twice
        raise FileError(f"{error}; the event is in the file all the same, as {quote(event['id'])}") from None


def _make_id(editor: "Editor", title: str, wanted: str | None) -> str:
    """The id that is asked for, else one made of the title; UsageError where there is none, or it is taken."""
    taken = {event.id for event in editor.agenda.events}
    if wanted is not None:
        if wanted in taken:
            raise UsageError(f"--id: {quote(wanted)} is taken; every event needs an id of its own")
        return wanted
    stem = hyphenate(title)[:_MAX_ID_CHARACTERS].strip("-")
    if not stem:
        raise UsageError(f"no id can be made of {quote(title)}; name one by --id, e.g. --id farewell-dinner")
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2)))
    return next(name for name in names if name not in taken)
