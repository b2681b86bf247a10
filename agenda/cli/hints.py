"""What to type in the place of a command line that is wrong, for its message; imported only for that message."""

import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import takewhile
from shlex import join
from typing import Any
from zoneinfo import available_timezones

from agenda.cli.borrowed import COMMAND_LINES, COMMAND_SENTENCES, OPTIONS, VALUES
from agenda.errors import AgendaError, WordError
from agenda.text.nearest import MIN_LIKENESS
from agenda.text.safe import one_line, shorten
from agenda.text.sentences import join_words

_MAX_CHARACTERS = 500
"""The length at which a message of Typer is cut: it quotes what was typed, and lists what would be right."""
_MIN_PREFIX_CHARACTERS = 4
_MAX_LINE_CHARACTERS = 120
_NOT_A_CHOICE = re.compile("'(.*)' is not one of ", re.DOTALL)
_NOT_IN_RANGE = re.compile("(.*) is not (?:in the range|a valid int) ?", re.DOTALL)
_NAME = "its name here is "
_ONE_DAY = re.compile("-[0-9]{1,4}[dw]")
_SHIFT = re.compile("-[0-9]+ *[dhm][a-z]*([0-9]+ *m[a-z]*)?")
_SPAN = "A..B"
"""What stands for the value of an option that takes two days."""
_NOTHING = "in at the a for and or & of di del dei ad il lo la i gli le nel nella per e ed o と の"
"""Words between others that stand for nothing here."""
_ALL = frozenset({"all", "everything", "events", "tutto", "tutti", "tutte", "eventi", "*"})
"""Words for what is had without any."""


def explain_error(error: Any, arguments: Sequence[str]) -> str:
    """The message for an error of Typer in a command line of these arguments."""
    context = getattr(error, "ctx", None)
    if context is None:
        return _plain(error)
    if hasattr(error, "possibilities"):
        hint = _option_hint(error.option_name, context, arguments)
        return f"{shorten(error.message, _MAX_CHARACTERS)}{hint and f'; {hint}'}"
    parameter = getattr(error, "param", None)
    if parameter is not None and (match := _NOT_A_CHOICE.match(error.message)):
        hint = _value_hint(parameter, match[1])
        return f"{_plain(error).removesuffix('.')}{hint and f'; {hint}'}"
    if parameter is not None and hasattr(parameter.type, "min") and (match := _NOT_IN_RANGE.match(error.message)):
        error.message = f"{match[1]} is no whole number {_range(parameter.type)}"
        return _plain(error)
    if parameter is not None and parameter.param_type_name == "argument" and context.command.examples:
        return f"{_plain(error).removesuffix('.')}; for example `{context.command.examples[0][0]}`"
    if error.message.startswith("Got unexpected extra argument"):
        hint = _extra_hint(context, arguments, error.message.partition("(s) (")[2].removesuffix(")"))
        return f"{_plain(error)}{hint and f'; {hint}'}"
    return _plain(error)


def _range(numbers: Any) -> str:
    """The numbers that an option takes, in words: `from 5 to 60`."""
    return f"from {numbers.min} to {numbers.max}" if numbers.max is not None else f"from {numbers.min} on"


def _plain(error: Any) -> str:
    return shorten(error.format_message(), _MAX_CHARACTERS)


def explain_command(name: str, rest: Sequence[str], commands: Iterable[str]) -> str:
    """The message for a command that there is none of, with these arguments after it."""
    typed = name.lower()
    problem = f"No such command '{shorten(name)}'"
    if typed in COMMAND_LINES:
        template = COMMAND_LINES[typed]
        needs_value = not rest and template.removesuffix(" {}").split()[-1].startswith("--") and "{}" in template
        return f"{problem}; try {_line(template.replace('{}', '…') if needs_value else template, rest)}"
    if typed in COMMAND_SENTENCES:
        return f"{problem}; {COMMAND_SENTENCES[typed]}"
    if template := _command_for(name, rest):
        return f"{problem}; try {_line(template, [name, *rest])}"
    if near := _near(typed, commands):
        return f"{problem}; did you mean {join_words(repr(command) for command in near)}?"
    if typed.endswith(".toml"):
        return f"{problem}; try {_line('agenda list --data {}', [name, *rest])}"
    if typed.endswith((".ics", ".xml", ".csv")):
        return f"{problem}; try {_line('agenda import {}', [name, *rest])}"
    return f"{problem}."


