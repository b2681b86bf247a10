"""The option of every command that gives data: as what."""

from typing import Annotated

from typer import Option

from agenda.formats import Format

TELLING = "What is told of them"
"""The group of them in the help."""


FormatOption = Annotated[
    Format | None,
    Option(
        "--format",
        "-f",
        case_sensitive=False,
        help="As what; without it, a table on a terminal and tsv in a pipe.",
        rich_help_panel=TELLING,
    ),
]
