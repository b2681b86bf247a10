"""The types of values in an agenda file, and what they are called, in their metadata.

`agenda.agendafile.keys` reads it back.
"""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from msgspec import Meta


def describe_type(wanted: str, value: str = "", **constraints: Any) -> Meta:
    """What a type is called: `wanted` in messages, e.g. "it must be text that is not empty", and `value` on the page of
    the format.
    """
    return Meta(extra={"wanted": wanted, "value": value}, **constraints)


# fmt: off
_Color = Literal[
    "aliceblue", "antiquewhite", "aqua", "aquamarine", "azure", "beige", "bisque", "black", "blanchedalmond",
    "blue", "blueviolet", "brown", "burlywood", "cadetblue", "chartreuse", "chocolate", "coral",
    "cornflowerblue", "cornsilk", "crimson", "cyan", "darkblue", "darkcyan", "darkgoldenrod", "darkgray",
    "darkgreen", "darkgrey", "darkkhaki", "darkmagenta", "darkolivegreen", "darkorange", "darkorchid",
    "darkred", "darksalmon", "darkseagreen", "darkslateblue", "darkslategray", "darkslategrey",
    "darkturquoise", "darkviolet", "deeppink", "deepskyblue", "dimgray", "dimgrey", "dodgerblue", "firebrick",
    "floralwhite", "forestgreen", "fuchsia", "gainsboro", "ghostwhite", "gold", "goldenrod", "gray", "green",
    "greenyellow", "grey", "honeydew", "hotpink", "indianred", "indigo", "ivory", "khaki", "lavender",
    "lavenderblush", "lawngreen", "lemonchiffon", "lightblue", "lightcoral", "lightcyan",
    "lightgoldenrodyellow", "lightgray", "lightgreen", "lightgrey", "lightpink", "lightsalmon",
    "lightseagreen", "lightskyblue", "lightslategray", "lightslategrey", "lightsteelblue", "lightyellow",
    "lime", "limegreen", "linen", "magenta", "maroon", "mediumaquamarine", "mediumblue", "mediumorchid",
    "mediumpurple", "mediumseagreen", "mediumslateblue", "mediumspringgreen", "mediumturquoise",
    "mediumvioletred", "midnightblue", "mintcream", "mistyrose", "moccasin", "navajowhite", "navy", "oldlace",
    "olive", "olivedrab", "orange", "orangered", "orchid", "palegoldenrod", "palegreen", "paleturquoise",
    "palevioletred", "papayawhip", "peachpuff", "peru", "pink", "plum", "powderblue", "purple", "red",
    "rosybrown", "royalblue", "saddlebrown", "salmon", "sandybrown", "seagreen", "seashell", "sienna", "silver",
    "skyblue", "slateblue", "slategray", "slategrey", "snow", "springgreen", "steelblue", "tan", "teal",
    "thistle", "tomato", "turquoise", "violet", "wheat", "white", "whitesmoke", "yellow", "yellowgreen",
]
# fmt: on


class DateOrTime:
    """A day or a time: the union that TOML has and msgspec lacks."""

    __slots__ = ("value",)

    def __init__(self, value: date | datetime) -> None:
        self.value = value


class DateOrTimeOrClock:
    """The same, or a time of a day that is told elsewhere."""

    __slots__ = ("value",)

    def __init__(self, value: date | datetime | time) -> None:
        self.value = value


# `(?!\n)` because `$` alone also matches before a line break at the end.
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*(?!\n)$"
_NAMESPACE = r"^[a-z0-9][a-z0-9.-]*(?!\n)$"
# RFC 5545, 3.3.6; RFC 7986, 5.7. No alternative stands twice: to compile one takes a while, in every run.
_DURATION = r"^P(?=.*[1-9])(?!.*(H[0-9]+S|T$))([0-9]+W|([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+S)?)?)(?!\n)$"
_LENGTH = r"^(?=.*[1-9])(?=.*[hm])([0-9]{1,3}h)?( ?[0-9]{1,5}m)?(?!\n)$"
_NO_CONTROL = r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]+(?!\n)$"
_LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*(?!\n)$"
_URL = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f]+(?!\n)$"

