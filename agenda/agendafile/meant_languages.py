"""Which languages there are, and which was meant by what is the tag of none: a country's, or one by its name."""

from agenda.text import find_nearest, fold, join_words, quote

FORM = "write a tag of BCP 47, such as it, ja or pt-BR"
"""What is right, where nothing is known of what was meant."""


def is_language(tag: str) -> bool:
    """Whether CLDR has the language of the tag."""
    return tag.lower().split("-")[0] in _english_names()


def explain_language(typed: str) -> str:
    """What is right in the place of a text that is the tag of no language."""
    from babel.languages import get_official_languages

    names = _english_names()
    of_country = [tag for tag in get_official_languages(typed.upper()) if tag in names]
    by_fold = {fold(name): tag for tag, name in names.items()}
    near = of_country or [by_fold[fold(name)] for name in find_nearest(typed, names.values())]
    return f"did you mean {join_words(map(quote, near))}?" if near else FORM


def name_language(tag: str) -> str:
    """The language with its name, as far as CLDR has it: `Italian (it)`."""
    from babel import Locale

    language, *rest = tag.split("-")
    name = Locale("en").languages.get(language.lower())
    return f"{name} ({tag})" if name and not rest else tag


def _english_names() -> dict[str, str]:
    """The English names of all languages by their tags, of those alone that have no subtags."""
    from babel import Locale

    return {tag: name for tag, name in Locale("en").languages.items() if "_" not in tag}
