"""The option that chooses the fields of events, apart from the other options, since it alone needs the records."""

from collections.abc import Sequence
from typing import Annotated, Any

from typer import Option

from agenda.cli.options import OUTPUT_PANEL, complete_with
from agenda.errors import UsageError
from agenda.formats import Format
from agenda.formats.records import CLOCK_FIELDS, DEFAULT_FIELDS, FIELDS
from agenda.text.safe import quote


def _fields_option(fields: Sequence[str], complete: str) -> Any:
    """`--fields` of a command whose events have these; `complete` is as for `complete_with`."""
    return Option(
        "--fields",
        metavar="NAMES",
        help=f"Which fields, with commas between them: {', '.join(fields)}.",
        rich_help_panel=OUTPUT_PANEL,
        autocompletion=complete_with(complete),
    )


FieldsOption = Annotated[list[str] | None, _fields_option(FIELDS, "fields")]
ClockFieldsOption = Annotated[list[str] | None, _fields_option((*FIELDS, *CLOCK_FIELDS), "clock_fields")]
"""The same for a command that asks the clock."""


def parse_fields(typed: Sequence[str] | None, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The fields that were typed, separated by commas; none where nothing was. `more` are those that the command has
    besides the `FIELDS` of all events.

    Raises UsageError where one is none of those.
    """
    if typed is None:
        return ()
    fields = (*FIELDS, *more)
    names = [name.strip().lower() for part in typed for name in part.split(",")]
    for name in names:
        if name in fields:
            continue
        if name in CLOCK_FIELDS:
            raise UsageError(f"--fields: {name} is told by the clock, so only `agenda next` has it")
        from agenda.text.nearest import suggest

        near = suggest(name, {field: field for field in fields}, "")
        valid = f"the fields are {', '.join(fields)}"
        raise UsageError(f"--fields: there is no field {quote(name)}; {near and f'{near} '}{valid}")
    return tuple(dict.fromkeys(names))


def add_people(fields: tuple[str, ...], format: Format) -> tuple[str, ...]:
    """The fields with `people` among them; an empty list stays empty for formats that tell all fields anyway, such as
    JSON.
    """
    if not fields and format in {Format.TABLE, Format.JSON, Format.JSONL}:
        return ()
    return tuple(dict.fromkeys((*(fields or DEFAULT_FIELDS), "people")))
