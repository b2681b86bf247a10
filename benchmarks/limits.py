"""What agenda may cost, row by row, and what it does cost.

Short runs are as people have them, with what the cache keeps; files of 1,000 events and more are read without it, but
where a row says so.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from shutil import copyfile

from environments import ROOT
from figures import Spread, beyond, ratios, seconds, spread
from measure import Command, FailedError, Measurement, Missing, Run, Runs, interleaved, told, whole
from programme import FIRST, dated, mixed
from scale import SITE, Growth, anew
from tables import not_measured, ratio, table, time
from trials import ready, shown
from workplace import Workplace, busiest_day, last_day

SHIPPED = ROOT / "data" / "events.toml"
FEW = 20
SOME = 1_000
MANY = 10_000
BASE = 1
"""Events of an agenda that takes nothing but the start-up."""

Row = tuple[str, ...]
Took = list[float] | Missing
"""The seconds of the rounds."""

_TYPER = "a one-command Typer app"
_EDITS = {
    "set": (f"event-{MANY // 2}", "title=Another title"),
    "move": (f"event-{MANY // 2}", str(FIRST)),
    "add": ("Something new", "--start", str(FIRST)),
}
"""One change by each command, with its arguments."""
_HEADS = ("what is measured", "beside what", "agenda", "the other", "ratio", "at most", "holds")


def start_up(place: Workplace, rounds: int) -> Iterator[Row]:
    """The rows of short runs: the shipped dataset, and a small calendar."""
    agenda = partial(place.command, "agenda")
    few = place.agenda("dated", dated, FEW)
    runs = interleaved(
        {
            "typer": ready("typer", lambda: place.script("typer", "one_command")),
            "json": ready("agenda", lambda: agenda("list", "--format", "json")),
            "json uncached": ready("agenda", lambda: place.uncached("list", "--format", "json")),
            "table": ready("agenda", lambda: agenda("list", "--format", "table")),
            "export": ready("agenda", lambda: agenda("export")),
            "printics": ready("khal", lambda: _printics(place)),
            "list": ready("agenda", lambda: agenda("list", "--data", few)),
            "khal list": ready("khal", lambda: _khal_list(place)),
        },
        rounds,
    )
    took = {name: _seconds(one) for name, one in runs.items()}
    yield _row("`agenda list --format json`, shipped dataset", _TYPER, took["json"], took["typer"], 1.25)
    yield _row("the same, without its cache", _TYPER, took["json uncached"], took["typer"], None)
    yield _row("`agenda list --format table`, shipped dataset", _TYPER, took["table"], took["typer"], 1.6)
    yield _row("`agenda export`, shipped dataset", _TYPER, took["export"], took["typer"], 2.1)
    printics = "`khal printics` of its output"
    yield _row("`agenda export`, shipped dataset", printics, took["export"], took["printics"], 0.6)
    listed = "`khal list` of the same events"
    yield _row(f"`agenda list`, {FEW} events", listed, took["list"], took["khal list"], 0.4)


def large(place: Workplace, rounds: int) -> Iterator[Row]:
    """The rows of 10,000 events, beyond start-up; those with the garbage collector off have no limit."""
    agenda = place.uncached
    base, many = (place.agenda("mixed", mixed, events) for events in (BASE, MANY))
    runs = interleaved(
        {
            "json base": ready("agenda", lambda: agenda("list", "--format", "json", "--data", base)),
            "json": ready("agenda", lambda: agenda("list", "--format", "json", "--data", many)),
            "clashes": ready("agenda", lambda: agenda("clashes", "--data", many)),
            **{command: _edit(place, command, arguments) for command, arguments in _EDITS.items()},
            "export base": ready("agenda", lambda: agenda("export", "--data", base)),
            "export": ready("agenda", lambda: agenda("export", "--data", many)),
            "loads": ready("tomli", lambda: place.script("tomli", "tomli_loads", many), told),
            "loads off": ready("tomli", lambda: place.script("tomli", "tomli_loads", many, "off"), told),
            "to_ical": ready("icalendar", lambda: place.script("icalendar", "to_ical", place.exported(many)), told),
        },
        rounds,
    )
    took = {name: _seconds(one) for name, one in runs.items()}
    json, export = _beyond(took["json"], took["json base"]), _beyond(took["export"], took["export base"])
    listed, exported = f"{MANY:,} events as JSON, beyond start-up", f"{MANY:,} events exported, beyond start-up"
    yield _row(listed, "`tomli.loads` of that file", json, took["loads"], 1.8)
    yield _row(listed, "`tomli.loads`, garbage collector off", json, took["loads off"], None)
    clashes = f"`agenda clashes`, {MANY:,} events"
    json_list = "`agenda list --format json` of the same"
    yield _row(clashes, json_list, took["clashes"], took["json"], 1.5)
    for command in _EDITS:
        yield _row(f"`agenda {command}` of one event in {MANY:,}", json_list, took[command], took["json"], 2.5)
    yield _row(exported, "`to_ical` of icalendar, same events", export, took["to_ical"], 0.45)


def _edit(place: Workplace, name: str, arguments: Sequence[str]) -> Measurement | Missing:
    """The measurement of a change of a file that is as it was before each run."""
    unchanged = place.agenda("mixed", mixed, MANY)
    file = unchanged.with_stem(name)

    def changed(command: Command) -> Run:
        copyfile(unchanged, file)  # not from memory: the system tells of no program less than this one takes
        return whole(command)

    copyfile(unchanged, file)
    return ready("agenda", lambda: place.uncached(name, *arguments, "--data", file), changed)


def pages(place: Workplace, rounds: int) -> Iterator[Row]:
    """The row of a site, written anew each time."""
    file = place.agenda("mixed", mixed, SOME)
    runs = interleaved(
        {
            "json": ready("agenda", lambda: place.uncached("list", "--format", "json", "--data", file)),
            "site": ready("agenda", lambda: place.uncached(*SITE, "--data", file), anew),
        },
        rounds,
    )
    json_list = "`agenda list --format json` of the same"
    yield _row(f"`agenda site`, {SOME:,} events", json_list, _seconds(runs["site"]), _seconds(runs["json"]), 25)


def one_day(place: Workplace, rounds: int) -> Iterator[Row]:
    """The row of the day with the most of 10,000 events, which both programs have in their caches."""
    file = place.agenda("dated", dated, MANY)
    day = busiest_day(place, file)
    runs = interleaved(
        {
            "agenda": ready("agenda", lambda: place.command("agenda", "list", "--on", day, "--data", file)),
            "khal": ready("khal", lambda: place.command("khal", "-c", place.khal(file), "list", day, day)),
        },
        rounds,
    )
    work = f"`agenda list` of one day of {MANY:,} events, second run"
    yield _row(work, "`khal list` of that day", _seconds(runs["agenda"]), _seconds(runs["khal"]), 0.9)


def growing(growths: Sequence[Growth]) -> Iterator[Row]:
    """The rows of ten times the events: which command grows most in time, and which in memory.

    Of each command that is in its step to the most events: of fewer, a start-up that varies, and the memory that it
    has let go of, are too large a part.
    """
    most = {one.command: max(other.events for other in growths if other.command == one.command) for one in growths}
    for kind in ("time", "memory"):
        found = [one for one in growths if one.kind == kind and one.events == most[one.command]]
        if found:
            worst = max(found, key=lambda one: one.ratio)
            beside = f"`agenda {worst.command}`, which grows most, from {worst.events // 10:,} to {worst.events:,}"
            yield f"ten times the events: {kind}, beyond start-up", beside, "", "", *_judged(spread([worst.ratio]), 11)


def limits(rows: Sequence[Row]) -> Iterator[str]:
    """The table of all rows, with its heading."""
    yield "## What it may cost\n"
    yield from table(_HEADS, rows)
    yield ""


def _seconds(runs: Runs | Missing) -> Took:
    return runs if isinstance(runs, Missing) else seconds(runs)


def _beyond(took: Took, base: Took) -> Took:
    if isinstance(took, Missing) or isinstance(base, Missing):
        return took if isinstance(took, Missing) else base
    return beyond(took, base)


def _row(work: str, beside: str, ours: Took, theirs: Took, limit: float | None) -> Row:
    """The cells of a row; its ratio is that of seconds in the same round."""
    if isinstance(ours, Missing) or isinstance(theirs, Missing):
        cells = [not_measured(one) if isinstance(one, Missing) else time(spread(one)) for one in (ours, theirs)]
        return work, beside, *cells, "", _limit(limit), ""
    return work, beside, time(spread(ours)), time(spread(theirs)), *_judged(spread(ratios(ours, theirs)), limit)


def _judged(found: Spread, limit: float | None) -> Row:
    return ratio(found), _limit(limit), "" if limit is None else "yes" if found.median <= limit else "no"


def _limit(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _printics(place: Workplace) -> Command:
    """The command of khal for what agenda exports of the shipped dataset."""
    shipped = place.folder / "shipped.toml"
    shipped.write_bytes(SHIPPED.read_bytes())
    few = place.agenda("dated", dated, FEW)
    return place.command("khal", "-c", place.khal(few), "printics", place.exported(shipped))


def _khal_list(place: Workplace) -> Command:
    """The command of khal for the same events that agenda lists; raises FailedError where it shows others."""
    few = place.agenda("dated", dated, FEW)
    command = place.command("khal", "-c", place.khal(few), "list", str(FIRST), str(last_day(FEW)))
    theirs, ours = shown(command), shown(place.command("agenda", "list", "--data", few))
    if theirs != ours:
        raise FailedError(f"it shows {len(theirs)} events, and agenda {len(ours)}")
    return command