# No pattern here: msgspec 0.22 crashes on one in a union of text and list (its issue 717).
NonEmptyText = Annotated[str, describe_type("text that is not empty", "text", min_length=1)]
LanguageTag = Annotated[
    str,
    describe_type('the tag of a language (BCP 47), such as "it", "ja" or "pt-BR"', "a language", pattern=_LANGUAGE_TAG),
]
Languages = Annotated[
    list[LanguageTag], describe_type('a list of languages, such as ["en", "it"]', "a list of languages", min_length=1)
]
TextByLanguage = Annotated[
    dict[LanguageTag, NonEmptyText], describe_type("a table of texts by language", "texts by language")
]
Text = NonEmptyText | TextByLanguage
"""A text, or the same text in several languages, which `agenda.agendafile.languages` chooses from."""
Id = Annotated[
    str,
    describe_type(
        'small letters, digits and single hyphens, such as "gala-dinner"',
        "small letters, digits and single `-`",
        pattern=_SLUG,
    ),
]
Url = Annotated[str, describe_type('an address such as "https://example.org/"', "an address", pattern=_URL)]
Instant = Annotated[
    datetime,
    describe_type("a time with an offset, such as 2025-10-07T09:00:00+09:00", "a time with an offset", tz=True),
]
Namespace = Annotated[
    str,
    describe_type(
        'small letters, digits, dots and hyphens, such as "my-agenda.example"',
        "small letters, digits, `.` and `-`",
        pattern=_NAMESPACE,
    ),
]
ColorName = Annotated[
    _Color, describe_type('a CSS3 colour name in small letters, such as "darkorange"', "a CSS3 colour name")
]
Duration = Annotated[
    str, describe_type('a duration of more than 0, such as "P1D" or "PT12H"', "a duration", pattern=_DURATION)
]
Length = Annotated[
    str,
    describe_type(
        'a length such as "3h", "90m" or "1h 30m", of 999h and 99999m at most',
        "hours and minutes, up to 999h 99999m",
        pattern=_LENGTH,
    ),
]
TrueOrFalse = Annotated[bool, describe_type("true or false", "`true` or `false`")]
Uid = Annotated[str, describe_type("text that is not blank, without controls", "text", pattern=_NO_CONTROL)]
RuleText = Annotated[str, describe_type('a rule such as "FREQ=WEEKLY;COUNT=3"', "a rule", min_length=1)]
Names = Annotated[list[NonEmptyText], describe_type('a list of names, such as ["one", "another"]', "a list of texts")]
Latitude = Annotated[float, describe_type("degrees from -90 to 90", "a number, -90 to 90", ge=-90, le=90)]
Longitude = Annotated[float, describe_type("degrees from -180 to 180", "a number, -180 to 180", ge=-180, le=180)]
Date = Annotated[date, describe_type("a day, such as 2025-09-30", "a day")]
Start = Annotated[
    DateOrTime, describe_type("a day, such as 2025-09-30, or a time, such as 2025-09-30T11:00:00", "a day or a time")
]
End = Annotated[
    DateOrTimeOrClock,
    describe_type(
        "a day, such as 2025-09-30, a time, such as 2025-09-30T11:00:00, or a time of the day of start, such as"
        " 11:00:00",
        "as `start`, or a time of its day",
    ),
]
Span = Annotated[
    list[Date],
    describe_type("two days, such as [2025-09-24, 2025-09-27]", "a list of two days", min_length=2, max_length=2),
]
Pair = Annotated[
    list[NonEmptyText],
    describe_type('a list of two names, such as ["one", "another"]', "a list of two texts", min_length=2, max_length=2),
]
Days = Annotated[list[Date], describe_type("a list of days, such as [2025-09-30]", "a list of days")]
