"""The help of a command, for people: in two columns, or one under the other where the terminal is narrow."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agenda.text.sentences import join_words
from agenda.views.styles import FAINT, HEADING, INDENT, NARROW, WIDEST

_NAME = "bold cyan"
_NO_SHORT_FLAG = "    "
"""Blanks in the place of `-c, `, so that long flags stand below each other."""

Examples = Sequence[tuple[str, str]]
"""Command lines, each with a few words on what it gives, without a full stop."""

Row = tuple[Text, Text]


class Parameter(Struct, frozen=True):
    """An option or an argument: its flags, the placeholder of its value, its help, its choices, the environment
    variable that sets it, and its default; empty where it has none.
    """

    flags: tuple[str, ...]
    metavar: str
    text: str
    choices: tuple[str, ...] = ()
    variable: str = ""
    default: str = ""

    @property
    def remarks(self) -> Iterator[str]:
        """The remarks that follow the text in parentheses."""
        if self.choices:
            yield join_words(self.choices)
        if self.variable:
            yield f"environment variable: {self.variable}"
        if self.default:
            yield f"default: {self.default}"


class ParameterGroup(Struct, frozen=True):
    """Options and arguments that belong together."""

    title: str
    entries: list[Parameter]


class CommandGroup(Struct, frozen=True):
    """Subcommands that belong together, each with its summary."""

    title: str
    commands: list[tuple[str, str]]


class Manual(Struct, frozen=True):
    """The help of a command. Its first paragraph is a summary; `commands` are its subcommands in groups; each of the
    `examples` is a command line with a sentence on what it does.
    """

    usage: str
    paragraphs: list[str]
    commands: list[CommandGroup]
    groups: list[ParameterGroup]
    examples: Examples


class ManualPage:
    """A manual, drawn."""

    def __init__(self, manual: Manual) -> None:
        self._manual = manual

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        manual = self._manual
        options = options.update(width=min(options.max_width, WIDEST))
        commands = [
            (group.title, [(_text(name, _NAME), _text(summary)) for name, summary in group.commands])
            for group in manual.commands
        ]
        command_names = max((name.cell_len for _, rows in commands for name, _ in rows), default=0)
        groups = [(group.title, [_row(entry) for entry in group.entries]) for group in manual.groups]
        names = max(name.cell_len for _, rows in groups for name, _ in rows)

        def parts() -> Iterable[Text | Table | Padding]:
            yield _text(f"Usage: {manual.usage}", HEADING)
            for paragraph in manual.paragraphs:
                yield Text()
                yield _text(paragraph)
            for title, rows in commands:
                yield Text()
                yield _text(title, HEADING)
                yield _beside(rows, command_names)
            for title, rows in groups:
                yield Text()
                yield _text(title, HEADING)
                yield from _under(rows) if options.max_width < NARROW else [_beside(rows, names)]
            yield Text()
            yield _text("Examples", HEADING)
            for line, meaning in manual.examples:
                yield Padding(_text(line, _NAME), (0, 0, 0, INDENT))
                yield Padding(_text(meaning, FAINT), (0, 0, 0, 3 * INDENT))

        for part in parts():
            yield from console.render(part, options)


def _text(text: str, style: str = "") -> Text:
    return Text(text, style, overflow="fold")


def _row(entry: Parameter) -> Row:
    *short, name = entry.flags or ("",)
    flags = f"{short[0]}, {name}" if short else f"{_NO_SHORT_FLAG}{name}" if name.startswith("--") else name
    text = _text(entry.text)
    for remark in entry.remarks:
        text.append(f" ({remark})", FAINT)
    return Text.assemble((flags, _NAME), " " if entry.flags and entry.metavar else "", entry.metavar), text


def _under(rows: Iterable[Row]) -> Iterable[Padding]:
    for name, text in rows:
        bare = Text.assemble(name)
        bare.overflow = "fold"
        if bare.plain.startswith(_NO_SHORT_FLAG):
            bare = bare[len(_NO_SHORT_FLAG) :]
        yield Padding(bare, (0, 0, 0, INDENT))
        yield Padding(text, (0, 0, 0, 3 * INDENT))


def _beside(rows: Iterable[Row], names: int) -> Padding:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=names)
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(name, text)
    return Padding(table, (0, 0, 0, INDENT))
