"""The bounds of what is read and selected, so that no input takes time or memory without end; see docs/format.md.

A bound is for what nobody writes on purpose: whatever exceeds one is told where it stands, or cut with a word of it.
"""

# Files

MAX_FILE_BYTES = 100 * 10**6
"""A quarter of a million ordinary events. A larger file may have no end, as /dev/zero."""
MAX_KEY_PARTS = 100
"""Parts of a key with dots between them; a key of an agenda has four at most."""
MAX_NESTED_BRACKETS = 100
"""Levels of lists and tables in brackets within each other, checked where the parser, which takes some hundreds, gives
up; an agenda has five at most.
"""
MAX_LANGUAGES = 100
"""Languages that a file has texts in: each costs a look at all texts."""
MAX_DIAGNOSTICS = 50
"""Diagnostics of one file that are told; past that, only how many more there are."""
MAX_SHAPE_PROBLEMS = 10_000
"""Mistakes in the shape of a file; if there are more, mistakes in its meaning are not looked for."""

# Series

MAX_SERIES_TIMES = 10_000
"""Times of one series that ends."""
MAX_TIMES_AT_ONCE = 1_000
"""Times of one series that are on at once, as of an event of three years that is repeated each day."""
MAX_RULE_STEPS = 1_500_000
"""Steps of a day that the rules of one file may take when it is read."""
MAX_RULE_STEPS_OF_EVENT = 200
"""Steps of a day that each series of the file adds to these, so that large files may have many rules."""

# What is selected and shown

MAX_SELECTED_TIMES = 50_000
"""Occurrences of series in one selection."""
MAX_ENDLESS_TIMES = 1_000
"""Times that are selected of one series without an end, where no period ends it; fewer where there are many of them."""
MAX_ALL_ENDLESS_TIMES = 20_000
"""Times that are selected of all series without an end together, where no period ends them."""
MAX_COUNTED_TIMES = 10_000
"""Times to come that `next` counts besides those that it shows."""
MAX_COUNTED_DAYS = 36_525
"""Days that `count --by day` tells one by one: those of a century."""
MAX_RETOLD = 10_000
"""Lines of a list that tell again what goes on from an earlier day."""
MAX_REDRAWN_BARS = 6_000
"""Repeated bars of `timeline`: an occurrence has a bar in every week and lane that it touches, and all but its first
count.
"""
MAX_DRAWN_WEEKS = 5_218
"""Weeks that `timeline` draws: those of a century."""
MAX_DRAWN_DAYS = 31
"""Days that `day` draws at once."""
MAX_DAY_BLOCKS = 1_000
"""Events with times that `day` draws in columns, on all of its days together; more of them are a list by the hour."""
MAX_PUBLISHED_TIMES = 5_000
"""Times of series that `site` writes: each has a place on several pages, and mostly a page of its day."""
MAX_SITE_BYTES = 10**9
"""More than the pages of any programme take; those of very many names, each on the pages of all others, have no end."""
MAX_CLASHES = 100_000
"""Clashes that are looked for; a clash over several people counts once for each of them. n events that need one person
at once have about n² of them.
"""
MAX_DRAWN_CLASHES = 20_000
"""Events that `clashes` draws as a table, each of them as often as it clashes with others."""
MAX_WARNED_CLASHES = 30_000
"""Clashes that `check` looks for, each of which is a warning at both of its events."""
MAX_REMARKED_CLASHES = 10_000
"""Clashes of the events that changed that are looked for where a file is changed."""

# Tables of changes

MAX_FAULTY_ROWS = 1_000
"""Mistakes in the headings or the rows of a table of changes, past which nobody looks at the others."""
MAX_MATCHED_TIMES = 200_000
"""Times of series among which those of the rows are looked for."""
MAX_TRANSLATED_EVENTS = 50_000
"""Events that are compared with what the rows say in another language than the first, each language counting."""

# What is imported into an agenda

