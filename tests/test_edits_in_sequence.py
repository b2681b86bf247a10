"""Any edits, one after the other, of any file: what was asked for changes, and all else stays as it was."""

import csv
from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from edited_agenda import EditedAgenda, Keys, commands_built_once, told, without_gaps
from file_styles import files
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test
from kept_text import comments_beside, event_span

PROGRAMME = """\
# the head 1
[agenda]
title = { en = "Tour", it = "Giro" }
languages = ["en", "it"]
timezone = "Europe/Rome"
namespace = "tour.example"

[cities.Torino] # here 2
aliases = ["Turin"]
[cities.Lyon]

[topics.one]
name.it = "uno"
[people.Ada]
[people.Bo]
role = "piano"

# the first 3
[[events]]
id = "gala"
title = { en = "Gala", it = "Serata" } # one 4
start = 2026-05-01T19:30:00
end = 21:00:00 # one 5
city = "Torino"
topics = [
  "one", # one 6
]

[[events]]
id = 'course'
title.en = "Course"
title.it = '''Corso'''
start = 2026-05-04
repeat = "FREQ=WEEKLY;UNTIL=20260601"
except = [2026-05-11] # one 7
  # one 8

[[events]]
id = "meeting"
title = "Meeting"
city = ["Torino", "Lyon"]
between = [2026-05-06, 2026-05-08]
[[events.people]]
name = "Ada" # one 9
[[events.people]]
name = "Bo"
role = { en = "chair", it = "presidente" }
"""
TITLES = ["B", "It's", 'She said "no"', "Caffè 日本", "y" * 130 + " z", "# none", "a, b ] } ="]
TEXTS = {
    "title": TITLES,
    "description": ["one\ntwo", "C:\\dir", "'''", *TITLES],
    "date_note": ["soon"],
    "room": ["Blue", "Green"],
    "kind": ["talk", "party"],
    "url": ["https://x.example/"],
    "status": ["confirmed", "tentative", "cancelled"],
    "visibility": ["public", "internal"],
}
"""Keys that hold a text, and what may be typed for them."""
WAYS = ("title", "description", "date_note", "room")
"""Keys that may be in several languages."""
NAMES = ["one", "two", "th]ree", "#", "Torino", "Ada", "Bo", "Cy", "Eve"]
RENAMED = {"city": "cities", "person": "people", "topic": "topics", "kind": "kinds"}
TIMES = st.datetimes(datetime(2026, 4, 1), datetime(2026, 6, 30)).map(  # noqa: DTZ001 - they are local
    lambda time: time.replace(hour=time.hour // 2, second=0, microsecond=0)
)
DAYS = st.dates(date(2026, 4, 1), date(2026, 6, 30))


def programme(line_end: str) -> bytes:
    """The programme, with lines that end so."""
    return PROGRAMME.replace("\n", line_end).encode()


class _Edits(EditedAgenda):
    """The edits, each with what the events are to be after it."""

    @initialize(content=st.one_of(files(), st.sampled_from(["\n", "\r\n"]).map(programme)))
    def write(self, content: bytes) -> None:
        self.file = self.folder / "tour.toml"
        self.file.write_bytes(content)
        self.keep()

    # --- The edits

    @rule(data=st.data())
    def set_texts(self, data: st.DataObject) -> None:
        event_id = self.one_of(data)
        if event_id is None:
            return
        keys = data.draw(st.sets(st.sampled_from(sorted(TEXTS)), min_size=1, max_size=3))
        texts = {key: data.draw(st.sampled_from(TEXTS[key])) for key in sorted(keys)}
        values = {
            key: {**old, self.languages[0]: text} if isinstance(old := self.events[event_id].get(key), dict) else text
            for key, text in texts.items()
        }
        self.set(event_id, *(f"{key}={text}" for key, text in texts.items()), data=data, values=values)

    @precondition(lambda self: self.languages)
    @rule(data=st.data(), key=st.sampled_from(WAYS), text=st.sampled_from(["", *TITLES]))
    def set_text_in_italian(self, data: st.DataObject, key: str, text: str) -> None:
        event_id = self.one_of(data)
        if event_id is None:
            return
        old = self.events[event_id].get(key, {})
        texts = {**(old if isinstance(old, dict) else {"en": old}), "it": text}
        left = {language: text for language, text in texts.items() if text}
        value = left["en"] if not isinstance(old, dict) and left.keys() == {"en"} else left or None
        self.set(event_id, f"{key}.it={text}", data=data, values={key: value})

    @rule(data=st.data(), key=st.sampled_from([*sorted(TEXTS.keys() - {"title"}), "topics", "people", "city"]))
    def take_away(self, data: st.DataObject, key: str) -> None:
        if event_id := self.one_of(data):
            self.set(event_id, f"{key}=", data=data, values={key: None})

    @rule(data=st.data(), name=st.sampled_from(NAMES), key=st.sampled_from(["topics", "people"]))
    def add_item(self, data: st.DataObject, name: str, key: str) -> None:
        event_id = self.one_of(data)
        vocabulary = self.others.get(key)
        if event_id is None or (vocabulary and name not in vocabulary):
            return
        old = self.events[event_id].get(key, [])
        is_there = any((item["name"] if isinstance(item, dict) else item) == name for item in old)
        self.set(event_id, f"{key}+={name}", data=data, values={key: old if is_there else [*old, name]})

    @rule(data=st.data(), key=st.sampled_from(["topics", "people"]))
    def take_item_out(self, data: st.DataObject, key: str) -> None:
        event_id = self.one_of(data, lambda event: bool(event.get(key)))
        if event_id is None:
            return
        items = self.events[event_id][key]
        item = data.draw(st.sampled_from(items))
        name = item["name"] if isinstance(item, dict) else item
        event = {**self.events[event_id], key: [other for other in items if other != item]}
        event = event if event[key] else {name: value for name, value in event.items() if name != key}
        self.edit("set", event_id, f"{key}-={name}", changed={event_id: event}, is_repeatable=False)

    @rule(data=st.data(), day=DAYS, more=st.sampled_from([None, 0, 3]))
    def set_days(self, data: st.DataObject, day: date, more: int | None) -> None:
        event_id = self.one_of(data, lambda event: "repeat" not in event)
        if event_id is None:
            return
        values: Keys = {"start": day, "end": None if more is None else day + timedelta(more)}
        typed = [f"start={day}", f"end={values['end'] or ''}"]
        if "between" in self.events[event_id]:
            values["between"] = None
            typed.append("between=")
        self.set(event_id, *typed, data=data, values=values)

    @rule(data=st.data(), start=TIMES, lasts=st.sampled_from([None, 30, 90]))
    def set_times(self, data: st.DataObject, start: datetime, lasts: int | None) -> None:
        event_id = self.one_of(data, lambda event: not event.keys() & {"repeat", "between"})
        if event_id:
            end = None if lasts is None else (start + timedelta(minutes=lasts)).time()
            typed = [f"start={start:%Y-%m-%d %H:%M}", f"end={end or ''}"]
            self.set(event_id, *typed, data=data, values={"start": start, "end": end})

    @rule(data=st.data(), number=st.integers(2, 4), is_less=st.booleans())
    def repeat(self, data: st.DataObject, *, number: int, is_less: bool) -> None:
        event_id = self.one_of(data, lambda event: "start" in event and "repeat" not in event)
        if event_id:
            start = self.events[event_id]["start"]
            day = (start.date() if isinstance(start, datetime) else start) + timedelta(7)
            values: Keys = {"repeat": f"FREQ=WEEKLY;COUNT={number}", "except": [day] if is_less else None}
            typed = [f"repeat={values['repeat']}", *([f"except+={day}"] if is_less else [])]
            self.set(event_id, *typed, data=data, values=values)

    @rule(data=st.data())
    def repeat_no_more(self, data: st.DataObject) -> None:
        if event_id := self.one_of(data, lambda event: "repeat" in event):
            self.set(event_id, "repeat=", "except=", data=data, values={"repeat": None, "except": None})

    @rule(data=st.data(), name=st.sampled_from(["Ada", "Bo"]), role=st.sampled_from(["chair", "it's = so"]))
    def give_a_role(self, data: st.DataObject, name: str, role: str) -> None:
        is_alias = any(name in table.get("aliases", ()) for table in self.others.get("people", {}).values())
        if (event_id := self.one_of(data)) and not is_alias:
            people = self.events[event_id].get("people", [])
            with_role = {"name": name, "role": role}
            others = [with_role if names_of([item]) == [name] else item for item in people]
            values = others if name in names_of(people) else [*people, with_role]
            self.set(event_id, f"people+={name}={role}", data=data, values={"people": values})

    @rule(data=st.data(), name=st.sampled_from(["Torino", "Lyon"]), sign=st.sampled_from(["", "+"]))
    def set_city(self, data: st.DataObject, name: str, sign: str) -> None:
        event_id = self.one_of(data)
        if event_id is None or not {"Torino", "Lyon"} <= self.others.get("cities", {"Torino": {}, "Lyon": {}}).keys():
            return
        cities = names_of(self.events[event_id].get("city"))
        value = name if not sign else self.events[event_id].get("city") if name in cities else [*cities, name]
        self.set(event_id, f"city{sign}={name}", data=data, values={"city": value})

    @rule(data=st.data(), name=st.sampled_from(["film", "two words", "ü"]))
    def declare_a_topic(self, data: st.DataObject, name: str) -> None:
        event_id = self.one_of(data, lambda event: name not in event.get("topics", []))
        if event_id is None:
            return
        if topics := self.others.get("topics"):
            topics.setdefault(name, {})
        event = {**self.events[event_id], "topics": [*self.events[event_id].get("topics", []), name]}
        before = self.content
        done = self.do("set", event_id, f"topics+={name}", "--declare")
        assert (done.code, done.err) == (0, "")
        self.compare(before, self.events | {event_id: event})
        self.compare_revised([event_id])
        assert comments_beside(before, ()) <= comments_beside(self.content, ())
        self.keep()

    @rule(data=st.data(), minutes=st.sampled_from([-600, -45, 30, 900, 1440]))
    def move_by_minutes(self, data: st.DataObject, minutes: int) -> None:
        event_id = self.one_of(data, lambda event: isinstance(event.get("start"), datetime) and "repeat" not in event)
        if event_id is None:
            return
        event = dict(self.events[event_id])
        start, shift = event["start"] + timedelta(minutes=minutes), timedelta(minutes=minutes)
        if "end" in event:
            end = event["end"]
            ends = (end if isinstance(end, datetime) else datetime.combine(event["start"], end)) + shift
            is_alone = not isinstance(end, datetime) and ends.date() == start.date()
            event["end"] = ends.time() if is_alone else ends
        self.edit(
            "move", event_id, f"--by={minutes}m", changed={event_id: {**event, "start": start}}, is_repeatable=False
        )

    @rule(data=st.data(), text=st.sampled_from(TEXTS["description"]))
    def set_a_text_of_all(self, data: st.DataObject, text: str) -> None:
        changed = {
            event_id: {**event, "date_note": text}
            for event_id, event in self.events.items()
            if not isinstance(event.get("date_note"), dict)
        }
        if changed:
            options = data.draw(st.sampled_from([[], ["--keep-revised"]]))
            self.edit("set", *changed, f"date_note={text}", *options, changed=changed)

    @rule(titles=st.lists(st.sampled_from(TITLES), min_size=4, max_size=4))
    def set_titles_by_a_table(self, titles: list[str]) -> None:
        events = {event_id: event for event_id, event in self.events.items() if isinstance(event["title"], str)}
        changed = {key: {**event, "title": title} for (key, event), title in zip(events.items(), titles, strict=False)}
        with (self.folder / "edits.csv").open("w", encoding="utf-8", newline="") as table:
            csv.writer(table).writerows([("id", "title"), *((key, event["title"]) for key, event in changed.items())])
        if changed:
            self.edit("set", "--from", str(self.folder / "edits.csv"), changed=changed)

    @rule(data=st.data(), days=st.integers(-40, 40).filter(bool))
    def move_by_days(self, data: st.DataObject, days: int) -> None:
        event_id = self.one_of(data, lambda event: "start" in event or "between" in event)
        if event_id is None:
            return
        event = deepcopy(self.events[event_id])
        for key in {"start", "end"} & event.keys():
            if isinstance(event[key], date):
                event[key] += timedelta(days)
        for key in {"between", "except"} & event.keys():
            event[key] = [day + timedelta(days) for day in event[key]]
        if "UNTIL" in event.get("repeat", ""):
            until = date.fromisoformat(event["repeat"][-8:]) + timedelta(days)
            event["repeat"] = f"{event['repeat'][:-8]}{until:%Y%m%d}"
        self.edit("move", event_id, f"--by={days}d", changed={event_id: event}, is_repeatable=False)

    @rule(data=st.data(), day=DAYS)
    def move_to_a_day(self, data: st.DataObject, day: date) -> None:
        event_id = self.one_of(data, lambda event: "start" not in event)
        if event_id:
            event = {key: value for key, value in self.events[event_id].items() if key != "between"}
            self.edit("move", event_id, str(day), changed={event_id: {**event, "start": day}})

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        if event_id := self.one_of(data):
            self.edit("cancel", event_id, changed={event_id: {**self.events[event_id], "status": "cancelled"}})

    @rule(data=st.data(), what=st.sampled_from(sorted(RENAMED)), number=st.integers(0, 9), keeps=st.booleans())
    def rename(self, data: st.DataObject, *, what: str, number: int, keeps: bool) -> None:
        key = {"person": "people", "topic": "topics"}.get(what, what)
        names = {name for event in self.events.values() for name in names_of(event.get(key))}
        new = f"New {number}"
        if not names or new in names:
            return
        old = data.draw(st.sampled_from(sorted(names)))
        declared = self.others.get(RENAMED[what], {})
        self.others[RENAMED[what]] = {new if name == old else name: table for name, table in declared.items()}
        if not declared:
            del self.others[RENAMED[what]]
        elif keeps:
            table = self.others[RENAMED[what]][new]
            table["aliases"] = [*table.get("aliases", []), old]
        changed = {
            event_id: {**event, key: renamed(event[key], old, new)}
            for event_id, event in self.events.items()
            if old in names_of(event.get(key))
        }
        before = self.content
        done = self.do("rename", what, old, new, *(["--alias"] if keeps and declared else []))
        assert (done.code, done.err) == (0, "")
        self.compare(before, self.events | changed)
        assert comments_beside(before, ()) == comments_beside(self.content, ())
        self.compare_revised(list(changed))
        self.keep()

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        event_id = self.one_of(data)
        if event_id is None:
            return
        before = self.content
        start, end = event_span(before, event_id)
        done = self.do("remove", event_id, "--quiet")
        assert (done.code, done.err) == (0, "")
        self.compare(before, {other: event for other, event in self.events.items() if other != event_id})
        assert without_gaps(self.content) == without_gaps(before[:start] + before[end:])
        self.keep()

    @rule(data=st.data(), day=st.none() | DAYS, is_taken_back=st.booleans())
    def add(self, data: st.DataObject, *, day: date | None, is_taken_back: bool) -> None:
        title = data.draw(st.sampled_from(TITLES))
        before = self.content
        options = ["--start", str(day)] if day else []
        done = self.do("add", title, "--id", f"new-{len(self.events)}", *options, "--keep-revised")
        if done.code == 2 and "is taken" in done.err:
            assert self.content == before
            return
        event_id = done.out.strip()
        assert (done.code, done.err) == (0, "")
        event = {"id": event_id, "title": title} | ({"start": day} if day else {})
        self.compare(before, self.events | {event_id: event})
        start, end = event_span(self.content, event_id)
        assert without_gaps(self.content[:start] + self.content[end:]) == without_gaps(before)
        if is_taken_back:
            assert self.do("remove", event_id).code == 0
            assert self.content == before or self.content.rstrip(b"\r\n") == before
        self.keep()

    # --- What changes nothing

    @rule(
        data=st.data(),
        assignment=st.sampled_from(
            ["title=", "end=2026-01-01", "start=soon", "status=nearly", "url=x", "title+=x", "id=x"]
        ),
    )
    def be_refused(self, data: st.DataObject, assignment: str) -> None:
        if event_id := self.one_of(data):
            before = self.content
            assert self.do("set", event_id, "description=Other", assignment).code in {1, 2}
            assert self.content == before

    @rule(
        fields=st.sampled_from(["title,start,end,between", "title,people,topics,city", "description,room,kind,status"])
    )
    def take_the_list_back(self, fields: str) -> None:
        if any(isinstance(event.get(key), dict) for event in self.events.values() for key in WAYS):
            return  # the columns of these are title.en and title.it
        before = self.content
        (self.folder / "list.csv").write_bytes(self.do("list", "--format", "csv", "--fields", f"id,{fields}").raw)
        done = self.do("set", "--from", str(self.folder / "list.csv"))
        assert (done.code, done.err, self.content) == (0, "", before)

    @precondition(lambda self: "namespace" in self.others.get("agenda", {}))
    @rule()
    def take_the_export_back(self) -> None:
        before = self.content
        (self.folder / "tour.ics").write_bytes(self.do("export").raw)
        done = told(["import", str(self.folder / "tour.ics"), "--into", str(self.file)], self.folder)
        assert (done.code, self.content) == (0, before), done.err


def names_of(value: Any) -> list[str]:
    """The names that a key has."""
    items = value if isinstance(value, list) else [value] if value else []
    return [item["name"] if isinstance(item, dict) else item for item in items]


def renamed(value: Any, old: str, new: str) -> Any:
    """The same with another name in the place of one."""
    if isinstance(value, list):
        return [renamed(item, old, new) for item in value]
    if isinstance(value, dict):
        return {**value, "name": renamed(value["name"], old, new)}
    return new if value == old else value


def test_any_edits_in_sequence_change_what_was_asked_for_and_nothing_else(tmp_path: Path) -> None:
    _Edits.folder = tmp_path
    # To shrink eight steps takes minutes, as each try writes files, and they tell what went wrong as they are.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    with commands_built_once():
        run_state_machine_as_test(_Edits, settings=settings(stateful_step_count=8, phases=phases))
