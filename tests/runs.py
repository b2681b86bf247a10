"""Runs of the program in a process that has imported it: what starts of it are, in a tenth of the time."""

import fcntl
import json
import os
import select
import selectors
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

from preloaded import is_honoured

SECONDS = 60
"""How long a run may take."""
AT_ONCE = 65536
"""Bytes that are taken from a pipe together: as many as it holds."""


class Runs:
    """The process that has imported the program, and the runs in it, one after the other."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, Path(__file__).with_name("preloaded.py"), str(theirs.fileno())],
                env=self._env,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        self._read = set(self._told())

    def close(self) -> None:
        """End the process."""
        self._control.close()
        self._process.wait(SECONDS)

    def honours(self, env: Mapping[str, str]) -> bool:
        """Whether a run is what a start would be in that environment: whether nothing differs that was read before."""
        return is_honoured(env, self._env, self._read)

    def run(
        self, arguments: Sequence[str], folder: Path, stdin: bytes, env: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        """The code of a run between pipes, and what it wrote to standard output and to standard error."""
        (source, to_source), (out, to_out), (err, to_err) = os.pipe(), os.pipe(), os.pipe()
        with (
            os.fdopen(to_source, "wb", 0) as writer,
            os.fdopen(out, "rb", 0) as first,
            os.fdopen(err, "rb", 0) as second,
            self._running([source, to_out, to_err], arguments, folder, env),
        ):
            if not stdin:
                writer.close()
            told, said = exchange([first, second], stdin, writer)
            return self._told(), told, said

    def show(self, arguments: Sequence[str], folder: Path, columns: int, env: Mapping[str, str]) -> tuple[int, bytes]:
        """The code of a run in a terminal of so many columns, and all that the terminal got."""
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with os.fdopen(ours, "rb", 0) as screen, self._running([theirs], arguments, folder, env):
            (text,) = exchange([screen])
            return self._told(), text

    @contextmanager
    def _running(
        self, streams: Sequence[int], arguments: Sequence[str], folder: Path, env: Mapping[str, str]
    ) -> Iterator[None]:
        """Have a run between these streams, which are closed here, or in that one terminal. Where its code is not told,
        another process takes the place of this one.
        """
        asked = json.dumps({"arguments": arguments, "folder": str(folder), "env": env}).encode()
        try:
            try:
                socket.send_fds(self._control, [len(asked).to_bytes(4, "big")], streams)
                self._control.sendall(asked)
            finally:
                for stream in streams:
                    os.close(stream)
            yield
        except BaseException:
            self._process.kill()
            self.close()
            self._start()
            raise

    def _told(self) -> Any:
        """What the process says next."""
        if not select.select([self._control], [], [], SECONDS)[0]:
            raise TimeoutError("the run does not end")
        size = int.from_bytes(self._control.recv(4, socket.MSG_WAITALL), "big")
        assert size, "the process is gone"
        return json.loads(self._control.recv(size, socket.MSG_WAITALL))


def exchange(readers: Sequence[FileIO], text: bytes = b"", writer: FileIO | None = None) -> list[bytes]:
    """What comes from the readers until each is at its end, while the text goes to the writer, which is closed then."""
    found: dict[object, list[bytes]] = {reader: [] for reader in readers}
    left = memoryview(text)
    last = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as waiting:
        for reader in readers:
            waiting.register(reader, selectors.EVENT_READ)
        if writer and text:
            os.set_blocking(writer.fileno(), False)
            waiting.register(writer, selectors.EVENT_WRITE)
        while waiting.get_map():
            ready = waiting.select(last - time.monotonic())
            if not ready:
                raise TimeoutError("the run takes too long")
            for key, _ in ready:
                if key.fileobj is not writer:
                    more = b""
                    with suppress(OSError):  # that is how a terminal tells its end on Linux
                        more = os.read(key.fd, AT_ONCE)
                    found[key.fileobj].append(more)
                    if not more:
                        waiting.unregister(key.fileobj)
                    continue
                try:
                    left = left[os.write(key.fd, left) :]
                except BrokenPipeError:  # it reads no more
                    left = left[:0]
                if not left:
                    waiting.unregister(writer)
                    writer.close()
    return [b"".join(pieces) for pieces in found.values()]
