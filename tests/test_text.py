"""Names are compared as people mean them, and no text reaches a terminal as an instruction."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agenda.text.folding import fold, fold_letters, name_orders
from agenda.text.nearest import find_nearest, suggest
from agenda.text.safe import one_line, quote, split_lines
from agenda.text.sentences import count_of, join_words

OBEYED = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u2028\u2029", *"\u061c\u200e\u200f\ufeff"}
OBEYED |= {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""What a terminal may obey rather than show: controls, line breaks, and what changes the direction."""

texts = st.text()
hostile = st.text(st.one_of(st.characters(), st.sampled_from(sorted(OBEYED)), st.sampled_from(" ab")))


# --- Folding ---


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("osaka", "Osaka"),
        ("osaka", "ŌSAKA"),
        ("osaka", "O\u0304saka"),
        ("osaka", "\uff2f\uff53\uff41\uff4b\uff41"),
        ("大阪", "大阪"),
        ("Città di Torino", "citta DI torino"),
        ("Città", "Citta\u0300"),
        ("STRASSE", "straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("fi", "\ufb01"),
        ("ガ", "\uff76\uff9e"),
        ("が", "か\u3099"),
        ("2025", "\uff12\uff10\uff12\uff15"),
        ("a b", "  a \t\n b "),
        ("a b", "a\u3000b"),
        ("a b", "a\u00a0b"),
        ("İstanbul", "istanbul"),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("", " \t "),
        *(("d'angelo", f"D{sign}Angelo") for sign in "’‘`\u02bc\u02bb\u00b4\u2032\uff07\u1ffd"),
        *(("a-b", f"a{sign}b") for sign in "\u2010\u2011–—\u2212\uff0d"),
        *(('"x"', f"{left}X{right}") for left, right in ("“”", "„“", "«»")),
    ],
)
def test_what_people_take_for_one_name_is_one(text: str, same: str) -> None:
    assert fold(text) == fold(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("か", "が"),
        ("は", "ぱ"),
        ("ば", "ぱ"),
        ("ハ", "バ"),
        ("osaka", "osako"),
        ("a b", "ab"),
        ("大阪", "大坂"),
        ("й", "ж"),
    ],
)
def test_what_people_tell_apart_is_apart(text: str, other: str) -> None:
    assert fold(text) != fold(other)


@given(texts)
@example("\u0345")
@example("ᾳ\u0301")
@example("\u1e9e")
@example("\u03aa\u0301")
@example("か\u0301\u3099")
@example("\u00a8a")
@example("\u1100\u0301\u1161")
@example("\u00b4")
@example("\u0384\u0323")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_folded_as_all_text_is(text: str) -> None:
    # A letter outside ASCII takes the other way through the function.
    assert fold(f"{text} 大") == f"{fold(text)} 大".strip()


@given(texts)
def test_case_makes_no_difference_to_latin_letters(text: str) -> None:
    latin = "".join(char for char in text if char.isascii())
    assert fold(latin.upper()) == fold(latin.lower())


@given(texts)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_unicode_form_makes_no_difference(form: str, text: str) -> None:
    normalized = unicodedata.normalize(form, text)  # type: ignore[arg-type]  # one of its forms
    assert fold(normalized) == fold(text)


