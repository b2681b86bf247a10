"""Which languages there are, and which one was meant by a text that is no tag: the code of a country, or a name."""

from agenda.text.folding import fold
from agenda.text.nearest import find_nearest
from agenda.text.safe import quote
from agenda.text.sentences import join_words

FORM = "write a tag of BCP 47, such as it, ja or pt-BR"
"""What is right, where nothing is known of what was meant."""

_OWN_NAMES = ("de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "zh")
"""Languages that are known by what they are called in themselves, `italiano`: to read all of CLDR takes a while."""


def is_language(tag: str) -> bool:
    """Whether CLDR has the language of the tag."""
    return tag.lower().split("-")[0] in _english_names()


def explain_language(typed: str) -> str:
    """What to write in the place of a text that is the tag of no language."""
    if "," in typed:
        return "name one language at a time"
    near = find_meant_languages(typed)
    return f"did you mean {join_words(map(quote, near))}?" if near else FORM


def find_meant_languages(typed: str) -> list[str]:
    """The tags of the languages that may be meant by a text that is none: those of a country, `ja` for `jp`, or one by
    its name, in itself or in English.
    """
    from babel import Locale
    from babel.languages import get_official_languages

    names = _english_names()
    of_country = [tag for tag in get_official_languages(typed.upper()) if tag in names]
    by_fold = {fold(name): tag for tag, name in names.items()}
    own = (tag for tag in _OWN_NAMES if fold(Locale(tag).get_display_name() or "") == fold(typed))
    return of_country or list(own) or [by_fold[fold(name)] for name in find_nearest(typed, names.values())]


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
