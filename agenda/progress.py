"""How far long work has come: a bar on standard error for whoever looks at it, gone as soon as the work is done."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

_PATIENCE = 1.0
"""Seconds of work until the bar appears. How long the process has worked is known without a start to keep, and does not
count what it waits for, such as another program at the other end of a pipe.
"""
_INTERVAL = 1 / 20
"""Seconds between two pictures of the bar."""
_STEP = 10
"""Items between two looks at the clock, which is slow for a clock."""
_BESIDE = 38
"""Columns for what stands beside the bar."""


class Watch(Protocol):
    """Passes items through, and may show how many have been."""

    def __call__(self, items: Sequence[Item], /) -> Iterable[Item]:
        """The same items."""


def unwatched(items: Sequence[Item], /) -> Iterable[Item]:
    """The items, with nothing shown."""
    return items


@contextmanager
def progress(doing: str, total: int = 0, clock: Callable[[], float] = time.process_time) -> Iterator[Watch]:
    """A watch that shows how far the work on its items has come, in a bar named by what is being done.

    The bar is there only on a terminal, and only once the process has worked for more than a second; it goes when the
    items are at their end, and whatever happens at the end of the context. The watch may be given several sequences,
    one after the other; `total` is how many items they have together, where that is known before.
    """
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") in {"dumb", "unknown"}:
        yield unwatched
        return
    bar = _Bar(doing, total, clock)
    try:
        yield bar.watch
    finally:
        bar.remove()


class _Bar:
    def __init__(self, doing: str, total: int, clock: Callable[[], float]) -> None:
        self._doing = doing
        self._total = total
        self._clock = clock
        self._done = 0
        self._drawn = 0.0
        self._progress: Progress | None = None

    def watch(self, items: Sequence[Item], /) -> Iterable[Item]:
        self._total = max(self._total, self._done + len(items))
        for start in range(0, len(items), _STEP):
            if self._progress or self._clock() > _PATIENCE:
                self._draw()
            step = items[start : start + _STEP]
            yield from step
            self._done += len(step)
        if self._done >= self._total:
            self.remove()

    def remove(self) -> None:
        if self._progress:
            self._progress.stop()
            self._progress = None

    def _draw(self) -> None:
        now = time.monotonic()
        if now - self._drawn < _INTERVAL:
            return
        self._drawn = now
        self._progress = self._progress or _started(self._doing, self._total)
        (task,) = self._progress.task_ids
        self._progress.update(task, completed=self._done, total=self._total, refresh=True)


def _started(doing: str, total: int) -> "Progress":
    """A bar that is drawn when it is told to, by no thread of its own."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(file=sys.stderr)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=max(4, min(40, console.width - _BESIDE))),
        TaskProgressColumn(),
        MofNCompleteColumn(),
    )
    shown = Progress(
        *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
    )
    shown.add_task(doing, total=total)
    shown.start()
    console.show_cursor()  # so that it is there even where the program is killed
    return shown
