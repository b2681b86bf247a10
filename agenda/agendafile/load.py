"""From files to the agenda that they hold, or to all that is wrong with them."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, ValidationError

from agenda.agendafile import schema
from agenda.agendafile.resolve import resolve
from agenda.agendafile.toml_text import FileContent
from agenda.errors import DataError, Diagnostic, FileError, Problem, Severity
from agenda.files import STDIN, read_file
from agenda.model import Agenda
from agenda.text.safe import make_visible, quote_path

if TYPE_CHECKING:
    from agenda.agendafile.file_heads import FileHead

_PACKAGE = Path(__file__).parent.parent
_SUFFIX = ".toml"


MIN_CACHED_BYTES = 10_000
"""Bytes from which on a file is looked for in a cache; a smaller one is read in a moment."""


def load(*paths: str | PathLike[str] | None, language: str | None = None, cache: Path | None = None) -> Agenda:
    """The agenda in the file of that path, or in the files of several paths together. A path of a folder stands for its
    `*.toml` files in the order of their names, `-` for standard input, and None, or no path at all, for the shipped
    file.

    Its texts are in `language`, a tag of BCP 47, if the file declares that: `it-CH` finds texts in `it` (lookup of RFC
    4647, 3.4). If it does not, they are in the first language that the file declares.

    `cache` is a folder in which the content of a file is kept, so that a large one is read in half the time from the
    second run on; a very small file, and one of several, is not kept. Whatever is in that folder, the result is the
    same.

    Raises FileError where a file cannot be read, and DataError, with every mistake at its place, where one is not
    UTF-8, not TOML 1.1, or no agenda, and where several contradict each other.
    """
    contents = read_files([path if path is None else fspath(path) for path in paths])
    if len(contents) == 1:
        (content,) = contents
        if cache and len(content.content) >= MIN_CACHED_BYTES:
            return _parse_by_cache(cache, content, language)
        return parse_agenda(content, language)
    from agenda.agendafile.several import read_several  # most agendas are one file

    return read_several(contents, language).agenda


def parse_agenda(content: FileContent, language: str | None = None) -> Agenda:
    """The agenda in the content of one file, in that language as `load` has it; raises DataError as `load` does."""
    return parse_tables(content.tables(), content, language)


def parse_tables(tables: dict[str, Any], content: FileContent, language: str | None = None) -> Agenda:
    """The same where these are the plain tables of the content."""
    return _resolve_file(_convert(tables, content), content, language)


def _parse_by_cache(cache: Path, content: FileContent, language: str | None) -> Agenda:
    """The same, by what is kept in that folder; a file with mistakes is not kept."""
    from agenda.agendafile.cache import find_kept, keep  # not for changes, nor for very small files

    kept = find_kept(cache, content.content)
    if kept:
        return _resolve_file(kept, content, language)
    file = _convert(content.tables(), content)
    agenda = _resolve_file(file, content, language)
    keep(cache, content.content, file)
    return agenda


def display_name(name: str | None) -> str:
    r"""What a file that is named as for `load` is called in messages; a byte that is no UTF-8 reads as `\\udcff`."""
    if name == STDIN:
        return "<stdin>"
    readable = (str(shipped_file()) if name is None else name).encode(errors="backslashreplace").decode()
    return make_visible(readable)


def shipped_file() -> Path:
    """The dataset that comes with the program: beside its code once it is installed, in `data/` in a checkout."""
    installed = _PACKAGE / "events.toml"
    return installed if installed.exists() else _PACKAGE.parent / "data" / "events.toml"


class CheckResult(Struct, frozen=True, kw_only=True):
    """What a check of files has found, in their order; the `agenda` is None where there are errors. The `lines` of each
    file, by its name in diagnostics, are there where anything was found, and where it is text.
    """

    agenda: Agenda | None
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, tuple[str, ...]] = {}


FindMore = Callable[[Agenda, datetime], Iterable[Problem]]
"""A check of its own that finds warnings, given the time, besides those that every check gives."""


def check_files(names: Sequence[str | None], clock: Callable[[Agenda], datetime], *find_more: FindMore) -> CheckResult:
    """Check the files of these names, named as `load` has them; `clock` tells the time for an agenda.

    Raises FileError where one cannot be read.
    """
    contents = read_files(names)
    try:
        agenda, warnings = _check(contents, clock, find_more)
    except DataError as error:
        agenda, warnings = None, list(error.diagnostics)
    found = {diagnostic.file for diagnostic in warnings}
    lines = {content.shown: content.lines() for content in contents if content.shown in found}
    return CheckResult(agenda=agenda, diagnostics=tuple(warnings), lines=lines)


def _check(
    contents: Sequence[FileContent], clock: Callable[[Agenda], datetime], find_more: Sequence[FindMore]
) -> tuple[Agenda, list[Diagnostic]]:
    """The agenda of these files, and the warnings; raises DataError where there are errors."""

    def find_all(agenda: Agenda, file: schema.FileTable, file_heads: Sequence["FileHead"] = ()) -> list[Problem]:
        from agenda.agendafile.lint import find_warnings  # most runs warn of nothing

        now = clock(agenda)
        more = [problem for find in find_more for problem in find(agenda, now)]
        return [*find_warnings(agenda, file, now, file_heads), *more]

    if len(contents) > 1:
        from agenda.agendafile.several import read_several

        read = read_several(contents)
        united = read.united
        problems = find_all(read.agenda, united.file, united.file_heads)
        return read.agenda, read.locate(problems, Severity.WARNING)
    (content,) = contents
    file = _convert(content.tables(), content)
    agenda = _resolve_file(file, content)
    warnings = find_all(agenda, file)
    if not warnings:
        return agenda, []
    from agenda.agendafile.diagnose import FileText, locate_problems

    text = FileText(content.shown, content.text(), [event.id for event in file.events])
    return agenda, locate_problems(warnings, [text], Severity.WARNING)


def read_files(names: Sequence[str | None]) -> list[FileContent]:
    """What is in the files of these names, and in those of folders, each of them once; without any, the shipped one.
    Raises FileError where one cannot be read, and where a folder has no TOML files.
    """
    files = [file for name in names or [None] for file in _list_files(name)]
    if files[1:]:
        by_place: dict[str | None, str | None] = {}
        for file in files:
            by_place.setdefault(_identify(file), file)
        files = list(by_place.values())
    return [
        FileContent(display_name(file), read_file(str(shipped_file()) if file is None else file, "a TOML file"))
        for file in files
    ]


def _identify(name: str | None) -> str | None:
    """What is the same for two names of one file."""
    return name if name in (None, STDIN) else os.path.realpath(name)


def _list_files(name: str | None) -> Iterator[str | None]:
    """The file of that name, or those in the folder of that name; raises FileError where it has none."""
    if name is None or name == STDIN or not os.path.isdir(name):  # noqa: PTH112 - it raises nothing
        yield name
        return
    try:
        inside = sorted(file for file in Path(name).iterdir() if file.suffix == _SUFFIX and file.name[0] != ".")
    except OSError as error:
        raise FileError(f"{quote_path(name)} cannot be read: {os.strerror(error.errno or 0)}") from None
    if not inside:
        raise FileError(
            f"{quote_path(name)} is a folder without TOML files (*{_SUFFIX}); name one that has some, or a file"
        )
    yield from map(str, inside)


def _convert(tables: dict[str, Any], content: FileContent) -> schema.FileTable:
    """The tables of a file as the schema has them, and not resolved yet.

    Raises DataError where they are of another shape; then also with what is wrong in their meaning.
    """
    # The text is not kept for what could be wrong, nor are the plain tables, which saves a fifth of the memory.
    try:
        return schema.convert_tables(tables)
    except ValidationError:  # that is only the first mistake
        from agenda.agendafile.diagnose import FileText, find_problems, list_ids, locate_problems

        text = FileText(content.shown, content.text(), list_ids(tables))
        raise DataError(locate_problems(find_problems(tables), [text])) from None


def _resolve_file(file: schema.FileTable, content: FileContent, language: str | None = None) -> Agenda:
    """The agenda that a file means; raises DataError, with every mistake, where it means none."""
    agenda, problems = resolve(file, language=language)
    if problems:
        from agenda.agendafile.diagnose import FileText, locate_problems

        text = FileText(content.shown, content.text(), [event.id for event in file.events])
        raise DataError(locate_problems(problems, [text]))
    return agenda
