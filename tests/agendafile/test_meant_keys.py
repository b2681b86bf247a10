"""Keys that people bring from elsewhere: what is told of them where a table does not have them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]

EVENT = '[[events]]\nid = "gala"\ntitle = "Gala"\n'
END = "write in end when it is over, as end = 11:35:00 on the day of start"
ROOMS = 'rooms are of a venue: rooms = ["Sala Blu"] under its [venues.ID]'


@pytest.mark.parametrize(
    ("text", "key", "right"),
    [
        (f'{EVENT}track = "music"', "track", 'did you mean "topics"?'),
        (f'{EVENT}Tags = ["music"]', "Tags", 'did you mean "topics"?'),
        (f'{EVENT}category = "music"', "category", 'did you mean "topics"?'),
        (f'{EVENT}speaker = "Ann"', "speaker", 'did you mean "people"?'),
        (f'{EVENT}speakers = ["Ann"]', "speakers", 'did you mean "people"?'),
        (f'{EVENT}with = "Ann"', "with", 'did you mean "people"?'),
        (f'{EVENT}location = "Opera"', "location", 'did you mean "venue" or "city"?'),
        (f'{EVENT}place = "Opera"', "place", 'did you mean "venue" or "city"?'),
        (f"{EVENT}date = 2026-03-06", "date", 'did you mean "start"?'),
        (f"{EVENT}when = 2026-03-06", "when", 'did you mean "start"?'),
        (f"{EVENT}time = 20:30:00", "time", 'did you mean "start"?'),
        (f"{EVENT}duration = 45", "duration", END),
        (f'{EVENT}name = "Gala"', "name", 'did you mean "title"?'),
        (f'{EVENT}summary = "Gala"', "summary", 'did you mean "title"?'),
        (f'{EVENT}cities = ["Torino"]', "cities", 'did you mean "city"?'),
        (f'{EVENT}people = [{{ name = "Ann", title = "chair" }}]', "title", 'did you mean "name" or "role"?'),
        ('[rooms."Sala Blu"]', "rooms", ROOMS),
        ("[tracks.music]", "tracks", 'did you mean "topics"?'),
        ("[speakers.Ann]", "speakers", 'did you mean "people"?'),
        ("[locations.opera]", "locations", 'did you mean "venues" or "cities"?'),
        ('[[sessions]]\nid = "gala"', "sessions", 'did you mean "events"?'),
        ('[people.Ann]\ntitle = "chair"', "title", 'did you mean "name" or "role"?'),
        ('[venues.opera]\nname = "Opera"\nroom = "Foyer"', "room", 'did you mean "rooms"?'),
        ('[venues.opera]\nname = "Opera"\nplace = "Torino"', "place", 'did you mean "city" or "address"?'),
        ('[agenda]\nname = "Tour"', "name", 'did you mean "title"?'),
        ('[[travel]]\nbetween = ["A", "B"]\ntakes = "3h"\nduration = "3h"', "duration", 'did you mean "takes"?'),
    ],
)
def test_key_is_told_what_it_is_here(
    agenda: Agenda, file: Callable[[str], Path], text: str, key: str, right: str
) -> None:
    told = agenda("check", file(text)).lines
    assert [line.partition(f'unknown key "{key}"; ')[2] for line in told if "unknown key" in line] == [right]
