"""A spinner on standard error while long work goes on, for whoever looks at it; it is gone when the work is done."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from agenda.cli import output
from agenda.cli.options import MessageOptions

if TYPE_CHECKING:
    from threading import Event

_PATIENCE_SECONDS = 1.0
"""Work of the process until the spinner appears. Waiting for another program at the other end of a pipe is no work."""
_CHECK_SECONDS = 0.05


def reading_spinner(options: MessageOptions) -> AbstractContextManager[None]:
    """A spinner while events are read; none with `--quiet`."""
    return nullcontext() if options.quiet else spinner("Reading events")


def writing_spinner(options: MessageOptions, target: str = output.STDOUT) -> AbstractContextManager[None]:
    """A spinner while events are written into a file; none with `--quiet`, and none where rows of them may come to a
    terminal meanwhile.
    """
    return spinner("Writing events") if output.is_file(target) and not options.quiet else nullcontext()


def sending_spinner(options: MessageOptions) -> AbstractContextManager[None]:
    """A spinner while events are sent to a server; none with `--quiet`. To wait for the server is work too."""
    start = time.monotonic()
    return nullcontext() if options.quiet else spinner("Sending events", lambda: time.monotonic() - start)


@contextmanager
def spinner(doing: str, worked_seconds: Callable[[], float] | None = None) -> Iterator[None]:
    """Show what is being done, for as long as the context lasts, to whoever looks at standard error.

    The spinner is there only on a terminal, and only once the work has taken more than a second;
    `worked_seconds` measures that, by default as process time. Whatever happens in the context, the spinner is gone at
    its end.
    """
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") in {"dumb", "unknown"}:
        yield
        return
    from threading import Event, Thread

    over = Event()
    thread = Thread(target=_spin, args=(doing, over, worked_seconds or time.process_time), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _spin(doing: str, over: "Event", worked_seconds: Callable[[], float]) -> None:
    """Draw the spinner from the time on when the work has taken long enough, until it is `over`."""
    while worked_seconds() <= _PATIENCE_SECONDS:
        if over.wait(_CHECK_SECONDS):
            return
    from rich.console import Console
    from rich.status import Status

    console = Console(file=sys.stderr)
    shape = "dots" if console.encoding.startswith("utf") else "line"
    with Status(doing, console=console, spinner=shape):
        console.show_cursor()  # so that it is there even where the program is killed
        over.wait()
