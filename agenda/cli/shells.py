"""How the values that complete a command line are written for a shell, so that it hands the program the value itself.

The scripts that ask for them are in `agenda.cli.completion_script`. A shell must never run a text from a file:

- bash puts what it gets into the line as it is, so each value is quoted here.
- zsh evaluates the answer twice, as a list between double quotation marks within apostrophes. `$`, a backtick, a colon
  and the quotation marks get what they need; a backslash could undo the next one, so what has one is never offered.
- fish quotes by itself.
- Other shells get only what needs no quotation.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from agenda.cli import COMPLETION_VARIABLE
from agenda.text.folding import fold
from agenda.text.safe import one_line

_PLAIN = re.compile(r"[\w%+,./-]+")

_ZSH = str.maketrans({'"': '\\"', "'": "'\\''", "$": "\\$", "`": "\\`", ":": "\\\\:"})
"""How zsh takes these in a text between double quotation marks that itself stands between apostrophes."""

_OPENED = re.compile(r"""(?:[^\\'"]|\\.|'[^']*'|"(?:\\.|[^\\"])*")*+(["'])""")
"""A word of bash up to a quotation mark that is not closed."""


class Candidate(NamedTuple):
    """A value to be offered: its text, its aliases, and a line that explains it."""

    value: str
    aliases: tuple[str, ...] = ()
    help: str = ""


class Offer(str):
    """A value, quoted for the shell that asks, and a line that explains it where that shell shows one."""

    __slots__ = ("help",)

    def __new__(cls, value: str, help: str = "") -> Self:
        """The value with that help."""
        offer = super().__new__(cls, value)
        offer.help = help
        return offer

    help: str

    def startswith(self, *_: Any) -> bool:
        """True: Typer leaves out what does not go on from what was typed, but aliases and quotation do not."""
        return True


def offer_name(choice: Candidate, typed: str, environment: Mapping[str, str]) -> Offer | None:
    """The choice as the shell that asks takes it; None where neither it nor an alias goes on from what was typed, or
    where the shell would not give it to the program as it is. Names compare as they are when the program reads them,
    without regard to case, accents and width.
    """
    if not any(fold(spelling).startswith(fold(typed)) for spelling in (choice.value, *choice.aliases)):
        return None
    value = choice.value if _shell(environment) == "bash" else _going_on(typed, (choice.value, *choice.aliases))
    return _quoted(value, choice.help, environment) if value else None


def offer_exact(choice: Candidate, typed: str, environment: Mapping[str, str]) -> Offer | None:
    """The choice as `offer_name` gives it, for a value that the program takes in one spelling only, e.g. an id."""
    goes_on = fold(choice.value).startswith(fold(typed))
    return _quoted(choice.value, choice.help, environment) if goes_on else None


def write_answer(shell: str, offers: Sequence[Offer], before: str, *, takes_file: bool) -> str:
    """What the script of that shell takes for an answer: the offers, each after what stands `before` it in its word."""
    match shell:
        case "zsh" if offers:
            values = (f'"{before}{_in_zsh(offer)}"' for offer in offers)
            return "_arguments '*: :((" + "\n".join(values) + "))'"
        case "zsh":
            return "compset -P '--*='; _files" if takes_file else ""
        case "fish":
            return "\n".join(f"{before}{offer}\t{offer.help}".rstrip() for offer in offers)
        case "powershell" | "pwsh":
            return "\n".join(f"{before}{offer}:::{offer.help or ' '}" for offer in offers)
    return "\n".join(f"{before}{offer}" for offer in offers)


def _in_zsh(offer: Offer) -> str:
    explained = f":{offer.help.translate(_ZSH)}" if offer.help else ""
    return offer.translate(_ZSH) + explained


def _shell(environment: Mapping[str, str]) -> str:
    return environment.get(COMPLETION_VARIABLE, "").rpartition("_")[2]


def _quoted(value: str, help: str, environment: Mapping[str, str]) -> Offer | None:
    """The value as the shell takes it; None where it has a control character or a backslash, which a shell may drop."""
    if value != one_line(value) or "\\" in value:
        return None
    known = one_line(help).replace("\\", "/")
    match _shell(environment):
        case "bash":
            return _in_bash(value, environment)
        case "fish" | "zsh":
            return Offer(value, known)
    return Offer(value) if _PLAIN.fullmatch(value) else None


def _going_on(typed: str, spellings: Sequence[str]) -> str | None:
    """The first spelling that goes on from what was typed, letter by letter, as all shells but bash require it;
    else one in another case or with other accents, which goes on from it and means the same.
    """
    others = [typed + spelling[len(typed) :] for spelling in spellings]
    same = [other for other, spelling in zip(others, spellings, strict=True) if fold(other) == fold(spelling)]
    return next((spelling for spelling in spellings if spelling.startswith(typed)), next(iter(same), None))


def _in_bash(value: str, environment: Mapping[str, str]) -> Offer | None:
    """The value as source text, since it goes into the line as it is: where a quotation is open, after its mark."""
    words = environment.get("COMP_WORDS", "").split("\n")
    number = int(environment.get("COMP_CWORD", "0"))
    opened = _OPENED.match(words[number] if number < len(words) else "")
    if opened is None:
        return Offer(re.sub(r"([^\w%+,./-])", r"\\\1", value))
    if opened.end() > 1:
        return None  # readline replaces only what follows the mark, and the rest would be there twice
    if opened[1] == "'":
        return Offer(value.replace("'", "'\\''"))
    # Readline closes no quotation with such a mark in it, and a backslash before ! would stay.
    return None if {'"', "!"} & set(value) else Offer(re.sub(r"([$`])", r"\\\1", value))
