"""What is worth a remark of where events stand at a time: that all are over, or how many more are to come."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import islice

from agenda.limits import MAX_COUNTED_TIMES
from agenda.model import Fixed
from agenda.reports.upcoming import TO_COME, Outlook, State, Upcoming, of_states
from agenda.text.sentences import count_of, join_words
from agenda.wording.english import ENGLISH

_IN_WORDS = {State.NOW: "on now", State.PERHAPS: "perhaps on", State.TODAY: "to begin today", State.AHEAD: "to come"}


def later_remark(outlook: Outlook, number: int, only: Collection[State] = ()) -> str | None:
    """A remark of how many occurrences `choose_upcoming` leaves out of those to come; None where it leaves out none."""
    more = sum(upcoming.state in TO_COME for upcoming in of_states(outlook.dated, only)) - number
    if not only or State.AHEAD in only:
        more += sum(1 for _ in islice(outlook.later, MAX_COUNTED_TIMES))
    if more <= 0:
        return None
    events = f"{'more than ' if more >= MAX_COUNTED_TIMES else ''}{count_of(more, 'more event')}"
    return f"{events} {'is' if more == 1 else 'are'} to come; -n shows more"


def none_remark(dated: Sequence[Upcoming], only: Collection[State]) -> str | None:
    """A remark that no occurrence is of a state in `only`, where there are some of others; else None."""
    if not only or not dated or of_states(dated, only):
        return None
    return f"no event is {join_words(_IN_WORDS[state] for state in State if state in only)}"


def over_or_ahead_remark(dated: Sequence[Upcoming], now: datetime) -> str | None:
    """A remark that all occurrences are over, or that none has begun, with the day and how far it is; else None."""
    states = {upcoming.state for upcoming in dated}
    if states == {None}:
        last = max(upcoming.when.days[1] for upcoming in dated)
        sure = any(isinstance(upcoming.when, Fixed) and upcoming.when.days[1] == last for upcoming in dated)
        ended = f"{'on' if sure else 'by'} {ENGLISH.long_day(last)}"
        return f"all of this is over: it ended {ended}, {days_away(last, now.date())}"
    if states and states <= TO_COME:
        first = min(upcoming.when.days[0] for upcoming in dated)
        sure = any(isinstance(upcoming.when, Fixed) and upcoming.when.days[0] == first for upcoming in dated)
        begins = f"on {ENGLISH.long_day(first)}" if sure else f"on {ENGLISH.long_day(first)} at the earliest"
        return f"none of this has begun: it begins {begins}, {days_away(first, now.date())}"
    return None


def days_away(day: date, today: date) -> str:
    """How far a day is from today, in words, e.g. `in 3 days`, `yesterday`."""
    days = (day - today).days
    return ENGLISH.in_time(days, "day") if days >= 0 else "yesterday" if days == -1 else f"{-days:,} days ago"
