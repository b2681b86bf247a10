"""The option that chooses the fields of events, apart from the other options, since it alone needs the records."""

from collections.abc import Sequence
from typing import Annotated

from typer import Option

from agenda.cli.options import OUTPUT_PANEL, complete_with
from agenda.errors import UsageError
from agenda.formats.records import FIELDS
from agenda.text import quote, suggest

FieldsOption = Annotated[
    list[str] | None,
    Option(
        "--fields",
        metavar="NAMES",
        help=f"Which fields, with commas between them: {', '.join(FIELDS)}.",
        rich_help_panel=OUTPUT_PANEL,
        autocompletion=complete_with("fields"),
    ),
]


def parse_fields(typed: Sequence[str] | None) -> tuple[str, ...]:
    """The fields that were typed, separated by commas; none where nothing was.

    Raises UsageError where one is none of those that events have.
    """
    if typed is None:
        return ()
    names = [name.strip().lower() for part in typed for name in part.split(",")]
    for name in names:
        if name not in FIELDS:
            near = suggest(name, {field: field for field in FIELDS}, "")
            valid = f"the fields are {', '.join(FIELDS)}"
            raise UsageError(f"--fields: there is no field {quote(name)}; {near and f'{near} '}{valid}")
    return tuple(dict.fromkeys(names))
