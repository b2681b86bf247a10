"""The program with all its modules imported and its commands built: a process that forks a child for each run that the
tests ask for.

Start-up is most of what a run takes, and a child has it behind it. It is started with the descriptor of a socket, on
which `forks` asks; each run begins where that ended, so that nothing is left to it by the one before.
"""

import atexit
import fcntl
import gc
import io
import json
import os
import pkgutil
import signal
import socket
import sys
import termios
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import agenda

ON_CALL = (
    "dateutil.parser",
    "dateutil.rrule",
    "dateutil.tz",
    "icalendar",
    "rich.progress",
    "rich.table",
    "typer._completion_classes",
    "typer._click.decorators",
    "typer.rich_utils",
    "tzlocal",
)
"""What modules of the program import within functions, besides each other."""


def preload() -> set[str]:
    """Import all that a run may need, have Typer build each command, and give the names of the variables of the
    environment that were read for it.
    """
    import_module("babel.dates")  # looks for the zone of this machine, which the program never asks it for
    read: set[str] = set()
    kind: Any = type(os.environ)
    look_up = kind.__getitem__

    def watched(variables: Any, name: str) -> str:
        read.add(name)
        value: str = look_up(variables, name)
        return value

    kind.__getitem__ = watched
    try:
        for module in pkgutil.walk_packages(agenda.__path__, "agenda."):
            import_module(module.name)
        for name in ON_CALL:
            import_module(name)
        if "agenda.cli.app" in sys.modules:  # not in the program that tells all that a process can know
            build_commands(sys.modules["agenda.cli.app"])
    finally:
        kind.__getitem__ = look_up
    return read


def build_commands(module: Any) -> None:
    """Have Typer build each command of the module, and keep what it builds."""
    import typer

    typer.main.get_command = cache(typer.main.get_command)
    commands: Any = typer.main.get_command(module.app)
    for name in module.COMMANDS:
        commands.get_command(None, name)


def serve(control: socket.socket) -> None:
    """Fork a child for each run that is asked for, until nobody is left to ask, and tell its process and its code."""
    at_start = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the tests lets go of the socket
    while True:
        size, descriptors, _, _ = socket.recv_fds(control, 4, 3)
        if not size:
            return
        asked = json.loads(received(control, int.from_bytes(size, "big")))
        child = os.fork()
        if not child:
            control.close()
            signal.signal(signal.SIGINT, at_start)
            become(asked, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        tell(control, child)
        _, status = os.waitpid(child, 0)
        tell(control, os.waitstatus_to_exitcode(status))


def become(asked: dict[str, Any], descriptors: list[int]) -> None:
    """Be the process of that run: with its folder, environment, arguments, and the three streams."""
    if len(descriptors) == 1:  # a terminal for all three, which is then the one that controls it
        os.setsid()
        fcntl.ioctl(descriptors[0], termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(descriptors[number % len(descriptors)], number)
    for descriptor in descriptors:
        os.close(descriptor)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    sys.path.insert(0, asked["folder"])
    sys.argv = [str(Path(agenda.__path__[0], "__main__.py")), *asked["arguments"]]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        opened = stream(name, number)
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)
    from agenda.__main__ import main

    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(ended.code & 0xFF)  # to take the modules down would take as long as the run
        raise  # this and all else that is raised is left to the interpreter, as it is after `python -m agenda`
    os._exit(0)


def stream(name: str, descriptor: int) -> TextIO:
    """The standard stream of that name as the interpreter opens it, in the encoding of the one that is there."""
    buffer: Any = open(descriptor, "wb" if descriptor else "rb", closefd=False)  # noqa: SIM115
    buffer.raw.name = f"<{name}>"
    there = getattr(sys, name)
    by_lines = name == "stderr" or buffer.isatty()
    opened = io.TextIOWrapper(buffer, there.encoding, there.errors, newline="\n", line_buffering=by_lines)
    opened.mode = "w" if descriptor else "r"  # type: ignore[misc]
    return opened


def tell(control: socket.socket, what: object) -> None:
    """Send it, after its size."""
    content = json.dumps(what).encode()
    control.sendall(len(content).to_bytes(4, "big") + content)


def received(control: socket.socket, size: int) -> bytes:
    """So many bytes from the other side; fewer only where that is gone."""
    content = b""
    while len(content) < size and (more := control.recv(size - len(content))):
        content += more
    return content


if __name__ == "__main__":
    del sys.path[0]  # the folder of this script, which is none of the program's
    with socket.socket(fileno=int(sys.argv[1])) as asking:
        tell(asking, sorted(preload()))
        gc.freeze()  # so that no child writes to pages that it shares
        serve(asking)
