"""The benchmarks: what they measure with, and how they count. What they find is no test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from figures import Spread, beyond, ratios, spread
from limits import growing
from measure import Command, FailedError, Missing, first_line, interleaved, lines, told, whole
from measure import Run as Took
from programme import dated, mixed
from scale import BASE, Step, growths
from scale import scale as scale_table
from tables import not_measured, ratio, table, time

pytestmark = pytest.mark.slow

NOTHING = Missing("it is not installed")


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., Command]:
    """A command of the shell, which may take so many seconds."""
    return lambda text, limit=60: Command(("/bin/sh", "-c", text), tmp_path, {"PATH": "/usr/bin:/bin"}, limit)


@pytest.mark.parametrize("kind", [mixed, dated])
@pytest.mark.parametrize("events", [20, 300])
def test_generated_agenda_is_valid_without_a_warning(
    agenda: Callable[..., Run], file: Callable[[str], Path], kind: Callable[[int], list[str]], events: int
) -> None:
    run = agenda("check", "--strict", file("".join(kind(events))), env={"AGENDA_NOW": "2025-01-01T09:00"})
    assert (run.code, run.err) == (0, "")
    assert f"valid, with {events} events" in run.out


def test_generated_agenda_is_always_the_same() -> None:
    text = "".join(mixed(50))
    assert text == "".join(mixed(50))
    assert text.endswith("\nstart = 2025-01-08T19:00:00\nend = 2025-01-08T21:30:00\n")


def test_dated_agenda_has_nothing_but_days_and_times_within_a_day(
    agenda: Callable[..., Run], file: Callable[[str], Path]
) -> None:
    run = agenda("list", "--data", file("".join(dated(60))), "--fields", "start,end")
    days = [{cell[:10] for cell in line.split("\t")} for line in run.lines]
    assert len(days) == 60
    assert {len(both) for both in days} == {1}


def test_spread_is_the_median_with_its_quartiles() -> None:
    assert spread([5, 1, 4, 2, 3]) == Spread(2, 3, 4)
    assert spread([7]) == Spread(7, 7, 7)


def test_ratios_are_of_the_same_round() -> None:
    assert ratios([2, 9], [1, 3, 5]) == [2, 3]
    assert beyond([3, 5], [1, 2]) == [2, 3]


def test_growth_is_what_ten_times_the_events_take_beyond_start_up() -> None:
    sizes = (BASE, 1_000, 10_000)
    runs = {events: (Took(0.1 + events / 1000, 20 + events / 100),) for events in sizes}
    found = {growth.kind: growth.ratio for growth in growths([Step("export", runs)])}
    assert found == {"time": pytest.approx(10), "memory": pytest.approx(10)}


def test_growth_that_is_more_than_the_limit_is_told() -> None:
    runs = {events: (Took(float(events**2), 20),) for events in (BASE, 1_000, 10_000)}
    ((_, worst, *_, limit, holds),) = growing([*growths([Step("export", runs)])])
    assert "`agenda export`" in worst
    assert (limit, holds) == ("11", "no")


def test_table_is_markdown() -> None:
    assert [*table(("a", "b"), [("x | y", "1")])] == ["| a | b |", "| --- | --: |", "| x \\| y | 1 |"]


def test_figures_have_units_and_quartiles_where_they_differ() -> None:
    assert time(Spread(0.1, 0.2, 0.3)) == "200 ms (100–300)"
    assert time(Spread(2, 2, 2)) == "2.00 s"
    assert ratio(Spread(1, 1.25, 1.5)) == "1.25 (1.00–1.50)"


def test_what_is_not_measured_is_told_with_its_reason() -> None:
    assert not_measured(NOTHING) == "not measured: it is not installed"
    assert "not measured: it is not installed" in "\n".join(
        scale_table([Step("export", {BASE: NOTHING, 1_000: NOTHING, 10_000: NOTHING})])
    )


def test_run_that_fails_is_not_measured_and_the_others_are(command: Callable[..., Command]) -> None:
    runs = interleaved(
        {"good": lambda: whole(command("exit 0")), "bad": lambda: whole(command("exit 3")), "none": NOTHING}, 2
    )
    assert len(runs["good"]) == 2
    assert (runs["bad"], runs["none"]) == (Missing("exit code 3"), NOTHING)


def test_run_that_takes_too_long_is_stopped(command: Callable[..., Command]) -> None:
    with pytest.raises(FailedError, match="more than 1 s"):
        whole(command("exec sleep 30", limit=1))


def test_program_that_is_not_there_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="No such file"):
        whole(Command(("./nothing",), tmp_path, {}))


def test_reader_of_the_first_line_closes_the_pipe_after_it(command: Callable[..., Command]) -> None:
    endless = command("trap '' PIPE; while echo one 2> /dev/null; do :; done")
    assert first_line(endless).seconds > 0


def test_time_that_a_program_tells_is_taken(command: Callable[..., Command]) -> None:
    assert told(command("echo 12.5")).seconds == 12.5
    assert [*lines(command("echo one; echo two"))] == [b"one\n", b"two\n"]
