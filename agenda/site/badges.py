"""What has become of an event since an earlier agenda, in the few words that stand beside its title."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from agenda.model import Day, Fixed, Occurrence
from agenda.reports.change_words import HEADINGS, OF_TIME, when_in_words
from agenda.reports.changes import ChangeKind, EventChange
from agenda.wording.english import Wording


class Badges:
    """The badges of the events of an edition, by what has changed."""

    def __init__(self, changes: Iterable[EventChange], words: Wording) -> None:
        self._of: dict[tuple[str, Day | None], list[str]] = defaultdict(list)
        for change in changes:
            if change.after:
                self._of[change.after.event.id, change.day] += _badges(change, words)

    def of(self, occurrence: Occurrence) -> list[str]:
        """The badge of an occurrence: what has become of its event as a whole, and of this time of a series; empty if
        nothing that a visitor has to know.
        """
        id_, day = occurrence.event.id, occurrence.day
        told = [*self._of.get((id_, None), ()), *(self._of.get((id_, day), ()) if day else ())]
        return list(dict.fromkeys(told))


def _badges(change: EventChange, words: Wording) -> Iterator[str]:
    """`New event`, `Moved, was 11:15`, `Another place`; nothing of texts, or of a state, which is told beside it."""
    for kind in change.kinds:
        if kind is ChangeKind.NEW:  # headings are plural in some languages
            yield words.text("New event")
        elif kind is ChangeKind.RESTORED:
            yield words.text("On again")
        elif kind in OF_TIME and change.before and change.after:
            if kind is ChangeKind.TIME and not (change.before.event.repeat or change.after.event.repeat):
                yield words.text("Moved, was {time}", time=_former_time(change.before, change.after, words))
            else:
                yield words.text(HEADINGS[kind])
        elif kind is ChangeKind.PLACE and change.before and change.after:
            is_same_venue = (change.before.event.venue, change.before.event.cities) == (
                change.after.event.venue,
                change.after.event.cities,
            )
            yield words.text("Another room") if is_same_venue else words.text("Another place")
        elif kind is ChangeKind.PEOPLE:
            yield words.text("Other people")


def _former_time(before: Occurrence, after: Occurrence, words: Wording) -> str:
    """When it was: the time of day alone where it is on the same day, without the end where that follows from it."""
    old, new = before.when, after.when
    if isinstance(old, Fixed) and isinstance(new, Fixed) and old.days == new.days and not (old.all_day or new.all_day):
        return words.times_in_words(old if old.start == new.start else Fixed(old.start))
    return when_in_words(old, words)
