"""The same questions to agenda and to its peers, about the same events."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from figures import ratios, seconds, spread
from measure import Command, Measurement, Missing, Runs, interleaved, whole
from programme import FIRST, dated
from tables import not_measured, ratio, table, time
from trials import Answer, answered
from workplace import Workplace, busiest_day, last_day

SIZES = (20, 1_000, 10_000)

_HEADS = ("program", "events shown", "time", "beside agenda")
_END = "T23:59:59+09:00"

Peers = Mapping[str, Callable[[str, str], Command]]
"""The command of each program for all events from a day to a day."""


def compared(place: Workplace, sizes: Sequence[int], rounds: Callable[[int], int]) -> Iterator[str]:
    """A table for each size and question, with so many rounds for that size."""
    yield "## Beside its peers\n"
    yield "The same events as each program keeps them; the day is the one with the most. khal has them in its cache.\n"
    for events in sizes:
        agenda = place.agenda("dated", dated, events)
        peers = _peers(place, events)
        day = busiest_day(place, agenda)
        questions = {f"what is on, on {day}": (day, day), "all, in order": (str(FIRST), str(last_day(events)))}
        for question, period in questions.items():
            commands = {name: partial(command, *period) for name, command in peers.items()}
            yield f"### {events:,} events: {question}\n"
            yield from _table(commands, rounds(events))
            yield ""


def _table(commands: Mapping[str, Callable[[], Command]], rounds: int) -> Iterator[str]:
    answers = {name: answered(name, command) for name, command in commands.items()}
    asked = answers["agenda"]
    expected = frozenset() if isinstance(asked, Missing) else asked.shown
    runs = interleaved({name: _measurement(answer, expected) for name, answer in answers.items()}, rounds)
    rows = [(name, *_cells(runs[name], runs["agenda"], answers[name])) for name in commands]
    return table(_HEADS, rows)


def _measurement(answer: Answer | Missing, expected: frozenset[int]) -> Measurement | Missing:
    """That of a program which shows all that is expected. More is no fault: some take days for days of UTC."""
    if isinstance(answer, Missing):
        return answer
    lacking = expected - answer.shown
    return Missing(f"it lacks {len(lacking)} of {len(expected)} events") if lacking else partial(whole, answer.command)


def _cells(runs: Runs | Missing, ours: Runs | Missing, answer: Answer | Missing) -> tuple[str, ...]:
    if isinstance(runs, Missing) or isinstance(answer, Missing):
        return "", not_measured(runs if isinstance(runs, Missing) else Missing("")), ""
    beside = "" if isinstance(ours, Missing) else ratio(spread(ratios(seconds(runs), seconds(ours))))
    return f"{len(answer.shown):,}", time(spread(seconds(runs))), beside


def _peers(place: Workplace, events: int) -> Peers:
    agenda = place.agenda("dated", dated, events)

    def ours(first: str, last: str) -> Command:
        question = ("--on", first) if first == last else ()
        return place.command("agenda", "list", "--data", agenda, *question)

    def khal(first: str, last: str) -> Command:
        return place.command("khal", "-c", place.khal(agenda), "list", first, last)

    def ics_query(first: str, last: str) -> Command:
        exported = place.exported(agenda)
        question = ("at", first) if first == last else ("all",)
        return place.command("ics-query", *question, exported, "-")

    def events_cli(first: str, last: str) -> Command:
        url = f"file://{place.exported(agenda)}"
        period = ("-s", f"{first}T00:00:00+09:00", "-e", f"{last}{_END}")
        return place.command("icalendar-events-cli", "--calendar.url", url, *period)

    def remind(first: str, last: str) -> Command:
        if first == last:
            return place.command("remind", "-q", place.reminders(agenda), first)
        end = last_day(events)
        months = (end.year - FIRST.year) * 12 + end.month - FIRST.month + 1
        return place.command("remind", "-q", f"-s{months}", place.reminders(agenda), first)

    return {
        "agenda": ours,
        "khal": khal,
        "ics-query": ics_query,
        "icalendar-events-cli": events_cli,
        "remind": remind,
    }
