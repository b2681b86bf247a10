"""The page of the commands, made of their own help: `python tools/commands_page.py > docs/commands.md` writes it."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the commands beside this script, not those of another version

import typer

from agenda.cli.app import COMMANDS, app
from agenda.cli.help import OTHER_PANEL, make_manual
from agenda.text.sentences import join_words
from agenda.views.manual import Manual, Parameter, ParameterGroup

_SPECIAL = re.compile(r"[\\*_<>|\[\]]")
_CODE = re.compile(r"(`[^`]+`)")
_OPTION = re.compile(r"(`[^`]+`)|(?<![\w`-])(--?[a-z][\w-]*|\$[A-Z_]+)")
"""Code, whose options are in it already, or an option or variable in plain text."""

_INTRODUCTION = """\
What `agenda --help` and `agenda COMMAND --help` say, on one page. In the usage lines, what stands in brackets may be
left out, and what is followed by `...` may be given several times. The examples work as they stand;
`my-events.toml` and `calendar.ics` in them are files of your own.
"""
_SHARED = """\
## Options that commands share

Each command above says which of these it takes. Of the options that choose events, the same one given twice means
*or*, and different ones mean *and*. Names are compared without regard to case, accents and width, and by their
aliases. A DAY is written as `2025-09-30`, `2025-10` (the month), `"30 Sep"`, `"Sep 30 2025"` or `"30 settembre"`, or is
`today`, `tomorrow`, `yesterday`, `+3d` or `-1d`.
"""


def page(program: Manual, commands: Sequence[Manual]) -> Iterator[str]:
    """The whole page, part by part, each a paragraph, a heading, a table or a block of code."""
    yield "# The commands of agenda\n"
    yield _INTRODUCTION
    shared = _shared(commands)
    summaries = [summary for group in program.commands for summary in group.commands]
    yield from _description(program)
    yield _table(
        ("to", "command", "what it does"),
        [
            (group.title.lower() if not number else "", f"[`{name}`](#agenda-{name})", said)
            for group in program.commands
            for number, (name, said) in enumerate(group.commands)
        ],
    )
    yield from _examples(program)
    for group in program.groups:
        yield from _titled(group, level=0)
    for command, (name, _) in zip(commands, summaries, strict=True):
        yield f"## agenda {name}\n"
        yield from _description(command)
        yield from _examples(command)
        yield from _options(command, shared)
    yield _SHARED
    for group in shared:
        yield from _titled(group, level=3)


def _shared(commands: Sequence[Manual]) -> list[ParameterGroup]:
    """The groups of what more than one command has, and has in the same words; of an option that some have in other
    words, the row is that of most commands, and those others have their own.
    """
    everywhere = [(group.title, entry) for command in commands for group in command.groups for entry in group.entries]
    times = Counter(everywhere)
    usual: dict[tuple[str, ...], Parameter] = {}
    for (_, entry), _ in times.most_common():
        usual.setdefault(tuple(entry.flags) or (entry.metavar,), entry)
    titles = dict.fromkeys(title for title, entry in everywhere if times[title, entry] > 1 and title != OTHER_PANEL)
    return [
        ParameterGroup(
            name,
            [
                entry
                for title, entry in times
                if title == name and times[title, entry] > 1 and (not entry.flags or usual[tuple(entry.flags)] == entry)
            ],
        )
        for name in titles
    ]


def _description(manual: Manual) -> Iterator[str]:
    yield f"```text\n{manual.usage}\n```\n"
    for paragraph in manual.paragraphs:
        yield f"{_text(paragraph)}\n"


def _options(command: Manual, shared: Sequence[ParameterGroup]) -> Iterator[str]:
    """The tables of what only this command has, and where to read of the rest."""
    common = {group.title: group.entries for group in shared}
    elsewhere = []
    for group in command.groups:
        if group.title == OTHER_PANEL:  # how to get the help is told once, of the program
            continue
        known = common.get(group.title, [])
        own = [entry for entry in group.entries if entry not in known]
        if own:
            yield from _titled(ParameterGroup(group.title, own), level=0)
        taken = [entry for entry in group.entries if entry in known]
        if taken:
            link = f"[{group.title}](#{group.title.lower().replace(' ', '-')})"
            names = ", ".join(f"`{(entry.flags or (entry.metavar,))[-1]}`" for entry in taken)
            elsewhere.append(link if len(taken) == len(known) else f"{link} ({names})")
    if elsewhere:
        yield f"And the options that commands share: {join_words(elsewhere, 'and')}.\n"


def _titled(group: ParameterGroup, level: int) -> Iterator[str]:
    yield f"{'#' * level} {group.title}\n" if level else f"{group.title}:\n"
    yield _table(("option", "what it does"), [(_name(entry), " ".join(_said(entry))) for entry in group.entries])


def _name(entry: Parameter) -> str:
    *short, last = entry.flags or ("",)
    return ", ".join(f"`{flag}`" for flag in (*short, f"{last} {entry.metavar}".strip()))


def _said(entry: Parameter) -> Iterator[str]:
    yield _text(entry.text)
    if entry.choices:
        yield f"{'Values' if entry.choices[1:] else 'Value'}: {', '.join(f'`{choice}`' for choice in entry.choices)}."
    if entry.variable:
        yield f"Environment variable: `{entry.variable}`."
    if entry.default:
        yield f"Default: `{entry.default}`."


def _examples(manual: Manual) -> Iterator[str]:
    blocks = "\n".join(f"# {meaning}\n{line}\n" for line, meaning in manual.examples)
    yield f"```sh\n{blocks}```\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _text(text: str) -> str:
    """Text of the help as Markdown: its options and variables as code, what has a meaning in Markdown without it."""
    parts = _CODE.split(_OPTION.sub(lambda option: option[1] or f"`{option[2]}`", text))
    return "".join(part if part.startswith("`") else _SPECIAL.sub(r"\\\g<0>", part) for part in parts)


def manuals() -> tuple[Manual, list[Manual]]:
    """What is told of the program, and of each of its commands."""
    program = typer.main.get_command(app)
    context = typer.Context(program, info_name="agenda", **program.context_settings)
    commands = {name: program.get_command(context, name) for name in COMMANDS}  # type: ignore[attr-defined]
    contexts = {
        name: typer.Context(command, parent=context, info_name=name, **command.context_settings)
        for name, command in commands.items()
    }
    return make_manual(program, context), [make_manual(commands[name], contexts[name]) for name in COMMANDS]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    print("\n".join(page(*manuals())), end="")
