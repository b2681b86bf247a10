"""`import agenda`: what a script gets by it, what that costs, and that it is typed."""

import re
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import ROOT, SHIPPED, environment

import agenda

PROGRAMME = """
[agenda]
namespace = "tour.example"
timezone = "Europe/Rome"

[[events]]
id = "opening"
title = "Opening"
start = 2027-04-08T10:50:00

[[events]]
id = "walk"
title = "Walk"
start = 2027-04-09
repeat = "FREQ=DAILY;COUNT=3"

[[events]]
id = "dinner"
title = "Dinner"
status = "cancelled"
"""

TYPED = """
from pathlib import Path
import agenda
programme = agenda.load(Path("tour.toml"))
reveal_type(programme)
reveal_type(agenda.load)
reveal_type(agenda.select(programme, agenda.Query(ids=frozenset({"opening"})))[0].event.title)
reveal_type(agenda.to_ical(programme))
reveal_type(agenda.Status.CANCELLED)
try:
    agenda.load()
except agenda.DataError as error:
    reveal_type(error.diagnostics)
"""
REVEALED = [
    "agenda.model.Agenda",
    (
        "def (*paths: str | os.PathLike[str] | None, language: str | None =, cache: pathlib.Path | None =)"
        " -> agenda.model.Agenda"
    ),
    "str",
    "str",
    "Literal[agenda.model.Status.CANCELLED]?",
    "tuple[agenda.errors.Diagnostic, ...]",
]


LONG_SERIES = """
[[events]]
id = "walk"
title = "Walk"
start = 2027-04-09
repeat = "FREQ=DAILY;COUNT=10000"
"""


@pytest.fixture
def programme(tmp_path: Path) -> agenda.Agenda:
    """An event at a time, a series of three days, and a cancelled event without a date."""
    file = tmp_path / "tour.toml"
    file.write_text(PROGRAMME)
    return agenda.load(file)


def ids(occurrences: list[agenda.Occurrence]) -> list[str]:
    return [occurrence.event.id for occurrence in occurrences]


def test_shipped_agenda_is_loaded_without_a_path() -> None:
    assert agenda.load() == agenda.load(str(SHIPPED)) == agenda.load(SHIPPED)


def test_everything_is_selected_without_a_query(programme: agenda.Agenda) -> None:
    assert ids(agenda.select(programme)) == ["opening", "walk", "walk", "walk", "dinner"]


def test_query_selects(programme: agenda.Agenda) -> None:
    day = date(2027, 4, 8)
    query = agenda.Query(periods=(agenda.Period(day, day),), statuses=agenda.NOT_CANCELLED)
    assert ids(agenda.select(programme, query)) == ["opening"]


def test_calendar_has_the_lines_that_export_writes(programme: agenda.Agenda, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "agenda", "export", "--data", tmp_path / "tour.toml"],
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert agenda.to_ical(programme).encode() == done.stdout


def test_calendar_of_occurrences_has_each_series_once(programme: agenda.Agenda) -> None:
    walks = [occurrence for occurrence in agenda.select(programme) if occurrence.event.id == "walk"]
    assert agenda.to_ical(programme, walks) == agenda.to_ical(programme, agenda.Query(ids=frozenset({"walk"})))


def test_calendar_tells_times_in_the_zone_of_the_query(programme: agenda.Agenda) -> None:
    query = agenda.Query(timezone=ZoneInfo("Asia/Tokyo"))
    assert "DTSTART;TZID=Asia/Tokyo:20270408T175000\r\n" in agenda.to_ical(programme, query)


def test_more_than_is_selected_is_an_error_that_names_no_option(tmp_path: Path) -> None:
    file = tmp_path / "walks.toml"
    file.write_text("".join(LONG_SERIES.replace('"walk"', f'"walk-{number}"') for number in range(6)))
    with pytest.raises(agenda.ExcessError) as caught:
        agenda.select(agenda.load(file))
    assert str(caught.value) == "the series of this agenda have more than 50,000 times; choose fewer events or days"


def test_mistakes_are_told_as_values(tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text("[[events]]\nid = 'opening'\n")
    with pytest.raises(agenda.DataError) as caught:
        agenda.load(tmp_path / "tour.toml")
    assert {diagnostic.line for diagnostic in caught.value.diagnostics} == {1}


@pytest.mark.parametrize("name", agenda.__all__)
def test_public_name_is_there(name: str) -> None:
    assert getattr(agenda, name) is not None
    assert name in dir(agenda)


def test_no_public_name_is_that_of_a_module() -> None:
    """Python would put the module in the place of the name as soon as it is imported."""
    modules = {path.stem for path in (ROOT / "agenda").iterdir()}
    assert modules & set(agenda.__all__) == set()


def test_what_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        import_module("agenda").nonsense  # noqa: B018


def test_import_of_the_face_imports_nothing_else() -> None:
    code = "import sys, agenda; print(*(name for name in sys.modules if name.startswith('agenda.')))"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["agenda.version"]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the checkout, in which mypy has nothing of ours but the package that is installed."""
    pytest.importorskip("mypy")
    return tmp_path_factory.mktemp("outside")


def mypy(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """What mypy says of these files of the folder, strictly and by no settings of ours."""
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", *names],
        cwd=folder,
        env=environment(PYTHONPATH=None, MYPYPATH=None),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_types_hold_outside_the_checkout(judge: Path) -> None:
    (judge / "typed.py").write_text(TYPED)
    done = mypy(judge, "typed.py")
    revealed = re.findall(r'Revealed type is "(.*)"', done.stdout)
    assert [text.replace("builtins.", "") for text in revealed] == REVEALED, done.stdout
    assert ": error:" not in done.stdout


@pytest.mark.slow
def test_unknown_name_is_a_type_error(judge: Path) -> None:
    (judge / "unknown.py").write_text("import agenda\nagenda.nonsense\n")
    assert 'Module has no attribute "nonsense"' in mypy(judge, "unknown.py").stdout


@pytest.mark.slow
def test_examples_of_the_page_are_typed(judge: Path) -> None:
    scripts = re.findall(r"```python\n(# (\S+\.py)\n.*?)```", (ROOT / "docs" / "python.md").read_text(), re.DOTALL)
    for text, name in scripts:
        (judge / name).write_text(text)
    done = mypy(judge, *(name for _, name in scripts))
    assert (done.returncode, done.stdout) == (0, "")
