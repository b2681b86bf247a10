"""Lists and numbers in the sentences of messages."""

from collections.abc import Callable, Iterable, Sequence


def join_words(words: Iterable[str], last: str = "or") -> str:
    """The words as a list in a sentence: `a`, `a or b`, `a, b or c`."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def list_few(texts: Sequence[str], most: int, write: Callable[[str], str] = str) -> str:
    """So many of the texts as a list, as `write` writes each, and how many more there are: `a, b and 1,000 more`."""
    more = f" and {len(texts) - most:,} more" if len(texts) > most else ""
    return f"{', '.join(map(write, texts[:most]))}{more}"


def count_of(number: int, singular: str, plural: str = "") -> str:
    """A number and what it counts: `1 event`, `1,000 events`, `2 cities`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
