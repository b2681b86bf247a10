"""Agenda files as Hypothesis makes them: valid ones as TOML text, and what becomes of them in careless hands."""

from datetime import date, datetime

from hypothesis import strategies as st

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20).filter(
    lambda text: any(char.isalnum() for char in text)
)
CITIES = ("Torino", "Lyon", "東京", "New York")
DAYS = st.dates(date(1, 1, 2), date(9999, 12, 30)) | st.dates(date(2026, 1, 1), date(2026, 12, 31))
TIMES = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - they are local
    lambda time: time.replace(hour=9 + time.hour // 2, microsecond=0)  # no clocks are put forward at that time
)
RULES = ("FREQ=DAILY;COUNT=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;COUNT=4", "FREQ=YEARLY;UNTIL=99991231")
VALUES = st.sampled_from(
    [
        "",
        "7",
        '"x"',
        '""',
        "[]",
        "[1]",
        "{}",
        "true",
        "nan",
        "-1e999",
        "2026-02-29",
        "2026-03-06",
        "9" * 4400,
        "{ a.b = 1 }",
    ]
)


def quoted(text: str) -> str:
    """The text as a TOML string."""
    return '"' + "".join(char if char.isalnum() else f"\\U{ord(char):08x}" for char in text) + '"'


@st.composite
def agendas(draw: st.DrawFn) -> str:
    """A valid agenda."""
    lines = ["[agenda]", 'namespace = "tour.example"']
    lines += draw(st.sampled_from([[], ['timezone = "Europe/Rome"'], ['timezone = "America/New_York"']]))
    lines += draw(st.sampled_from([[], ["revised = 2026-01-10T09:00:00+01:00"]]))
    declares = draw(st.booleans())
    lines += [f"[cities.{quoted(city)}]" for city in CITIES] if declares else []
    for number in range(draw(st.integers(0, 4))):
        lines += ["", "[[events]]", f'id = "e-{number}"', f"title = {quoted(draw(TEXTS))}", *draw(_when())]
        lines += draw(st.sampled_from([[], [f"city = {quoted('東京')}"], ['city = ["Torino", "Lyon"]']]))
        lines += [f"description = {quoted(draw(TEXTS))}"] * draw(st.integers(0, 1))
        lines += [f"topics = [{', '.join(map(quoted, draw(st.lists(TEXTS, max_size=3, unique=True))))}]"]
        lines += [f"people = [{{ name = {quoted(draw(TEXTS))}, role = {quoted(draw(TEXTS))} }}]"]
        lines += [f'status = "{draw(st.sampled_from(["confirmed", "tentative", "cancelled"]))}"']
        lines += draw(st.sampled_from([[], ['visibility = "internal"']]))
        lines += draw(st.sampled_from([[], ["busy = true"], ["busy = false"]]))
    return "\n".join(lines) + "\n"


@st.composite
def broken(draw: st.DrawFn) -> str:
    """An agenda in which lines were lost, doubled or cut, values and keys replaced, and characters flipped."""
    lines = draw(agendas()).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        key, equals, value = lines[place].partition(" = ")
        at = draw(st.integers(0, len(lines[place])))
        lines[place] = draw(
            st.sampled_from(
                [
                    "",
                    f"{lines[place]}\n{lines[place]}",
                    lines[place][:at],
                    f"{key[:at]}x{equals}{value}",
                    f"{key}{equals}{draw(VALUES)}",
                    f"{lines[place][:at]}{draw(st.characters(codec='utf-8'))}{lines[place][at + 1 :]}",
                ]
            )
        )
    return "\n".join(lines)


@st.composite
def _when(draw: st.DrawFn) -> list[str]:
    """The lines that say when an event is."""
    match draw(st.sampled_from(["tba", "day", "days", "time", "between", "series"])):
        case "day":
            return [f"start = {draw(DAYS)}"]
        case "days" | "between" as kind:
            first, last = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
            return [f"between = [{first}, {last}]"] if kind == "between" else [f"start = {first}", f"end = {last}"]
        case "time":
            return [f"start = {draw(TIMES).isoformat()}"]
        case "series":
            day = draw(st.dates(date(1, 1, 2), date(9000, 1, 1)))
            rule = draw(st.sampled_from(RULES))
            return [f"start = {day}", f'repeat = "{rule}"']
    return []
