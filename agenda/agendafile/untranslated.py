"""What is odd in the languages of a valid file: tags of no language, and texts that some have in one, but not all."""

from collections import defaultdict
from collections.abc import Iterator

from agenda.agendafile.languages import list_texts
from agenda.agendafile.meant_languages import explain_language, is_language, name_language
from agenda.agendafile.schema import FileTable
from agenda.errors import Problem
from agenda.text.sentences import join_words

_PLURALS = {"title": "titles", "description": "descriptions", "date_note": "date notes", "role": "roles"}
"""The keys of texts, and what several of each are called."""


def find_language_warnings(file: FileTable) -> Iterator[Problem]:
    """A problem for each language that is none, and for each that some texts are in and others of their key are not."""
    languages = file.agenda.languages or []
    for index, language in enumerate(languages):
        path = ("agenda", "languages", index)
        if not is_language(language):
            yield Problem(path, f'no language has the tag "{language}"; {explain_language(language)}')
        elif lacking := list(_count_lacking(file, language)):
            message = f"{name_language(language)} lacks {join_words(lacking, 'and')}"
            yield Problem(path, f"{message}; add them, or texts in other languages stand for them")


def _count_lacking(file: FileTable, language: str) -> Iterator[str]:
    """How many texts of each key are lacking in the language, of those keys that have some in it."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    usual = next(iter(file.agenda.languages or ()), None)
    for path, text in list_texts(file):
        if text is not None and path[0] != "agenda":
            has_it = language in text if isinstance(text, dict) else language == usual
            counts[str(path[-1])][has_it] += 1
    for key, plural in _PLURALS.items():
        lacking, there = counts[key]
        if lacking and there:
            yield f"{lacking:,} of {lacking + there:,} {plural}"
