"""Words in the cells of tables that say one of a few things: a status, who may see an event, yes or no."""

from agenda.model import Status, Visibility
from agenda.text.folding import fold
from agenda.text.safe import quote

_STATUSES = {
    Status.CONFIRMED: "confirmed, confermato, confermata, ok, yes, si, accepted",
    Status.TENTATIVE: "tentative, provisional, to be confirmed, tbc, provvisorio, provvisoria, da confermare, in forse",
    Status.CANCELLED: "cancelled, canceled, annullato, annullata, cancellato, cancellata, soppresso, soppressa",
}
_STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words.split(", ")}
_TRUE = {"true", "vero", "yes", "y", "x", "1", "si"}
_FALSE = {"false", "falso", "no", "n", "0"}


def read_status(text: str) -> str | None:
    """The status that a text names; None for the usual one. Raises ValueError, with a message for the user, where it
    names none.
    """
    status = _STATUS_OF.get(fold(text))
    if status is None:
        raise ValueError(f"{quote(text)} is no status; write confirmed, tentative or cancelled")
    return None if status is Status.CONFIRMED else str(status)


def read_visibility(text: str) -> str | None:
    """The visibility that a text names; None for the usual one. Raises ValueError, with a message for the user, where
    it names none.
    """
    if fold(text) not in set(Visibility):
        raise ValueError(f"{quote(text)} is neither public nor internal")
    return None if fold(text) == Visibility.PUBLIC else str(Visibility.INTERNAL)


def read_truth(text: str) -> bool:
    """Whether a text says yes. Raises ValueError, with a message for the user, where it says neither yes nor no."""
    word = fold(text)
    if word not in _TRUE | _FALSE:
        raise ValueError(f"{quote(word)} is neither yes nor no")
    return word in _TRUE
