"""What a search on a page finds an event by, besides the text that is there to be read."""

from agenda.model import Event
from agenda.query import searched_texts
from agenda.text.folding import fold

_MAX_SEARCH_CHARACTERS = 1000
"""The most characters of an event; a description may be as long as a page."""


def search_words(event: Event) -> str:
    """The words that `agenda list --search` finds the event by, folded and each once, except for those of its title:
    aliases and names in other languages, the kind, topics, sources and the description, in this order.
    """
    title = fold(event.title).split()
    words = dict.fromkeys(word for text in searched_texts(event) for word in fold(text).split())
    text = " ".join(word for word in words if word not in title)
    if len(text) <= _MAX_SEARCH_CHARACTERS:
        return text
    return text[:_MAX_SEARCH_CHARACTERS].rpartition(" ")[0]
