"""How one input becomes another: mostly by words and lines, since bytes that change anywhere are seldom more than a
mistake of syntax.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

_TOKEN = re.compile(rb"[^\W_]+|\s+|.", re.DOTALL)
_PLAIN_SHARE = 0.25
"""How many of the changes are those of libFuzzer, which knows what the code compares bytes with."""


class Mutator:
    """Changes inputs with the tokens and the lines of the seeds; `plainly` changes bytes as libFuzzer does."""

    def __init__(self, seeds: Sequence[bytes], plainly: Callable[[bytes, int], bytes]) -> None:
        self._tokens = sorted({token for seed in seeds for token in _TOKEN.findall(seed)})
        self._lines = sorted({line for seed in seeds for line in seed.splitlines(keepends=True)})
        self._plainly = plainly

    def mutate(self, data: bytes, max_bytes: int, seed: int) -> bytes:
        """Another input of at most so many bytes; the same for the same `seed`, but for what libFuzzer makes."""
        random = Random(seed)  # noqa: S311 - nothing is kept secret by it
        if random.random() < _PLAIN_SHARE or not self._lines:
            return self._plainly(data, max_bytes)
        for _ in range(random.randint(1, 3)):
            by_lines = random.random() < 0.5  # noqa: PLR2004
            pieces = data.splitlines(keepends=True) if by_lines else _TOKEN.findall(data)
            data = b"".join(_change(pieces, self._lines if by_lines else self._tokens, random))
        return data[:max_bytes]


def _change(pieces: list[bytes], others: Sequence[bytes], random: Random) -> list[bytes]:
    """The pieces, with one taken away, doubled, moved, or with one of the others in its place or beside it."""
    place = random.randrange(len(pieces)) if pieces else 0
    match random.randrange(5):
        case 0:
            return [*pieces[:place], *pieces[place + 1 :]]
        case 1:
            return [*pieces[: place + 1], *pieces[place:]]
        case 2:
            left = [*pieces[:place], *pieces[place + 1 :]]
            other = random.randint(0, len(left))
            return [*left[:other], *pieces[place : place + 1], *left[other:]]
        case 3:
            return [*pieces[:place], random.choice(others), *pieces[place + 1 :]]
    return [*pieces[:place], random.choice(others), *pieces[place:]]
