"""A folder of files that are written together, as often as needed: files written before are replaced or removed, and
nothing else. A manifest in it lists its files.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO

from msgspec import DecodeError, Struct, json

from agenda.cli.saving import writing
from agenda.cli.whole_files import Unfinished, hold, put_in_place, remove_orphans, removed_by_signals
from agenda.errors import FileError
from agenda.limits import MAX_SITE_BYTES
from agenda.text.safe import quote_path
from agenda.text.sentences import list_few

_MANIFEST = ".agenda-site.json"
_MAX_NAMES = 5
"""How many names of files a message has."""

_FolderObjection = Callable[[Collection[str]], str | None]
"""The reason why files that were written before, by their paths, must be kept, or None."""


class Published(Struct, frozen=True):
    """The numbers of files in a folder, of pages among them, and of former files that were removed."""

    files: int
    pages: int
    removed: int


class _Manifest(Struct, frozen=True):
    """The files that were written, by their paths below the folder, with slashes."""

    files: list[str]


class _Content(Struct, frozen=True):
    """Where the content of a file stands among those of all, which may be more than memory holds."""

    start: int
    size: int

    def read(self, all_contents: IO[bytes]) -> bytes:
        """The content at that place."""
        all_contents.seek(self.start)
        return all_contents.read(self.size)


def publish(name: str, files: Iterable[tuple[str, bytes]], objection: _FolderObjection | None = None) -> Published:
    """Write files, each content by its path with slashes, into the folder of that name, which is made if need be, and
    take away those that were written there before and are no more. One that has its content already is left alone, with
    its times. Names that begin with a dot, such as `.git`, may stand beside them. Of several runs at once, one writes
    after the other.

    `objection` gives the reason why what was written there before must be kept, or None. Raises FileError, before
    anything is written, for that reason, or where the folder holds something else, or one of the files is there already
    and was not written by us, or all of them are too large; and where one cannot be written.
    """
    if not name:
        raise FileError("the name of the folder is empty; name one")
    folder = Path(name)
    with writing(name), _open_beside(folder) as all_contents:
        former = _read_manifest(folder)
        why = objection(former) if objection else None
        if why:
            raise FileError(f"{quote_path(name)} {why}")
        contents = _keep(files, all_contents)
        folder.mkdir(parents=True, exist_ok=True)
        with hold(folder), removed_by_signals() as unfinished:
            removed = _replace(folder, contents, all_contents, unfinished)
    pages = sum(path.endswith(".html") for path in contents)
    return Published(len(contents), pages, removed)


def _replace(folder: Path, contents: dict[str, _Content], all_contents: IO[bytes], unfinished: Unfinished) -> int:
    """Put these files into the places of those that were written before; how many of those were removed."""
    former = _read_manifest(folder)
    _refuse_others(folder, contents, former)
    # First a manifest of all that may be there if this is interrupted, so that the next run knows it for ours.
    put_in_place(folder / _MANIFEST, _write_manifest({*former, *contents}), unfinished)
    for subfolder in ("", *_subfolders(contents)):
        (folder / subfolder).mkdir(exist_ok=True)
        remove_orphans(folder / subfolder)
    for path, content in contents.items():
        put_in_place(folder / path, content.read(all_contents), unfinished)
    removed = sum(_remove(folder, path) for path in former if path not in contents)
    put_in_place(folder / _MANIFEST, _write_manifest(contents), unfinished)
    return removed


def _open_beside(folder: Path) -> IO[bytes]:
    """A file without a name that is gone once it is closed, in the folder, or else in the one that it will be made in:
    where the pages go there is room for them, which the system's folder for temporary files may lack, and may be
    memory.
    """
    places = (place for place in (folder, *folder.parents) if place.is_dir())
    return TemporaryFile(prefix=".agenda-", dir=next(places, None))


def _keep(files: Iterable[tuple[str, bytes]], all_contents: IO[bytes]) -> dict[str, _Content]:
    """Where in `all_contents` the content of each file is kept; FileError where they are larger than `MAX_SITE_BYTES`
    together.
    """
    contents: dict[str, _Content] = {}
    for path, content in files:
        contents[path] = _Content(all_contents.tell(), all_contents.write(content))
        if all_contents.tell() > MAX_SITE_BYTES:
            most = f"{MAX_SITE_BYTES // 10**6:,} MB"
            raise FileError(f"these pages would be larger than {most}; choose fewer days or events")
    return contents


def _read_manifest(folder: Path) -> list[str]:
    """The paths that were written into the folder before; raises FileError where it holds something else."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise FileError(f"{quote_path(str(folder))} is a file; name a folder")
    manifest = folder / _MANIFEST
    if not _is_plain(manifest):
        others = sorted(path.name for path in folder.iterdir() if path == manifest or not path.name.startswith("."))
        if others:
            told = list_few(others, _MAX_NAMES, quote_path)
            raise FileError(
                f"{quote_path(str(folder))} holds files that agenda did not write: {told}; name a new or empty folder"
            )
        return []
    try:
        paths = json.decode(manifest.read_bytes(), type=_Manifest).files
    except DecodeError:
        raise FileError(
            f"{quote_path(str(manifest))} is not as it was written; take it and the pages away, or name a new folder"
        ) from None
    return [path for path in paths if _is_below(path)]


def _is_below(path: str) -> bool:
    """Whether a path of a manifest, which anybody may have changed, stays within the folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and ":" not in path


def _refuse_others(folder: Path, contents: Collection[str], former: Iterable[str]) -> None:
    """Raise FileError where a file would replace what is not ours, or be written through a link out of the folder."""
    ours = set(former)
    for subfolder in _subfolders(contents):
        if (folder / subfolder).is_symlink() or ((folder / subfolder).exists() and not (folder / subfolder).is_dir()):
            raise FileError(f"{quote_path(str(folder / subfolder))} is there already, not made by agenda; move it")
    others = [
        path
        for path in contents
        if os.path.lexists(folder / path) and (path not in ours or not _is_plain(folder / path))
    ]
    if others:
        told = list_few([str(folder / path) for path in others], _MAX_NAMES, quote_path)
        raise FileError(f"{told} {'are' if others[1:] else 'is'} there already and not written by agenda; move it")


def _is_plain(path: Path) -> bool:
    """Whether a file is there that we may have written: no link, pipe or socket."""
    return path.is_file() and not path.is_symlink()


def _subfolders(paths: Iterable[str]) -> list[str]:
    """The folders below the one of the site that these paths lead through, each after those above it."""
    of_files = {folder for path in paths if (folder := path.rpartition("/")[0])}
    return sorted(of_files.union(*map(_parents, of_files)))


def _parents(path: str) -> Iterator[str]:
    """The folders below the one of the site that a path leads through."""
    return (str(parent) for parent in PurePosixPath(path).parents if parent.parts)


def _write_manifest(paths: Iterable[str]) -> bytes:
    return json.format(json.encode(_Manifest(sorted(paths))), indent=1) + b"\n"


def _remove(folder: Path, path: str) -> bool:
    """Take a file away, and the folders that are empty then; whether it was there. A link is nothing that we wrote."""
    if any((folder / parent).is_symlink() for parent in _parents(path)):
        return False
    target = folder / path
    is_there = _is_plain(target)
    if is_there:
        target.unlink()
    for parent in _parents(path):
        below = folder / parent
        if below.is_dir() and not any(below.iterdir()):
            below.rmdir()
    return is_there
