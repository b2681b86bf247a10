"""`agenda schema`: the JSON Schema of agenda files, for editors."""

from agenda.agendafile import json_schema
from agenda.cli import output

EXAMPLES = (
    ("agenda schema > agenda.schema.json", "beside your file, for editors that complete and check TOML"),
    ("agenda schema | grep description", "what each key is for"),
)


def command() -> None:
    """Print the JSON Schema by which editors complete and check agenda files.

    Write it to agenda.schema.json beside your file, and start your file with the line `#:schema ./agenda.schema.json`.
    """
    output.write([json_schema.schema_text()])