def _command_for(name: str, rest: Sequence[str]) -> str:
    """The command that takes these words: an id, or what chooses events; empty where none does."""
    from agenda.agendafile.load import load
    from agenda.cli.options import SelectionOptions, split_variable
    from agenda.cli.parse import read_words

    words = [name, *takewhile(lambda word: not word.startswith("-"), rest)]
    try:
        agenda = load(*split_variable(os.environ.get("AGENDA_DATA", "")))
        if any(event.id == name for event in agenda.events):
            return "agenda show {}"
        read_words(SelectionOptions(words=words), agenda)
    except AgendaError:
        return ""
    return "agenda list {}"


def explain_word(error: WordError, context: Any) -> str:
    """The message for a word that the command cannot take."""
    right = _word_hint(error.word, context) if error.advice else ""
    return f"{error.problem}; {right}" if right else str(error)


def _word_hint(word: str, context: Any) -> str:
    """What is right in the place of a word; empty where nothing is known of it."""
    return _file_hint(word, context) or _phrase_hint(word, context) or _choice_hint(word, context)


def _file_hint(word: str, context: Any) -> str:
    """What is right in the place of the name of a file, or of an address."""
    flags, typed = _flags(context.command), word.lower()
    if typed.startswith(("http://", "https://", "caldav://")):
        return f"`agenda push {shorten(one_line(word))}` puts events there"
    if typed.endswith(".ics"):
        return f"did you mean {_line('--output {}' if '--output' in flags else 'agenda import {}', [word])}?"
    if typed.endswith(".toml"):
        return f"did you mean {_line('--data {}', [word])}?"
    return ""


def _phrase_hint(word: str, context: Any) -> str:
    """What is right in the place of a word that chooses nothing."""
    path, typed = context.command_path, word.lower()
    if typed == "help":
        return f"`{path} --help` is the help"
    if typed in _ALL:
        return f"`{path}` without it takes all events"
    if typed in context.find_root().command.commands:
        return f"`agenda {typed}` is a command of its own"
    if typed in _NOTHING.split():
        return "leave it out"
    return ""


def _choice_hint(word: str, context: Any) -> str:
    """What is right in the place of the value, or the name, of an option."""
    flags, typed = _flags(context.command), word.lower()
    for parameter in context.command.params:
        choices = [str(getattr(choice, "value", choice)) for choice in getattr(parameter.type, "choices", ())]
        if typed in choices:
            return f"did you mean {parameter.opts[0]} {typed}?"
    for name in ("by", "format"):
        if f"--{name}" in flags and (hint := VALUES[name].get(typed)):
            return f"did you mean --{name} {hint.removeprefix(_NAME)}?" if hint.startswith(_NAME) else hint
    if f"--{typed}" in flags:
        return f"did you mean --{typed}?"
    if f"--{word}" in OPTIONS and (hint := _borrowed_hint(f"--{word}", "", flags, context.command)):
        return hint
    if "/" in word and any(typed == zone.lower() for zone in available_timezones()):
        return f"did you mean --tz {shorten(one_line(word))}?"
    return ""


def _option_hint(option: str, context: Any, arguments: Sequence[str]) -> str:
    """What is right in the place of an option that the command does not have; empty where nothing is known of it."""
    group = context.find_root().command
    flags = _flags(context.command)
    if context.parent is None:
        called = {*group.commands, *group.aliases}
        place = next((place for place, word in enumerate(arguments) if word in called), None)
        if place is not None:
            moved = [arguments[place], *arguments[place + 1 :], *arguments[:place]]
            return f"options come after the command: {_line('agenda {}', moved)}"
        if option in _flags(group.commands["list"]):
            return f"options come after a command: {_line('agenda list {}', arguments)}"
        flags |= _flags(group.commands["list"]) if option in OPTIONS else set()
    typed, value = _typed_option(option, arguments)
    if typed.startswith("-") and not typed.startswith("--") and f"-{typed}" in flags:
        return f"did you mean -{typed}?"
    if context.command.name == "move" and (shift := next(filter(_SHIFT.fullmatch, arguments), "")):
        return f"did you mean --by {shift}?"
    if _ONE_DAY.fullmatch(typed) and "--on" in flags:
        return f"did you mean --on {typed}?"
    if hint := _borrowed_hint(typed if typed in OPTIONS else option, value, flags, context.command):
        return hint
    others = [name for name in group.commands if option in _flags(group.commands[name])]
    if others and context.parent is not None:
        have = "has" if len(others) == 1 else "have"
        return f"{join_words((f'`agenda {name}`' for name in others[:3]), 'and')} {have} it"
    if option in OPTIONS:  # and what it means is not to be had in this command
        return ""
    near = [f"--{name}" for name in _near(option.lstrip("-"), [flag[2:] for flag in flags if flag.startswith("--")])]
    return f"did you mean {join_words(near)}?" if near else ""


