"""A starter file: a small agenda that is valid as it stands, and whose comments say what to put in its place."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from string import Template

from msgspec.json import encode

from agenda.text.folding import hyphenate
from agenda.text.safe import one_line

_NAMELESS = "agenda"
UNTITLED_AGENDA = "My agenda"
"""What an agenda is called whose title is not known."""
_MAX_SLUG_CHARACTERS = 40
_DAYS_AHEAD = (9, 23, 30, 31, 33, 35, 38)
"""How far ahead the days are that the file names."""


def write_starter(title: str, timezone: str, now: datetime, random: str) -> Iterator[str]:
    """The lines of the file: an agenda of that title whose events lie some weeks after `now`, a time with its offset.

    `timezone` is the name of an IANA zone, and `random` what makes the namespace one that nobody else has.
    """
    slug = hyphenate(title)[:_MAX_SLUG_CHARACTERS].strip("-") or _NAMELESS
    today = min(now.date(), date.max - timedelta(max(_DAYS_AHEAD)))
    days = {f"day{number}": (today + timedelta(number)).isoformat() for number in _DAYS_AHEAD}
    filled = _FILE.substitute(
        days,
        title=_text(title),
        timezone=_text(timezone),
        namespace=f"{slug}-{random}",
        revised=now.isoformat(timespec="seconds"),
    )
    yield from filled.splitlines(keepends=True)


def _text(text: str) -> str:
    """As TOML has it, between quotation marks."""
    return encode(one_line(text) or UNTITLED_AGENDA).decode()


_FILE = Template("""\
# An agenda, in TOML (https://toml.io). What follows a # is a comment, for you alone. All that is below is an example:
# change it, take it away, and run `agenda check` on this file as often as you like.

[agenda]
title = $title
timezone = $timezone  # of times whose city has no zone of its own; also what "today" means
namespace = "$namespace"  # by which calendar apps know these events: never change it
revised = $revised  # raise it whenever people's calendars should take what you have changed

# --- Names, which events then use. Once a city is declared, events can be in no other, so that a slip is found.

[cities.Torino]
timezone = "Europe/Rome"
aliases = ["Turin"]  # what else it may be called, here and on the command line

[cities.Lyon]
timezone = "Europe/Paris"

[venues.opera]
name = "Opera house"
city = "Torino"  # an event at this venue is in this city
address = "Piazza Castello 215"

# There are also [people], [organizers], [topics], [kinds] and [sources]. What is not declared may be called anything.

# --- Events, in any order. All that each needs is an id, which never changes, and a title.

[[events]]
id = "opening-concert"
title = "Opening concert"
venue = "opera"
start = ${day30}T20:30:00  # a time, by the clocks of its city
end = 22:45:00  # on the same day
kind = "concert"
topics = ["music"]
people = ["Clara Schumann", { name = "Johannes Brahms", role = "piano" }]
description = \"""
Doors open an hour before. A backslash at the end of a line \\
joins it with the next one.
\"""
url = "https://example.com/opening"

[[events]]
id = "festival"
title = "Festival"
city = ["Torino", "Lyon"]  # one city, or several
start = $day31  # days, without a time: the first,
end = $day33  # and the last

[[events]]
id = "broadcast"
title = "Radio broadcast"
city = "Lyon"
between = [$day35, $day38]  # on some day within these two; which is not known yet

[[events]]
id = "tour"
title = "Guided tour of the opera house"
venue = "opera"
start = ${day9}T10:00:00
repeat = "FREQ=WEEKLY;COUNT=4"  # each week, four times
except = [$day23]  # but not on this day

[[events]]
id = "closing"
title = "Closing dinner"  # neither start nor between: the date is to be announced
status = "tentative"  # it may not happen; there is "cancelled", too
""")
