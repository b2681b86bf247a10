"""How files are saved: whole or not at all, and none that must be kept."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from agenda.cli.output import STDOUT, write
from agenda.errors import FileError
from agenda.text.safe import quote_path

if TYPE_CHECKING:
    from agenda.cli.whole_files import Unfinished

_Objection = Callable[[Path], str | None]
"""The reason why a file that is there must be kept, or None."""


def save(name: str, chunks: Iterable[str], objection: _Objection | None = None) -> None:
    """Data to the file of that name, or to standard output where it is `-`.

    The file is there whole or not at all: it is written beside its place and then moved there. One that has that
    content already is left alone, with its times and its inode, so that web servers and apps see no change. A device,
    or whatever else is no plain file, is written to directly. `objection` gives the reason why a file that is there
    already must be kept, or None. Raises FileError for that reason, or where the file cannot be written.
    """
    if name == STDOUT:
        write(chunks)
        return
    if not name:
        raise FileError("the name of the file is empty; name one, or - for standard output")
    from agenda.cli.whole_files import remove_orphans, removed_by_signals

    content = _encode(chunks)
    target = Path(name)
    with writing(name):
        if target.is_dir():
            raise FileError(f"{quote_path(name)} is a folder; name a file in it")
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            place = _follow_links(target)
            remove_orphans(place.parent)
            with removed_by_signals() as unfinished:
                _put(target, place, content, objection=objection, unfinished=unfinished)


def replace_file(name: str, before: bytes, after: bytes) -> None:
    """Put the content `after` into the file of that name, which has the content `before`: whole or not at all, through
    links, and with its mode. Of several runs at once, one does. Raises FileError where it has another content by now,
    or cannot be written.
    """
    from agenda.cli.whole_files import hold, put_in_place, remove_orphans, removed_by_signals

    target = Path(os.path.realpath(name))
    with writing(name):
        if not os.access(target, os.W_OK):
            raise FileError(f"{quote_path(name)} is not to be written to; `chmod u+w` allows it")
        if not os.access(target.parent, os.W_OK):  # a file that is replaced is made beside its place
            folder = quote_path(str(target.parent))
            raise FileError(
                f"{quote_path(name)} is in {folder}, a folder that is not to be written to; `chmod u+w` allows it"
            )
        remove_orphans(target.parent)
        with hold(target), removed_by_signals() as unfinished:
            if target.read_bytes() != before:
                raise FileError(f"{quote_path(name)} was changed by another program meanwhile; try again")
            put_in_place(target, after, unfinished)


def save_in(name: str, files: Mapping[str, Iterable[str]], objection: _Objection | None = None) -> None:
    """Files by name to a folder, which is made if it is not there, with those above it: all of them, or none where
    `objection`, as for `save`, has a reason to keep one that is there, or, given any, where there is a link, a pipe or
    whatever else is no plain file. One that has its content already is left alone. Raises FileError for that reason, or
    where one cannot be written.
    """
    if not name:
        raise FileError("the name of the folder is empty; name one")
    from agenda.cli.whole_files import remove_orphans, removed_by_signals

    folder = Path(name)
    contents = {folder / file: _encode(chunks) for file, chunks in files.items()}
    with writing(name):
        if folder.exists() and not folder.is_dir():
            raise FileError(f"{quote_path(name)} is a file; name a folder")
        folder.mkdir(parents=True, exist_ok=True)
        for target in filter(os.path.lexists, contents):
            _refuse_special(target, objection)
            _refuse(target, objection)
        remove_orphans(folder)
        with removed_by_signals() as unfinished:
            for target, content in contents.items():
                _put(target, target, content, objection=objection, unfinished=unfinished)


def find_former(name: str, made: Iterable[str], is_former: Callable[[Path], bool]) -> list[Path]:
    """The files in a folder, by name, that `is_former` knows for ours, and that are none of those that were `made`.

    Only plain files whose names end in `.ics` are looked at: no links, and nothing in folders below. Raises FileError
    where the folder cannot be looked through.
    """
    folder = Path(name)
    with writing(name):
        # By their inodes, since a file system may take names for the same that differ in case or in how accents are
        # written.
        kept = {_inode(folder / file) for file in made}
        return [
            path
            for path in sorted(folder.glob("*.ics"))
            if path.is_file() and not path.is_symlink() and _inode(path) not in kept and _is_ours(path, is_former)
        ]


def read_present(paths: Iterable[Path], max_bytes: int) -> dict[Path, bytes]:
    """The contents of those of these files that are there, are plain files no larger than that, and can be read."""
    contents = {}
    for path in paths:
        with suppress(OSError, ValueError):
            if path.is_file() and path.stat().st_size <= max_bytes:
                contents[path] = path.read_bytes()
    return contents


def remove(paths: Iterable[Path]) -> None:
    """Remove files; raises FileError where one cannot be removed."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise FileError(f"{quote_path(str(path))} cannot be removed: {why}") from None


@contextmanager
def writing(name: str) -> Iterator[None]:
    """A context in which whatever the system refuses is a FileError on the file or folder of that name."""
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not Path(name).parent.exists():
            raise FileError(_no_folder(str(Path(name).parent))) from None
        raise FileError(f"{quote_path(name)} cannot be written: {os.strerror(error.errno or 0)}") from None


def _no_folder(name: str) -> str:
    """The message that there is no folder of that name, with the command that makes it unless it cannot be shown."""
    import shlex

    shown = quote_path(name)
    is_shown = shown == f'"{name}"' and name.encode(errors="ignore").decode() == name  # not what is no UTF-8
    advice = f"`mkdir -p {shlex.quote(name)}` makes it" if is_shown else "make it first"
    return f"the folder {shown} does not exist; {advice}"


def _encode(chunks: Iterable[str]) -> bytes:
    return b"".join(chunk.encode() for chunk in chunks)


def _refuse(target: Path, objection: _Objection | None) -> None:
    if target.is_dir():
        raise FileError(f"{quote_path(str(target))} is a folder; name another, or take it away")
    why = objection(target) if objection and target.is_file() else None
    if why:
        raise FileError(f"{quote_path(str(target))} is there already and {why}; name another, or add --force")


def _refuse_special(target: Path, objection: _Objection | None) -> None:
    if objection and (target.is_symlink() or not target.is_file()):
        kind = "a link" if target.is_symlink() else "no plain file"
        raise FileError(f"{quote_path(str(target))} is there already and is {kind}; name another, or add --force")


def _follow_links(target: Path) -> Path:
    """The file that a name leads to, whether it is there or not. Raises OSError where links lead in a circle."""
    place = Path(os.path.realpath(target))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return place


def _put(target: Path, place: Path, content: bytes, *, objection: _Objection | None, unfinished: "Unfinished") -> None:
    """Put a file into its place, unless there is an objection to that; `target` is what the place is called. What
    another program puts there at the same time is there already.
    """
    from agenda.cli.whole_files import put_in_place, put_new

    if objection and not os.path.lexists(place):
        with suppress(FileExistsError):
            put_new(place, content, unfinished)
            return
    _refuse(target, objection)
    put_in_place(place, content, unfinished)


def _inode(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _is_ours(path: Path, is_former: Callable[[Path], bool]) -> bool:
    """Whether a file is known for ours; one that cannot be read is not."""
    try:
        return is_former(path)
    except OSError:
        return False
