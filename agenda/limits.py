"""The bounds of what is read and selected, so that no input takes time or memory without end; see docs/format.md.

A bound is for what nobody writes on purpose: whatever exceeds one is told where it stands, or cut with a word of it.
"""

MAX_SERIES_TIMES = 10_000
"""Times of one series that ends."""
MAX_TIMES_AT_ONCE = 1_000
"""Times of one series that are on at once, as of an event of three years that is repeated each day."""
MAX_RULE_STEPS = 1_500_000
"""Steps of a day that the rules of one file may take when it is read."""
MAX_RULE_STEPS_OF_EVENT = 200
"""Steps of a day that each series of the file adds to these, so that large files may have many rules."""
MAX_SELECTED_TIMES = 100_000
"""Times of series that are selected at once."""
MAX_ENDLESS_TIMES = 1_000
"""Times that are selected of one series without an end, where no period ends it; fewer where there are many of them."""
MAX_ALL_ENDLESS_TIMES = 50_000
"""Times that are selected of all series without an end together, where no period ends them."""
MAX_COUNTED_TIMES = 10_000
"""Times to come that `next` counts besides those that it shows."""
