"""What completes a command line: from the words that a shell has so far to what may stand at the cursor."""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from agenda.cli import COMPLETION_VARIABLE
from agenda.cli.shells import Candidate, Offer, offer_exact, write_answer

_FILE = "FILE"
"""What the metavar of an option or argument that takes a file has in it."""

_MAX_HELP = 200
"""The most characters of a command's help."""


class Line(Struct, frozen=True):
    """A command line up to the cursor, after the name of the program."""

    words: Sequence[str]
    """The words that are typed whole, without their quotation."""
    typed: str
    """The start of the word at the cursor; of `--city=To` it is `To`, and `--city` is one of the words."""
    before: str = ""
    """What the shell has before `typed` in the same word, as in `--city=`."""


class Completion(Struct, frozen=True):
    """What may stand at the cursor."""

    offers: Sequence[Offer] = ()
    takes_file: bool = False
    """Whether the shell is to complete the name of a file, as it does by itself."""


def read_line(shell: str, environment: Mapping[str, str]) -> Line:
    """The line that the script of that shell hands over; raises KeyError where there is none."""
    if shell == "bash":
        pieces = environment["COMP_WORDS"].split("\n")[: int(environment["COMP_CWORD"]) + 1]
        joined = _join_options(pieces)
        words = [" ".join(_split(word)) for word in joined]
        kept_whole = joined[-1] == pieces[-1]
    else:
        text = environment["_TYPER_COMPLETE_ARGS"]
        words = _split(text)
        kept_whole = True
        if text[-1:].isspace() or not words:
            words.append("")
    *whole, typed = words[1:] or [""]
    name, sign, value = typed.partition("=")
    if not (sign and name.startswith("--")):
        return Line(whole, typed)
    return Line([*whole, name], value, name + sign if kept_whole else "")


def find_answer(group: Any, line: Line, environment: Mapping[str, str]) -> Completion:
    """What may stand at the cursor of that line, for Typer's group of commands."""
    context = group.make_context("agenda", [], resilient_parsing=True)
    place = next((number for number, word in enumerate(line.words) if not word.startswith("-")), None)
    if place is None:
        names = _option_names(context) if line.typed.startswith("-") else _command_names(context, line.typed)
        return _answer(names, line, environment)
    called: Sequence[str] = group.aliases.get(line.words[place], (line.words[place],))
    name, words = called[0], [*called[1:], *line.words[place + 1 :]]
    command = group.get_command(context, name)
    if command is None:
        return Completion()
    context = command.make_context(name, list(words), parent=context, resilient_parsing=True)
    if line.typed.startswith("-") and not line.before and "--" not in words:
        return _answer(_option_names(context), line, environment)
    parameter = _find_parameter(context, words)
    if parameter is None or (line.before and parameter.param_type_name == "argument"):
        return Completion()
    values = [item.value for item in parameter.shell_complete(context, line.typed)]
    offers = [value for value in values if isinstance(value, Offer)]
    plain = [Candidate(value) for value in values if not isinstance(value, Offer)]
    return Completion([*offers, *_answer(plain, line, environment).offers], _FILE in (parameter.metavar or ""))


def answer_shell(group: Any, environment: Mapping[str, str]) -> tuple[str, int]:
    """What a shell gets for what it asks by the environment, and the exit code that goes with it: 0, or 1 where the
    shell is to complete names of files. Raises KeyError where it asks for nothing that there is.
    """
    from agenda.cli.completion_script import SHELLS, make_script

    instruction, _, shell = environment[COMPLETION_VARIABLE].partition("_")
    if shell not in SHELLS:
        raise KeyError(shell)
    if instruction == "source":
        return make_script(shell), 0
    line = read_line(shell, environment)
    answer = find_answer(group, line, environment)
    text = write_answer(shell, answer.offers, line.before, takes_file=answer.takes_file)
    is_question = environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"  # fish asks for the code alone first
    return "" if is_question else f"{text}\n", int(answer.takes_file and not answer.offers)


def _split(text: str) -> list[str]:
    """The words of a text without their quotation; the last one may still be open."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quotation is still open
        words.append(lexer.token)
    return words


def _join_options(pieces: Iterable[str]) -> list[str]:
    """The words of bash, which takes `--city=To` for three."""
    words: list[str] = []
    for piece in pieces:
        last = words[-1] if words else ""
        if last.startswith("--") and (piece == "=" if "=" not in last else last.endswith("=")):
            words[-1] += piece
        else:
            words.append(piece)
    return words


def _answer(candidates: Iterable[Candidate], line: Line, environment: Mapping[str, str]) -> Completion:
    offers = (offer_exact(candidate, line.typed, environment) for candidate in candidates)
    return Completion([offer for offer in offers if offer is not None])


def _command_names(context: Any, typed: str) -> Iterator[Candidate]:
    group = context.command
    for name in group.list_commands(context):
        if name.startswith(typed):  # since each is imported for its help
            yield Candidate(name, help=group.get_command(context, name).get_short_help_str(_MAX_HELP))
    for name, words in group.aliases.items():
        if name.startswith(typed):
            yield Candidate(name, help=f"The same as agenda {' '.join(words)}.")


def _option_names(context: Any) -> Iterator[Candidate]:
    """The options that may still be given. Those for the help are a set in Typer, whose order changes."""
    for parameter in context.command.get_params(context):
        is_option = parameter.param_type_name == "option" and not parameter.hidden
        if is_option and (parameter.multiple or not _is_given(context, parameter)):
            is_help = set(parameter.opts) == set(context.help_option_names)
            names = context.help_option_names if is_help else [*parameter.opts, *parameter.secondary_opts]
            yield from (Candidate(name, help=parameter.help or "") for name in names)


def _find_parameter(context: Any, words: Sequence[str]) -> Any | None:
    """The option whose value comes after these words, else the first argument that takes one more, if there is any."""
    parameters = context.command.get_params(context)
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    for option in options:
        if words and words[-1] in option.opts and not option.is_flag:
            return option
    return next((each for each in arguments if each.nargs == -1 or not _is_given(context, each)), None)


def _is_given(context: Any, parameter: Any) -> bool:
    source = context.get_parameter_source(parameter.name)
    return source is not None and source.name == "COMMANDLINE"
