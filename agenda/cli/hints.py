"""What is meant here by what people bring from other tools, for the messages of a command line that is wrong."""

from shlex import quote as quote_for_shell
from typing import Any

from agenda.errors import WordError
from agenda.text import one_line, quote, shorten

_OUTPUT_NAMES = {".ics": "--output", ".toml": "--data"}
"""How names of files end, and the options that take such a name."""


def explain_word(error: WordError, context: Any) -> str:
    """The message for a word that the command cannot take."""
    flags = {flag for parameter in context.command.params for flag in parameter.opts}
    for ending, flag in _OUTPUT_NAMES.items():
        if error.word.lower().endswith(ending) and flag in flags:
            typed = shorten(quote_for_shell(one_line(error.word)))
            return f"{quote(error.word)} is the name of a file; did you mean {flag} {typed}?"
    return str(error)
