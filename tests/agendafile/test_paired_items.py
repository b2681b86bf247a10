"""What becomes of the names of a list in another one."""

from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.paired_items import pair_items

NAMES = st.lists(st.sampled_from("abcdef"))


@given(NAMES, NAMES)
def test_pairs_follow_each_other_and_cover_both_lists(old: list[str], new: list[str]) -> None:
    pairs = list(pair_items(old, new))
    assert [name for start, end, _, _ in pairs for name in old[start:end]] == old
    assert [name for _, _, start, end in pairs for name in new[start:end]] == new


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.data())
def test_names_that_stay_in_order_are_paired_with_themselves(old: list[str], data: st.DataObject) -> None:
    left = [name for name in old if data.draw(st.booleans())]
    kept = [
        old[start] for start, end, new_start, new_end in pair_items(old, left) if end > start and new_end > new_start
    ]
    assert kept == left
