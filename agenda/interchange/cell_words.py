"""The words that people write in cells for a status, and for yes and no, in English and Italian."""

from agenda.model import Status
from agenda.text.folding import fold

_STATUSES = {
    Status.CONFIRMED: "confirmed, confermato, confermata, ok, yes, si, accepted",
    Status.TENTATIVE: "tentative, provisional, to be confirmed, tbc, provvisorio, provvisoria, da confermare, in forse",
    Status.CANCELLED: "cancelled, canceled, annullato, annullata, cancellato, cancellata, soppresso, soppressa",
}
_STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words.split(", ")}
_TRUE = {"true", "vero", "yes", "y", "x", "1", "si"}
_FALSE = {"false", "falso", "no", "n", "0"}


def read_status(text: str) -> Status | None:
    """The status that a text means, such as `annullata`; None where it means none."""
    return _STATUS_OF.get(fold(text))


def read_answer(text: str) -> bool | None:
    """Whether a text says yes, such as `x` or `vero`; None where it says neither that nor no."""
    word = fold(text)
    return word in _TRUE if word in _TRUE | _FALSE else None
