"""Colours: each city its own, the same in every view, and none too faint on a light or on a dark background."""

from rich.text import Text

from agenda.model import City
from agenda.text import one_line

# Of the 256 colours that terminals share: orange, blue, green, purple, red, teal, gold, slate, olive, pink. The first
# six stay six where a terminal has only sixteen.
_CITIES = ("166", "33", "34", "134", "160", "37", "136", "67", "100", "169")

FAINT = "dim"
HEADING = "bold"
WARNING = "bold 161"
ERROR = "bold color(160)"
HINT = "bold color(136)"
BAR = "color(67)"


def city_style(city: City) -> str:
    """The style of a city, which depends on its place in the agenda alone."""
    return f"color({_CITIES[city.place % len(_CITIES)]})"


def city_names(cities: tuple[City, ...]) -> Text:
    """The names of cities, each in its colour."""
    return Text(", ").join(Text(one_line(city.name), style=city_style(city)) for city in cities)
