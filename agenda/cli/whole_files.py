"""Files that are put into their places whole or not at all, and by one program at a time."""

import errno
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from types import FrameType
from typing import BinaryIO

_BESIDE = re.compile(r"\.agenda-[0-9a-f]{16}")
"""The names of files that are still being written."""
_ORPHAN_SECONDS = 3600
"""How old such a file is when whoever was writing it has long been killed."""
_ENDINGS = ("SIGTERM", "SIGHUP")
"""The signals that end a program; SIGINT is an exception in Python, and what Windows lacks is not sent there."""
_WITHOUT_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
"""What file systems say that cannot tell when a file is on the disk."""

Unfinished = set[Path]
"""The files that are being written beside their places."""


def put_in_place(target: Path, content: bytes, unfinished: Unfinished) -> None:
    """Put a new file into the place of `target`, unless its content is that already. The new one has the mode of the
    one before it, or the usual one. One that replaces another is on the disk before it does, so that a loss of power
    leaves one of the two. Raises OSError.
    """
    if _holds(target, content):
        return
    with _beside(target, unfinished) as (path, out):
        out.write(content)
        if target.exists():
            shutil.copymode(target, path)
            _sync(out)
        out.close()
        path.replace(target)


def put_new(target: Path, content: bytes, unfinished: Unfinished) -> None:
    """Put a new file where none is. Raises FileExistsError, and leaves what is there alone, where there is one by then,
    even if another program put it there in this moment; and OSError.
    """
    with _beside(target, unfinished) as (path, out):
        out.write(content)
        out.close()
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError, AttributeError):  # a file system, or Python, without hard links
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            path.replace(target)


@contextmanager
def hold(target: Path) -> Iterator[None]:
    """A context in which no other program that holds the file or folder of that name goes on, where the system can do
    that; those that waited find another file by that name, if this one is replaced in the context. Raises OSError.
    """
    try:
        import fcntl
    except ImportError:  # Windows, which lets no file be replaced that is open
        yield
        return
    opened = os.open(target, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


@contextmanager
def removed_by_signals() -> Iterator[Unfinished]:
    """A context for files to be written in, in which the signals that end the program first remove the unfinished."""
    unfinished: Unfinished = set()

    def end(number: int, _: FrameType | None) -> None:
        for path in unfinished:
            path.unlink(missing_ok=True)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # so that whoever waits for us sees by what we ended

    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]  # not what nohup ignores
    for number in ours:
        signal.signal(number, end)
    try:
        yield unfinished
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def remove_orphans(folder: Path) -> None:
    """Take away the files of a folder that were being written when their program was killed, an hour ago or more."""
    oldest = time.time() - _ORPHAN_SECONDS
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _BESIDE.fullmatch(entry.name):
                with suppress(OSError):  # those of others stay
                    if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mtime < oldest:
                        Path(entry.path).unlink()


@contextmanager
def _beside(target: Path, unfinished: Unfinished) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in the folder of `target`, open to be written, which is gone at the end of the context unless it was
    renamed, and unfinished until then.
    """
    path = target.with_name(f".agenda-{os.urandom(8).hex()}")
    unfinished.add(path)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(file, "wb") as out:
            yield path, out
    finally:
        path.unlink(missing_ok=True)
        unfinished.remove(path)


def _sync(out: BinaryIO) -> None:
    out.flush()
    try:
        os.fsync(out.fileno())
    except OSError as error:
        if error.errno not in _WITHOUT_SYNC:
            raise


def _holds(target: Path, content: bytes) -> bool:
    """Whether a file is there that has that content; not where it cannot be read."""
    try:
        status = target.stat()
        return S_ISREG(status.st_mode) and status.st_size == len(content) and target.read_bytes() == content
    except OSError:
        return False
