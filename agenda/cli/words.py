"""Words without an option, read as the values of the options that they stand for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from agenda.cli.meant_names import find_meant, shell_argument
from agenda.cli.options import SelectionOptions
from agenda.errors import MoreThanDayError, NoDayError, UsageError, WordError
from agenda.model import Agenda, Named
from agenda.text.folding import fold
from agenda.text.nearest import MIN_LIKENESS, find_nearest
from agenda.text.safe import quote, shorten
from agenda.text.sentences import join_words
from agenda.typed_days.clock import Clock, is_day
from agenda.typed_days.times_of_day import is_time_of_day
from agenda.wording.english import MONTH_NAMES, WEEKDAY_NAMES

ValueTest = Callable[[str], bool]
"""Whether a text is a value of an option."""

_MAX_JOINED = 8
"""Words that may be one thing together, as in `tra il 30 settembre e il 2 ottobre`."""
_NOUNS = {
    "id": "id",
    "number": "number",
    "by": "grouping",
    "city": "city",
    "on": "day",
    "month": "month",
    "topic": "topic",
}
_MAX_SUGGESTIONS = 4
_MAX_TRIED_WORDS = 4
"""Words that are read together as a day, to tell what is wrong with them."""
_MAX_AROUND = 3
"""Words on each side of a place that are looked at together, as in `30 settembre e 1 ottobre`."""
_DAYS_IN_WORDS = ("today", "tomorrow", "yesterday", "week", "weekend", *WEEKDAY_NAMES, *MONTH_NAMES)
_DAYS = ("on", "month")
_NAMES = ("city", "topic", "by", "id")
_AND_WITH = re.compile(r"(?:and|with|&|e|con) (.+)")


def is_readable(read: Callable[[str], object]) -> ValueTest:
    """Whether `read` takes a text, rather than raise UsageError."""

    def reads(text: str) -> bool:
        try:
            read(text)
        except UsageError:
            return False
        return True

    return reads


def place_words(
    options: SelectionOptions, agenda: Agenda, clock: Clock, own: Mapping[str, ValueTest]
) -> tuple[SelectionOptions, dict[str, list[str]]]:
    """The options with each of their words in the option that it stands for, and the words for the command's `own`
    options, e.g. `{"by": ["city"]}`. A `month` is taken in the place of a day; an `id` is one before it is all else,
    and what is nothing may be an id that is misspelt.

    Raises WordError where a word stands for nothing, or for several things.
    """
    words = options.words or ()
    fields = _fields(agenda)
    _check_quotation(options, words, fields)
    if "number" in own:
        _check_next(words, clock)
    kinds_of_word = ("city", "topic") if "month" in own else ("city", "on", "topic")
    tests = dict(own) | {field: fields[field][1] for field in kinds_of_word}
    values, left = _deal(words, tests)
    if left and not ("id" in own and _are_ids(left, agenda)):
        _check_left(left, options, agenda, clock=clock, tests=tests)
    values.setdefault("id", []).extend(left)
    days = values.get("on", [])
    if days and (several := [*(options.on or ()), *days])[1:]:
        both = join_words(map(quote, several), "and")
        raise WordError(days[-1], f"{both} are several days; name one, or a span of them as A..B")
    if days:
        try:
            clock.period(days[0])
        except UsageError as error:  # that of a year that is lacking, say: no option was typed that it could name
            raise WordError(days[0], str(error)) from None
    placed = {field: [*(getattr(options, field) or ()), *values.pop(field, ())] or None for field in kinds_of_word}
    return replace(options, words=None, **placed), values


def _check_left(
    left: Sequence[str], options: SelectionOptions, agenda: Agenda, *, clock: Clock, tests: Mapping[str, ValueTest]
) -> None:
    """Raise WordError for the words that are `left`, being values of no option, unless they may be misspelt ids."""
    words = options.words or ()
    word, meant = next(
        (
            (text, meant)
            for text in (" ".join(left), left[0])
            if (meant := list(dict.fromkeys(_suggestions(text, agenda, options)))[:_MAX_SUGGESTIONS])
        ),
        (left[0], list(_suggested_names(left[0], agenda))),
    )
    if meant or "id" not in tests:
        nouns = [_NOUNS[option] for option in tests]
        place = words.index(left[0])
        before = [*(options.on or ())[-1:], *words[:place]]
        if problem := _problem_around(before, words[place:], clock.period):
            raise WordError(word, problem)
        # such as `next Friday`, of which Friday alone is a day
        problems = _day_problems(words[place:], clock.month if "month" in tests else clock.period)
        raise _unknown_word(word, nouns, problems, meant)
    if len(left) == 1 and left[0].strip():
        raise WordError(left[0], f"no event has the id {quote(left[0])}", "`agenda list` shows the ids")


def _fields(agenda: Agenda) -> dict[str, tuple[str, ValueTest]]:
    """The flag of each field of the options whose values can be told from all else, and what it takes."""
    return {
        "city": ("--city", _known_names(agenda.cities)),
        "topic": ("--topic", _known_names(agenda.topics)),
        "kind": ("--kind", _known_names(agenda.kinds)),
        "on": ("--on", is_day),
        "since": ("--from", is_day),
        "until": ("--to", is_day),
    }


def _are_ids(words: Sequence[str], agenda: Agenda) -> bool:
    """Whether each word is an id of an event in another case, or likelier a misspelt id than anything else."""
    known = {fold(event.id) for event in agenda.events}
    return all(fold(word) in known or (_is_like_an_id(word) and find_nearest(word, known)) for word in words)


def _is_like_an_id(word: str) -> bool:
    return word[-1:].isalnum() and "." not in word and "/" not in word


def _known_names(entries: Iterable[Named]) -> ValueTest:
    names = {fold(spelling) for spelling in _spellings(entries)}
    return lambda text: fold(text) in names


def _deal(words: Sequence[str], tests: Mapping[str, ValueTest]) -> tuple[dict[str, list[str]], list[str]]:
    """The values for each option that words stand for, and the words that stand for none.

    Of the words from any on, as many as possible are one value, e.g. `30 Sep`.
    """
    values: dict[str, list[str]] = {}
    left: list[str] = []
    start = 0
    while start < len(words):
        option, size = _longest_value(words[start : start + _MAX_JOINED], tests)
        if option:
            values.setdefault(option, []).append(" ".join(words[start : start + size]))
        else:
            left.append(words[start])
        start += size
    return values, left


def _longest_value(words: Sequence[str], tests: Mapping[str, ValueTest]) -> tuple[str | None, int]:
    """The option that as many of these words as possible are a value of together, and how many; None where the first
    one is a value of none. Raises WordError where they are values of several options.
    """
    if "id" in tests and tests["id"](words[0]):
        return "id", 1
    for size in range(len(words), 0, -1):
        text = " ".join(words[:size])
        options = [option for option, takes in tests.items() if option not in _DAYS and takes(text)]
        if _may_be_days(text) if options else not any(_is_named(word, tests) for word in words[:size]):
            options += [option for option in _DAYS if option in tests and tests[option](text)]
        if options[1:]:
            ways = join_words(f"--{option} {shell_argument(text)}" for option in options)
            raise WordError(text, f"{quote(text)} may be several things; say which: {ways}")
        if options:
            return options[0], size
    return None, 1


def _check_next(words: Sequence[str], clock: Clock) -> None:
    """Raise WordError where the words after the command `next` are meant as a period with it: `agenda next week`."""
    takes = is_readable(clock.period)
    for text in (" ".join(words[:size]) for size in range(min(_MAX_JOINED, len(words)), 0, -1)):
        if takes(f"next {text}"):
            raise WordError(text, f'those days are `agenda list "next {text}"`; `agenda next` tells what comes next')


def _is_named(word: str, tests: Mapping[str, ValueTest]) -> bool:
    """Whether a word is a name by itself, and so no part of a day: to read days takes longer than all else."""
    return any(option in tests and tests[option](word) for option in _NAMES) and not _may_be_days(word)


def _may_be_days(text: str) -> bool:
    """Whether a name is near enough to a day to be read as one, such as May."""
    return fold(text)[:3] in {name[:3].lower() for name in _DAYS_IN_WORDS} or any(map(str.isdigit, text))


def _spans(words: Sequence[str]) -> Iterator[str]:
    """Words that follow each other, as one text; from each word on, the longest first."""
    for start in range(len(words)):
        for size in range(min(_MAX_JOINED, len(words) - start), 0, -1):
            yield " ".join(words[start : start + size])


def _check_quotation(
    options: SelectionOptions, words: Sequence[str], fields: Mapping[str, tuple[str, ValueTest]]
) -> None:
    """Raise WordError where the value of an option is none, and is one together with words: `--on 30 Sep`."""
    for field, (flag, takes) in fields.items():
        wrong = [value for value in getattr(options, field) or () if not takes(value)]
        for text in (f"{value} {span}".rstrip(",;") for value in wrong for span in _spans(words)):
            if takes(text):
                raise WordError(text, f'what has spaces needs quotation marks: {flag} "{shorten(text)}"')


def _unknown_word(word: str, nouns: Sequence[str], problems: Sequence[UsageError], meant: Sequence[str]) -> WordError:
    """The error for a word that is none of those nouns: what is wrong with it as a day, where it looks like one, else
    what it may have been `meant` for.
    """
    if problems and (any(character.isdigit() for character in word) or not isinstance(problems[0], NoDayError)):
        return WordError(word, str(problems[0]))
    search = f"--search {shell_argument(word)} looks into all texts" if word.strip() else "name one"
    right = f"did you mean {join_words(meant)}?" if meant else search
    return WordError(word, f"{quote(word)} is no {join_words(nouns)}", right)


def _day_problems(words: Sequence[str], read_day: Callable[[str], object]) -> list[UsageError]:
    """What is wrong with these words, or the first of them, as a day: first what is so with a form of a day, and with
    as many of them as possible.
    """
    problems = []
    for size in range(min(_MAX_TRIED_WORDS, len(words)), 0, -1):
        try:
            read_day(" ".join(words[:size]))
        except UsageError as error:
            problems.append(error)
    return sorted(problems, key=lambda error: (isinstance(error, NoDayError), isinstance(error, MoreThanDayError)))


def _problem_around(before: Sequence[str], after: Sequence[str], read_day: Callable[[str], object]) -> str | None:
    """What is wrong with words as a day together with those before them, such as `lunedì prossimo`, of which lunedì
    alone is a day; None where they say nothing of it.
    """
    is_time = any(is_time_of_day(" ".join(after[:size])) for size in (1, 2))
    no_use = (NoDayError,) if is_time else (NoDayError, MoreThanDayError)
    for start in range(max(0, len(before) - _MAX_AROUND), len(before)):
        for size in range(min(_MAX_AROUND, len(after)), 0, -1):
            text = " ".join((*before[start:], *after[:size]))
            try:
                read_day(text)
            except UsageError as error:
                if not isinstance(error, no_use):
                    return str(error)
    return None


def _suggestions(word: str, agenda: Agenda, options: SelectionOptions) -> Iterator[str]:
    """What is like the word, or has it in it: words, and options with their values."""
    if options.party and (match := _AND_WITH.fullmatch(word)):
        yield f"--and-with {shell_argument(match[1])}"
        return
    for values, flag in (
        (options.party, "--with"),
        (options.venue, "--venue"),
        (options.room, "--room"),
        (options.search, "--search"),
    ):
        if values:
            yield f'{flag} "{shorten(f"{values[-1]} {word}")}"'
            return
    folded = fold(word)
    for event in agenda.events:
        if folded in (fold(event.id), fold(event.title)):
            yield f"`agenda show {event.id}`"
            return
    is_name = _known_names((*agenda.cities, *agenda.topics))
    pieces = re.split(", *", word)
    if pieces[1:] and all(is_name(piece) or is_day(piece) for piece in pieces):
        yield " ".join(map(shell_argument, pieces))
        return
    yield from map(shell_argument, find_near(word, (*_spellings(agenda.cities), *_spellings(agenda.topics))))
    yield from find_near(word, _DAYS_IN_WORDS)
    yield from (f"--kind {shell_argument(name)}" for name in find_near(word, _spellings(agenda.kinds)))
    with_names: tuple[Named, ...] = (*agenda.people, *agenda.organizers)
    for flag, entries in (("--with", with_names), ("--venue", agenda.venues), ("--room", agenda.rooms)):
        names = list(_spellings(entries))
        if any(f" {folded} " in f" {_words_of(name)} " for name in names):
            yield f"{flag} {shell_argument(word)}"
        else:
            yield from (f"{flag} {shell_argument(name)}" for name in find_near(word, names))


def _suggested_names(word: str, agenda: Agenda) -> Iterator[str]:
    """The options with names in which something is spelt nearly as the word, wherever the spaces are."""
    with_names: tuple[Named, ...] = (*agenda.people, *agenda.organizers)
    for flag, entries in (("--with", with_names), ("--venue", agenda.venues), ("--room", agenda.rooms)):
        names = [(entry.name, (entry.name, *entry.aliases)) for entry in entries]
        yield from (f"{flag} {shell_argument(name)}" for name in find_meant(word, names))


def find_near(word: str, names: Iterable[str]) -> list[str]:
    """Those of the names that have the word in them as a whole word, or are spelt nearly as it is; three at most."""
    folded = fold(word)
    return [
        name
        for name in find_nearest(word, names)
        if f" {folded} " in f" {_words_of(name)} " or SequenceMatcher(None, folded, fold(name)).ratio() >= MIN_LIKENESS
    ]


def _words_of(name: str) -> str:
    """The words of a name, folded, with nothing but spaces between them."""
    return " ".join(re.findall(r"\w+", fold(name)))


def _spellings(entries: Iterable[Named]) -> Iterator[str]:
    for entry in entries:
        yield entry.name
        yield from entry.aliases
