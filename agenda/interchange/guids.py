"""The GUIDs by which the schedules that we write know the sessions of an agenda."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

_MADE_OF_A_TEXT = 5
"""The version of such UUIDs (RFC 9562, 5.5)."""


def make_guid(uid: str, day: date | None = None) -> UUID:
    """The GUID of the event of that UID: the UID itself where that is one, as of an imported schedule, else one that is
    made of it; of a time of a series, of its day as well.
    """
    if day is not None:
        return uuid5(NAMESPACE_URL, f"{uid}#{day}")
    try:
        return UUID(uid) if str(UUID(uid)) == uid.lower() else uuid5(NAMESPACE_URL, uid)
    except ValueError:
        return uuid5(NAMESPACE_URL, uid)


def may_be_of_time(uid: str) -> bool:
    """Whether a UID may be the GUID of a time of a series, which is made of a text; most others are made by chance."""
    try:
        return UUID(uid).version == _MADE_OF_A_TEXT
    except ValueError:
        return False
