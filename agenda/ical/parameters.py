"""The parameters of properties (RFC 5545, 3.2): which of them say something that an agenda has no place for."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from agenda.ical.reader import Property

_READ = {"TZID", "CN", "PARTSTAT", "ENCODING", "RANGE"}
"""Parameters that import reads, and tells of itself where it cannot keep them."""
_WITHOUT_MEANING: Mapping[str, AbstractSet[str]] = {
    "VALUE": {"DATE", "DATE-TIME", "PERIOD", "DURATION", "RECUR", "TEXT", "URI", "CAL-ADDRESS", "FLOAT", "UNKNOWN"},
    "CUTYPE": {"INDIVIDUAL", "UNKNOWN", "ROOM", "RESOURCE"},  # that a room is left out is told as such
    "ROLE": {"REQ-PARTICIPANT", "CHAIR"},
    "RSVP": {"FALSE"},
    "CHARSET": {"UTF-8", "US-ASCII"},
    "DERIVED": {"FALSE"},
    "SCHEDULE-AGENT": {"SERVER"},
    "X-NUM-GUESTS": {"0"},
}
"""Values of parameters that say what holds without them, or that an agenda keeps."""


def lost_parameters(given: Property) -> Iterator[str]:
    """The names of the parameters of a property whose value is kept, that are lost and mean something."""
    for name, value in given.parameters.items():
        says_nothing = not value.strip() or value.upper() in _WITHOUT_MEANING.get(name, ())
        if name == "CHARSET" and given.value.isascii():
            says_nothing = True  # the characters are the same in whatever set
        if name == "EMAIL" and value.lower() == given.value.lower().removeprefix("mailto:"):
            says_nothing = True
        if name not in _READ and not says_nothing:
            yield name