def _borrowed_hint(option: str, value: str, flags: set[str], command: Any) -> str:
    """What stands in the table of borrowed words for an option and its value, as far as the command has it; `flags` may
    have others, which are right elsewhere.
    """
    name = option.lstrip("-")
    if value.lower().endswith(".ics") and "--output" in flags:
        return f"did you mean {_line('--output {}', [value])}?"
    if option == "--in" and value[:1].isdigit():
        return "days from today are --on today..+3d; `agenda next --fields starts_in,title` tells minutes"
    for text in OPTIONS.get(option, ()):
        flag, *of_flag = text.split()
        if flag in flags and not (of_flag == ["{name}"] and name not in _choices(command, flag, name)):
            shown = shorten(one_line(join([value]))) if value else ""
            right = text.replace("{value or name}", shown or name).replace("{name}", name).replace("{}", shown)
            return f"did you mean {right.strip()}?"
        if not text.startswith("-"):
            return text.replace("{name}", name).replace("{}", shorten(one_line(value)) or "…")
    return ""


def _choices(command: Any, flag: str, otherwise: str) -> Sequence[str]:
    """The values that an option of the command may have; `otherwise` alone where that is not limited."""
    options = (parameter for parameter in command.params if flag in parameter.opts)
    types = [choices for option in options if (choices := getattr(option.type, "choices", ()))]
    return [str(getattr(choice, "value", choice)) for choice in types[0]] if types else [otherwise]


def _typed_option(option: str, arguments: Sequence[str]) -> tuple[str, str]:
    """The word of the command line that has the option, without a value, and the value that was typed with it."""
    for place, word in enumerate(arguments):
        name, sign, value = word.partition("=")
        if name == option or (len(option) == 2 and word.startswith(option) and not word.startswith("--")):  # noqa: PLR2004
            after = arguments[place + 1] if place + 1 < len(arguments) else ""
            return name, value if sign else "" if after.startswith("-") else after
    return option, ""


def _value_hint(parameter: Any, value: str) -> str:
    """What is right in the place of a value that is none of an option's choices."""
    choices = [str(getattr(choice, "value", choice)) for choice in parameter.type.choices]
    several = [piece.strip().lower() for piece in value.split(",")]
    if parameter.multiple and several[1:] and set(several) <= set(choices):
        return f"give each by itself: {' '.join(f'{parameter.opts[0]} {piece}' for piece in several)}"
    hint = VALUES.get(parameter.name, {}).get(value.lower(), "")
    name = hint.removeprefix(_NAME)
    if hint and (name == hint or name in choices):
        return hint
    near = _near(value.lower(), choices)
    return f"did you mean {join_words(near)}?" if near else ""


def _extra_hint(context: Any, arguments: Sequence[str], extras: str) -> str:
    """What is right where a command that takes no words, or fewer of them, got these."""
    extra = next((word for word in arguments if f"{extras} ".startswith(f"{word} ")), "")
    for option, value, word in zip(arguments, arguments[1:], arguments[2:], strict=False):
        if option in _flags(context.command) and word == extra and not value.startswith("-"):
            return _joined_hint(context.command, option, value, word)
    one = [parameter.metavar for parameter in context.command.params if parameter.param_type_name == "argument"]
    return f"`{context.command_path}` takes one {one[0].strip('[]')}" if one else f"`{context.command_path}` takes none"


def _joined_hint(command: Any, option: str, value: str, word: str) -> str:
    """How the value of an option is typed together with the word after it, as the two are one value."""
    from agenda.typed_days.clock import is_day

    takes_span = any(option in parameter.opts and parameter.metavar == _SPAN for parameter in command.params)
    if takes_span and is_day(value) and is_day(word) and ".." not in f"{value}{word}":
        return f'two days are typed as {_SPAN}: {option} "{shorten(f"{value}..{word}")}"'
    return f'what has spaces needs quotation marks: {option} "{shorten(f"{value} {word}")}"'


def _near(typed: str, names: Iterable[str]) -> list[str]:
    """The names that are spelt nearly as that, or that it is the beginning of."""
    known = list(names)
    begun = [name for name in known if len(typed) >= _MIN_PREFIX_CHARACTERS and name.startswith(typed)]
    return list(dict.fromkeys([*begun, *get_close_matches(typed, known, n=2, cutoff=MIN_LIKENESS)]))[:3]


def _flags(command: Any) -> set[str]:
    return {flag for parameter in command.params if parameter.param_type_name == "option" for flag in parameter.opts}


def _line(template: str, words: Sequence[str]) -> str:
    """A command line for a message, with the words in the place of `{}`."""
    line = template.replace("{}", one_line(join(words))).strip()
    return f"`{shorten(line, _MAX_LINE_CHARACTERS)}`"
