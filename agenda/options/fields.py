"""The option that chooses the fields of events."""

from collections.abc import Sequence
from typing import Annotated

from typer import Option

from agenda.errors import UsageError
from agenda.formats.events import FIELDS
from agenda.options.completing import completed
from agenda.options.formats import TELLING
from agenda.text import quoted, suggestion

FieldsOption = Annotated[
    list[str] | None,
    Option(
        "--fields",
        metavar="NAMES",
        help=f"Which fields, with commas between them: {', '.join(FIELDS)}.",
        rich_help_panel=TELLING,
        autocompletion=completed("fields"),
    ),
]


def fields_of(typed: Sequence[str] | None) -> tuple[str, ...]:
    """The fields that were typed, separated by commas; none where nothing was.

    Raises UsageError where one is none of those that events have.
    """
    if typed is None:
        return ()
    names = [name.strip().lower() for part in typed for name in part.split(",")]
    for name in names:
        if name not in FIELDS:
            near = suggestion(name, {field: field for field in FIELDS}, "")
            valid = f"the fields are {', '.join(FIELDS)}"
            raise UsageError(f"--fields: there is no field {quoted(name)}; {near and f'{near} '}{valid}")
    return tuple(dict.fromkeys(names))
