"""The program with all its modules imported and its commands built: a process that runs it whenever the tests ask.

Start-up is most of what a run takes, and here it is over. The process is started with the descriptor of a socket, on
which `runs` asks for one run after the other. They share what the program keeps in memory, which goes by the arguments
of the functions that keep it, and never by the files or the environment of a run.

With the descriptor of a second socket, which listens, it answers the calls of `forked_program` there instead, and forks
a child for each, as shells have several programs run at once.
"""

import atexit
import gc
import io
import json
import marshal
import os
import pkgutil
import selectors
import signal
import socket
import ssl
import sys
import time
from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import agenda

AT_START = ("PYTHON", "LC_", "LANG")
"""How the variables begin that the interpreter and the C library read as they start."""
SET_OR_NOT = {"_AGENDA_COMPLETE"}
"""Variables of which all that is read before is whether they have a value: options get their completions by that."""
ON_CALL = (
    "dateutil.parser",
    "dateutil.rrule",
    "dateutil.tz",
    "encodings.idna",
    "httpcore",
    "icalendar",
    "python_calamine",
    "recurring_ical_events",
    "rich.progress",
    "rich.table",
    "typer._completion_classes",
    "typer._click.decorators",
    "typer.rich_utils",
    "tzlocal",
)
"""What modules of the program, and of libraries, import within functions, besides each other."""


def preload() -> set[str]:
    """Import all that a run may need, have Typer build each command, and give the names of the variables of the
    environment that were read for that.
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
        if "agenda.cli.app" in sys.modules:  # and not the program that tells all that a process can know
            read_ahead(sys.modules["agenda.agendafile.schema"])
            build_commands(sys.modules["agenda.cli.app"])
            compile_templates(sys.modules["agenda.site.rendering"])
    finally:
        kind.__getitem__ = look_up
    read_certificates = cache(ssl.create_default_context)  # of all that this machine has: most of what a push does
    ssl.create_default_context = read_certificates  # type: ignore[assignment]
    return read


def read_ahead(module: Any) -> None:
    """Have Babel read the data of languages that are often asked for, and msgspec learn the tables of a file."""
    from babel.localedata import load

    for language in ("en", "it", "ja"):
        load(language)
    module.convert_tables({})


def build_commands(module: Any) -> None:
    """Have Typer build each command of the module, and keep what it builds."""
    import typer

    typer.main.get_command = cache(typer.main.get_command)
    commands: Any = typer.main.get_command(module.app)
    for name in module.COMMANDS:
        commands.get_command(None, name)


def compile_templates(module: Any) -> None:
    """Have Jinja2 compile the templates of pages, which takes half of what a small site does, and keep what it makes of
    a text, as it makes the same of it each time.
    """
    from jinja2 import Environment

    from agenda.wording.english import Wording

    compile_text = Environment.compile
    kept: dict[tuple[object, ...], Any] = {}

    def compiled(environment: Environment, *text: Any) -> Any:
        if text not in kept:
            kept[text] = compile_text(environment, *text)
        return kept[text]

    environment: Any = Environment
    environment.compile = compiled
    templates: Any = module.Templates(Wording())
    for path in module.OUR_TEMPLATES.glob("*.*"):
        if path.suffix in {".html", ".atom", ".xml"}:
            templates._environment.get_template(path.name)


def serve(control: socket.socket) -> None:
    """Do each run that is asked for, until nobody is left to ask, and tell its code."""
    from agenda.cli.app import run
    from agenda.cli.output import flush_all

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the tests lets go of the socket
    nowhere = os.open(os.devnull, os.O_RDWR)
    process_time = time.process_time
    while True:
        size, descriptors, _, _ = socket.recv_fds(control, 4, 3)
        if not size:
            return
        asked = json.loads(received(control, int.from_bytes(size, "big")))
        begin(asked, descriptors)
        time.process_time = partial(seconds_since, process_time(), process_time)  # of the run: a spinner goes by it
        code = run(asked["arguments"])
        assert flush_all()
        for number in range(3):
            os.dup2(nowhere, number)  # who reads what was written finds its end
        tell(control, code)


def seconds_since(begin: float, clock: Callable[[], float]) -> float:
    """The seconds by that clock since it said `begin`."""
    return clock() - begin


def answer_calls(control: socket.socket, listening: socket.socket, read: set[str]) -> None:
    """Fork a child for each call, beside those that run already, and tell its code; until nobody is left to call.

    A call with another environment than this process has in what was read before is let go without an answer.
    """
    at_start = dict(os.environ)
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ)
        waiting.register(listening, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is control:
                    return
                if key.fileobj is not listening:
                    child, call = key.data
                    waiting.unregister(key.fileobj)
                    os.close(key.fd)
                    _, status = os.waitpid(child, 0)
                    with call:
                        call.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
                    continue
                call, _ = listening.accept()
                size, descriptors, _, _ = socket.recv_fds(call, 4, 3)
                asked = marshal.loads(received(call, int.from_bytes(size, "big")))  # noqa: S302 - of our own process
                honoured = is_honoured(asked["env"], at_start, read)
                child = os.fork() if honoured else None
                if child == 0:
                    become(asked, descriptors)
                for descriptor in descriptors:
                    os.close(descriptor)
                if child:
                    waiting.register(os.pidfd_open(child), selectors.EVENT_READ, (child, call))
                else:
                    call.close()


def is_honoured(env: Mapping[str, str], at_start: Mapping[str, str], read: Collection[str]) -> bool:
    """Whether nothing differs in the environment that was read before a run of this process begins."""
    changed = {name for name, _ in env.items() ^ at_start.items()}
    changed -= {name for name in SET_OR_NOT if env.get(name) and at_start.get(name)}
    return not any(name in read or name.startswith(AT_START) for name in changed)


def begin(asked: dict[str, Any], descriptors: list[int]) -> None:
    """Have the folder, the environment, the arguments and the three streams of that run; one descriptor is a terminal,
    for all three.
    """
    for number in range(3):
        os.dup2(descriptors[number % len(descriptors)], number)
    for descriptor in descriptors:
        os.close(descriptor)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    sys.argv = [str(Path(agenda.__path__[0], "__main__.py")), *asked["arguments"]]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        opened = stream(name, number)
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)


def become(asked: dict[str, Any], descriptors: list[int]) -> None:
    """Be the process of that run, from its begin to its end."""
    begin(asked, descriptors)
    sys.path.insert(0, asked["folder"])
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
    descriptor, *listening = map(int, sys.argv[1:])
    with socket.socket(fileno=descriptor) as asking:
        read = preload()
        gc.freeze()  # so that nobody looks for garbage there, nor a child writes to pages that it shares
        tell(asking, sorted(read))
        if listening:
            answer_calls(asking, socket.socket(fileno=listening[0]), read)
        else:
            serve(asking)
