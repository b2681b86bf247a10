"""A program for shells, called `agenda`, whose runs are forked from a process that has imported ours.

Shells call what is to be found on their PATH, which takes the time of a start each. This one is a call of that process
by an interpreter with nothing imported, which passes on its arguments, environment, folder and streams, and ends as
the forked run does. Where a fork would not be what a start is, it starts the program.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
"""How long the process may take to begin or to end."""
CALL = """\
#!{python} -IS
import marshal, os, sys
from _socket import AF_UNIX, MSG_WAITALL, SCM_RIGHTS, SOCK_STREAM, SOL_SOCKET, socket
env = dict(os.environ)
asked = marshal.dumps({{"arguments": sys.argv[1:], "folder": os.getcwd(), "env": env}})
call = socket(AF_UNIX, SOCK_STREAM)
call.connect({address!r})
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in range(3))
call.sendmsg([len(asked).to_bytes(4, "big")], [(SOL_SOCKET, SCM_RIGHTS, streams)])
call.sendall(asked)
answer = call.recv(4, MSG_WAITALL)
if not answer:
    os.execv({python!r}, [{python!r}, "-m", "agenda", *sys.argv[1:]])
code = int.from_bytes(answer, "big", signed=True)
if code < 0:
    os.kill(os.getpid(), -code)
os._exit(code)
"""


@contextmanager
def forked_program(folder: Path, env: Mapping[str, str]) -> Iterator[Path]:
    """A program `agenda` in that folder, with that environment; one that starts ours where a fork cannot be waited for
    as here, which takes Linux.
    """
    program = folder / "agenda"
    if not hasattr(os, "pidfd_open"):
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m agenda "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        yield program
        return
    control, theirs = socket.socketpair()
    with control, theirs, socket.socket(socket.AF_UNIX) as listening:
        listening.bind("")  # to a name that Linux chooses, as paths of temporary folders may be too long for sockets
        listening.listen()
        descriptors = [theirs.fileno(), listening.fileno()]
        process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("preloaded.py"), *map(str, descriptors)],
            env=dict(env),
            pass_fds=descriptors,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()
        control.settimeout(SECONDS)
        assert control.recv(4), "the process that forks is gone"
        program.write_text(CALL.format(python=sys.executable, address=listening.getsockname()), encoding="utf-8")
        program.chmod(0o755)
        try:
            yield program
        finally:
            control.close()
            process.wait(SECONDS)
