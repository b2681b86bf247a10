"""What becomes of the names of a list in another one."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence


def pair_items(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """What has come in the place of what, in the order of the lists: the index from which and the one up to which, in
    the old list and then in the new one. A name that stays is alone, as in `(0, 1, 0, 1)`; all that is between two of
    these is together, e.g. `(1, 2, 1, 3)` where two names have come in the place of the second one.

    As many names stay as can, of one that is there several times the last. That takes little more than linear time,
    where to compare each with each, as difflib does, takes minutes for thousands of names in another order.
    """
    start = new_start = 0
    for index, place in _find_kept(old, new):
        if (start, new_start) != (index, place):
            yield start, index, new_start, place
        start, new_start = index + 1, place + 1
        yield index, start, place, new_start
    if (start, new_start) != (len(old), len(new)):
        yield start, len(old), new_start, len(new)


def _find_kept(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The indices, in both lists, of the longest run of names that are in the same order: a longest increasing
    subsequence of their indices in the new one. Of a name that is there several times, the last one counts.
    """
    places = {name: place for place, name in enumerate(new)}
    ends: list[int] = []  # the places where a run of each length ends soonest
    last: list[int] = []  # the indices of these in the old list
    before: dict[int, int] = {}  # the index that each follows in its run
    for index, name in enumerate(old):
        if (place := places.get(name)) is None:
            continue
        length = bisect_left(ends, place)
        if length:
            before[index] = last[length - 1]
        ends[length : length + 1] = [place]
        last[length : length + 1] = [index]
    kept = last[-1:]
    while kept and kept[-1] in before:
        kept.append(before[kept[-1]])
    return [(index, places[old[index]]) for index in reversed(kept)]
