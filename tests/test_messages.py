"""How remarks and errors stand on a terminal, and in a pipe."""

import re
from collections.abc import Callable

import pytest
from conftest import Run, Screen
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from agenda.cli.terminal import wrap_message

Terminal = Callable[..., Screen]

TOO_LATE = ("list", "--from", "30/09")


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 160])
def test_message_breaks_between_words_where_the_terminal_ends(terminal: Terminal, columns: int) -> None:
    rows = terminal(*TOO_LATE, columns=columns).lines
    assert max(map(len, rows)) <= columns
    assert " ".join(row.strip() for row in rows) == terminal(*TOO_LATE, columns=500).lines[0]


def test_what_follows_the_first_line_of_a_message_is_indented(terminal: Terminal) -> None:
    assert terminal("export", "-o", "/dev/null", columns=40).lines == [
        "agenda: 2 events have no date yet and",
        "  were left out",
    ]


def test_message_in_a_pipe_is_one_line(agenda_once: Callable[..., Run]) -> None:
    assert agenda_once(*TOO_LATE, env={"COLUMNS": "40"}).err.count("\n") == 1


def test_command_and_address_stay_whole_so_that_they_can_be_copied() -> None:
    message = "then try `agenda list --data tour.toml`, or read https://tour.example/programme/of/the/whole/tour"
    assert wrap_message(message, 36).split("\n") == [
        "then try",
        "  `agenda list --data tour.toml`, or",
        "  read",
        "  https://tour.example/programme/of/the/whole/tour",
    ]


@given(st.lists(st.text('ab東 `"…', min_size=1)).map(" ".join), st.integers(1, 30))
def test_wrapped_message_has_all_its_words_and_no_row_too_long_but_of_one_word(message: str, columns: int) -> None:
    rows = wrap_message(message, columns).split("\n")
    assert "".join(rows).replace(" ", "") == message.replace(" ", "")
    too_long = [row.strip() for row in rows if cell_len(row) > columns]
    assert [row for row in too_long if " " in re.sub(r'`[^`]*`|"[^"]{0,30}"', "", row)] == []
