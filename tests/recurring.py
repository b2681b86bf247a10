"""Rules of recurrence as Hypothesis makes them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from agenda.recurrence.rrule import WEEKDAYS


def _joined(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))


def _some(low: int, high: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(low, high), min_size=1, max_size=3, unique=True)


@st.composite
def rules(draw: st.DrawFn, first: date) -> str:
    """A rule that hits again and again, so that dateutil alone comes to an end with it."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    long = frequency in {"MONTHLY", "YEARLY"}
    parts = [f"FREQ={frequency}"]
    parts += draw(st.sampled_from([[], ["INTERVAL=1"], ["INTERVAL=2"], ["INTERVAL=3"], ["INTERVAL=5"]]))
    months = draw(st.none() | _some(1, 12))
    if months:
        parts.append(f"BYMONTH={_joined(sorted({*months, first.month}))}")
    choice = draw(st.sampled_from(["", "weekdays", "nth", "month days", "both"]))
    chosen = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True))
    if choice == "nth" and long:
        nth = draw(st.sampled_from([-2, -1, 1, 2, 3, 4]))
        parts.append(f"BYDAY={','.join(f'{nth}{weekday}' for weekday in chosen)}")
    elif choice in {"weekdays", "both"}:
        parts.append(f"BYDAY={','.join(chosen)}")
    if choice in {"month days", "both"} and frequency != "WEEKLY":
        number = st.integers(1, 28) | st.integers(-28, -1)
        parts.append(f"BYMONTHDAY={_joined(draw(st.lists(number, min_size=1, max_size=3, unique=True)))}")
    if long and choice and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '1,2', '-2,1']))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    return ";".join([*parts, *draw(st.just([]) | _ends(first))])


def _ends(first: date) -> st.SearchStrategy[list[str]]:
    counts = st.integers(1, 60).map(lambda count: [f"COUNT={count}"])
    last = st.dates(first, first + timedelta(4000))
    return counts | last.map(lambda day: [f"UNTIL={day:%Y%m%d}"])


@st.composite
def started(draw: st.DrawFn) -> tuple[str, date]:
    """A rule, and the day that it starts on, which it need not hit."""
    first = draw(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
    return draw(rules(first)), first