@given(texts)
def test_folded_text_has_single_spaces_within(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(("text", "other"), [("D'Angelo", "D’Angelo"), ("a-b", "a–b"), ("`x", "'x")])
def test_names_of_a_file_are_told_apart_by_their_signs(text: str, other: str) -> None:
    assert (fold_letters(text) != fold_letters(other), fold(text) == fold(other)) == (True, True)


@pytest.mark.parametrize(
    ("name", "orders"),
    [
        ("koike", ["koike"]),
        ("koike yuriko", ["koike yuriko", "yuriko koike"]),
        ("lo russo, stefano", ["lo russo, stefano", "lo russo stefano", "russo stefano lo", "stefano lo russo"]),
    ],
)
def test_name_stands_in_each_order(name: str, orders: list[str]) -> None:
    assert list(name_orders(name)) == orders


# --- Nearness ---


@pytest.mark.parametrize(
    ("wanted", "names", "expected"),
    [
        ("Toyko", ["Osaka", "Tokyo", "Kyoto"], "Tokyo"),
        ("osakka", ["Osaka", "Tokyo"], "Osaka"),
        ("TORINO", ["Città di Torino", "Torino"], "Torino"),
        ("citta", ["Città", "City"], "Città"),
        ("titel", ["title", "city", "start"], "title"),
        ("大坂", ["大阪", "東京"], None),
    ],
)
def test_nearest_name_comes_first(wanted: str, names: list[str], expected: str | None) -> None:
    assert next(iter(find_nearest(wanted, names)), None) == expected


def test_nothing_is_near_a_name_like_no_other() -> None:
    assert find_nearest("xyz", ["Osaka", "Tokyo"]) == []


def test_nothing_is_near_where_there_are_no_names() -> None:
    assert find_nearest("Osaka", []) == []


@given(texts, st.lists(texts, max_size=6))
def test_nearest_are_three_of_the_names_at_most(wanted: str, names: list[str]) -> None:
    found = find_nearest(wanted, names)
    assert (len(found) <= 3, set(found) <= set(names), len(set(found))) == (True, True, len(found))


@given(st.lists(texts.filter(fold), min_size=1, max_size=6), st.data())
def test_name_itself_is_nearest(names: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(names))
    assert fold(find_nearest(wanted, names)[0]) == fold(wanted)


@given(texts)
def test_no_name_is_suggested_for_itself(name: str) -> None:
    assert suggest(name, {name: name}, "otherwise") == "otherwise"


# --- Safety ---


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Città — 大阪 🎉", "Città — 大阪 🎉"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x00\x07\x08\x7f", "␀␇␈␡"),
        ("\x9b31m", "31m"),
        ("a\tb\nc\rd\r\ne", "a b c d e"),
        ("a\x85b\u2028c\u2029d", "a b c d"),
        ("a \u200e b", "a b"),
        ("\u200e a \u200e", "a"),
        ("\u202eevil\u202c", "evil"),
        ("\ufefftext", "text"),
        ("  a   b  ", "a b"),
        ("", ""),
        (" \n ", ""),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_text_is_shown_in_one_safe_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(hostile)
def test_one_line_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    assert set(one_line(text)) & OBEYED == set()


@given(hostile)
@example("\u200e \u200e")
@example("a \u200e b")
@example("\x1f a")
def test_one_line_has_no_blanks_at_its_ends_and_single_ones_within(text: str) -> None:
    shown = one_line(text)
    assert (shown == shown.strip(), "  " in shown) == (True, False)


@given(hostile)
def test_one_line_of_one_line_is_the_same(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S"))))
def test_one_line_keeps_letters_numbers_and_signs(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one", ["one"]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo\rthree", ["one", "two", "three"]),
        ("one\x85two\u2028three\u2029four", ["one", "two", "three", "four"]),
        ("one\n\ntwo\n", ["one", "", "two", ""]),
        ("  one  \n", ["  one", ""]),
        ("a\tb", ["a       b"]),
        ("\x1b[2J\n\x9b2J", ["␛[2J", "2J"]),
        ("", [""]),
    ],
)
def test_lines_are_kept_apart_and_safe(text: str, shown: list[str]) -> None:
    assert split_lines(text) == shown


@given(hostile)
def test_lines_hold_nothing_that_a_terminal_obeys(text: str) -> None:
    assert {char for line in split_lines(text) for char in line} & OBEYED == set()


@given(hostile)
def test_lines_have_no_blanks_at_their_ends(text: str) -> None:
    assert [line for line in split_lines(text) if line != line.rstrip(" ")] == []


@given(hostile)
def test_quoted_text_is_one_safe_line_of_some_eighty_characters(text: str) -> None:
    shown = quote(text)
    assert (shown[0] + shown[-1], len(shown) <= 82, set(shown) & OBEYED) == ('""', True, set())


@pytest.mark.parametrize(("length", "shown"), [(80, f'"{"x" * 80}"'), (81, f'"{"x" * 79}…"'), (9999, f'"{"x" * 79}…"')])
def test_quoted_text_is_cut_where_it_is_very_long(length: int, shown: str) -> None:
    assert quote("x" * length) == shown


# --- Sentences ---


@pytest.mark.parametrize(
    ("words", "shown"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"), (iter("ab"), "a or b")]
)
def test_words_are_a_list_in_a_sentence(words: list[str], shown: str) -> None:
    assert join_words(words) == shown


def test_last_word_of_a_list_may_be_joined_by_another_word() -> None:
    assert join_words(["a", "b", "c"], "and") == "a, b and c"


@pytest.mark.parametrize(("number", "shown"), [(0, "0 cities"), (1, "1 city"), (2, "2 cities"), (1000, "1,000 cities")])
def test_number_and_what_it_counts_agree(number: int, shown: str) -> None:
    assert count_of(number, "city", "cities") == shown


def test_plural_ends_in_s_where_no_other_is_given() -> None:
    assert count_of(2, "event") == "2 events"


@pytest.mark.parametrize(
    ("text", "shown"), [("Asia/Tokyo ", '"Asia/Tokyo "'), ("  a  b", '"  a  b"'), (" ", '" "'), ("a\n b\t", '"a  b "')]
)
def test_quoted_text_has_the_spaces_that_it_has(text: str, shown: str) -> None:
    assert quote(text) == shown
