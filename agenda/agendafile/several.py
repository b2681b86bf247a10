"""One agenda of several files, or all that is wrong with them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, ValidationError
from msgspec.structs import replace

from agenda.agendafile.diagnose import Descent, FileText, list_ids, locate_problems
from agenda.agendafile.file_heads import FILE, split_path
from agenda.agendafile.resolve import resolve
from agenda.agendafile.schema import FileTable, convert_tables
from agenda.agendafile.toml_text import FileContent
from agenda.agendafile.unite import United, unite
from agenda.errors import DataError, Diagnostic, KeyPath, Problem, Severity
from agenda.limits import MAX_SHAPE_PROBLEMS
from agenda.model import Agenda


class _Part(Struct):
    """One of the files: its tables, and the descent that left out of them what is of a wrong shape, if anything is."""

    content: FileContent
    file: FileTable
    ids: list[str | None]
    descent: Descent | None = None


class ReadFiles(Struct):
    """Files that are one agenda, and what they say together."""

    agenda: Agenda
    united: United
    parts: list[_Part]

    def locate(self, problems: Iterable[Problem], severity: Severity) -> list[Diagnostic]:
        """A diagnostic for each problem of the united tables, file by file."""
        return locate_problems(_in_files(problems, self.united), _texts(self.parts), severity)


def read_several(contents: Sequence[FileContent], language: str | None = None) -> ReadFiles:
    """The agenda of all these files, in that language as `load` has it; raises DataError with all that is wrong."""
    parts: list[_Part] = []
    unreadable: list[Diagnostic] = []
    for content in contents:
        try:
            parts.append(_read_part(content))
        except DataError as error:
            unreadable += error.diagnostics
    shapes = list(_shape_problems(parts))
    if unreadable or len(shapes) > MAX_SHAPE_PROBLEMS:
        order = [content.shown for content in contents]
        diagnostics = [*unreadable, *locate_problems(shapes, _texts(parts))]
        raise DataError(sorted(diagnostics, key=lambda diagnostic: order.index(diagnostic.file)))
    united = unite([part.file for part in parts])
    agenda, problems = resolve(united.file, united.file_heads, language)
    problems = [*shapes, *_as_written(_in_files([*united.problems, *problems], united), parts)]
    if problems:
        raise DataError(locate_problems(problems, _texts(parts)))
    return ReadFiles(agenda, united, parts)


def _read_part(content: FileContent) -> _Part:
    tables = content.tables()
    try:
        file = convert_tables(tables)
    except ValidationError:
        descent = Descent(tables)
        return _Part(content, convert_tables(descent.tables), list_ids(tables), descent)
    return _Part(content, file, [event.id for event in file.events])


def _texts(parts: Sequence[_Part]) -> list[FileText]:
    return [FileText(part.content.shown, part.content.text(), part.ids) for part in parts]


def _shape_problems(parts: Sequence[_Part]) -> Iterator[Problem]:
    """What is of a wrong shape, each at its place in its file."""
    for number, part in enumerate(parts):
        for problem in part.descent.problems if part.descent else ():
            yield replace(problem, path=(FILE, number, *problem.path))


def _in_files(problems: Iterable[Problem], united: United) -> Iterator[Problem]:
    """The problems of the united tables, each at its place in the tables of its file."""
    for problem in problems:
        other = problem.other and united.in_file(problem.other)
        yield replace(problem, path=united.in_file(problem.path), other=other)


def _as_written(problems: Iterable[Problem], parts: Sequence[_Part]) -> Iterator[Problem]:
    """The problems at their places in the files themselves, whose lists may have items that their tables lack."""

    def restore(path: KeyPath) -> KeyPath:
        number, path = split_path(path)
        descent = parts[number].descent
        return (FILE, number, *(descent.original(path) if descent else path))

    for problem in problems:
        number, path = split_path(problem.path)
        descent = parts[number].descent
        if not (descent and descent.lacks_items(path)):
            yield replace(problem, path=restore(problem.path), other=problem.other and restore(problem.other))