MAX_MERGED_EVENTS = 10_000
"""Events of a file of 1 MB or less that is imported into an agenda: each is read, compared, written and proved."""
BYTES_OF_MERGED_EVENT = 100
"""Bytes of a larger file that let it have one event more."""
MAX_MERGED_VALUES = 200_000
"""People, topics and other values in lists of the events of a file of 600 kB or less that is imported into an agenda: a
cell of a workbook that names thousands may stand in many rows.
"""
BYTES_OF_MERGED_VALUE = 3
"""Bytes of a larger file that let its events list one value more."""
MAX_SESSIONS = 50_000
"""Occurrences of series of the agenda that are compared with the GUIDs of imported sessions, those on days of the
import first.
"""

# What is published

MAX_PAGES = 2_500
"""Pages of a site in one language, most of which have a calendar as well; more where events have long texts, as those
of large programmes have.
"""
CHARACTERS_OF_PAGE = 500
"""Characters of the titles and descriptions of events that let a site have one page more in each language."""
MAX_SITE_PAGES = 7_000
"""Pages of a site in all its languages together, or as many as it may have in one of them, if these are more. A
conference of 900 sessions and 700 speakers has 6,700 in four.
"""
MAX_QR_CODES = 300
"""QR codes of calendars on the pages of a site in all its languages: each takes as long as several pages."""
MAX_PAGE_ENTRIES = 50_000
"""Entries of events on the pages of days, people and so on, besides `MAX_PAGE_ENTRIES_OF_TIME` for each time of an
event.
"""
MAX_PAGE_ENTRIES_OF_TIME = 20
"""Entries that each time of an event adds to these; programmes have nine."""
MAX_PUSHED_EVENTS = 10_000
"""Events that are compared with those of a calendar on a server; to send each is a request."""
MAX_SPLIT_CHARACTERS = 100 * 10**6
"""Characters of the events in all calendars of a split export, or of a site in one language. A large programme may have
more: as many as `MAX_SPLIT_COPIES` copies of each event. An event that names many people is long, and is in the
calendars of all of them.
"""
MAX_SPLIT_COPIES = 20
"""Copies of each event, on average, in the calendars of a large programme, which has ten."""

# Tables that are imported

MAX_TABLE_ROWS = 25_000
"""Rows with something in them, below the headings, of a table in a file of 1 MB or less."""
BYTES_OF_TABLE_ROW = 40
"""Bytes of a larger file that let its table have one row more."""
MAX_UNREAD_ROWS = 1_000
"""Rows with a cell that cannot be read; after so many, days and times that are written as text are no longer read."""

# Calendars that are imported

MAX_IMPORTED_STEPS = 300_000
"""Steps of a day that the rules of one calendar file may take, those of its time zones among them; a time that they
give counts as five, one that is added to them (RDATE) as 20, the name of a time zone as 200.
"""
MAX_IMPORTED_STEPS_OF_SERIES = 60
"""Steps that each series may take before it takes those of the file, so that a plain rule, which takes some 30, is kept
in any file.
"""
MAX_TIMES_OF_DAY = 288
"""Times of a day that a rule names, as one every five minutes."""
MAX_ADDED_TIMES = 1_000
"""Times that are added to one event (RDATE)."""
MAX_REMOVED_TIMES = 10_000
"""Times of one rule that takes out times (EXRULE)."""
MAX_REMOVED_YEARS = 50
"""Years in which the times that a rule takes out are looked for."""
MAX_ONWARD_CHANGES = 50
"""Changes of one series from some time on (THISANDFUTURE)."""
MAX_SINGLE_TIMES = 100
"""Times of one series that are written one by one, where no rule of an agenda gives them."""
MAX_ALL_SINGLE_TIMES = 20_000
"""Times of all series together that are written one by one."""
MAX_COPIED_CHARACTERS = 10 * 10**6
"""Characters of the events that series become besides the first of each, which say again all that it says."""
MAX_PROVED_TIMES = 20_000
"""Times of all series together that are compared with what becomes of them; of each series past that only the first."""
MAX_COMPARED_CLOCKS = 200
"""Pairs of a zone and a first year of series, whose clocks are compared with those of the agenda for ten years; past
that, only at the times of each series.
"""
MAX_JUDGED_TIMES = 5_000
"""Times that another reader of calendars makes of the series of a file, to be compared with ours: of some 100 series,
as they usually are.
"""
MAX_JUDGED_YEARS = 10_000
"""Years of the rules of time zones through which that reader goes."""
