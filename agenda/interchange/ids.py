"""Readable ids for the events of a calendar, and the UIDs that go with them."""

import re
from collections import Counter
from hashlib import sha256

from agenda.text.folding import hyphenate

_LONGEST = 48
"""Characters of an id made of a title, unless its first word is longer."""
_WORDS = re.compile(r"(?=.*[a-z]{2})(?:[a-z]{1,20}|[0-9]{1,8})(?:-(?:[a-z]{1,20}|[0-9]{1,8}))*")
"""What reads as words and numbers; the ids that programs make up mix letters and digits, or go on and on."""
_NAMESPACE = re.compile(r"[a-z0-9][a-z0-9.-]*")


class Ids:
    """The ids of one agenda, none given twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: Counter[str] = Counter()

    def new(self, wanted: str) -> str:
        """The id that is wanted, or the first that is free of those with a number after it."""
        found = wanted
        while found in self._taken:
            self._next[wanted] += 1
            found = f"{wanted}-{self._next[wanted] + 1}"
        self._taken.add(found)
        return found


def slug(title: str) -> str:
    """An id made of a title: its words in small Latin letters; empty where it has none."""
    words = hyphenate(title).strip("-")
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def id_in(uid: str) -> str:
    """The left side of a UID, if it is an id that a person could have given; else nothing."""
    left, at, right = uid.partition("@")
    return left if at and _WORDS.fullmatch(left) and _NAMESPACE.fullmatch(right) else ""


def namespace_of(ids: list[tuple[str, str]], seed: str, title: str) -> str:
    """The namespace of the agenda, from the ids of events and their UIDs: the right side that most of them share, if
    any has its id on the left; else one made of the title, that ends in something made of `seed`.
    """
    shared = Counter(
        right
        for id_, uid in ids
        for left, at, right in [uid.partition("@")]
        if at and left == id_ and _NAMESPACE.fullmatch(right)
    )
    if shared:
        return shared.most_common(1)[0][0]
    return f"{slug(title) or 'imported'}-{sha256(seed.encode('utf-8', 'replace')).hexdigest()[:8]}"
