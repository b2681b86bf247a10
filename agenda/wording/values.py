"""What the public reads for values and fields, each of which is its own message in English: `words.text(event.status)`.

Here they stand for the catalogs alone.
"""

from agenda.wording.english import mark

VALUE_MESSAGES = (
    *(mark("confirmed"), mark("tentative"), mark("cancelled")),
    *(mark("public"), mark("internal")),
    *(mark("fixed"), mark("between"), mark("tba")),
)
"""The values of `Status`, `Visibility` and `Certainty`."""

STATE_MESSAGES = (
    *(mark("now"), mark("perhaps"), mark("ahead")),
    *(mark("sure"), mark("tight")),
)
"""The values of `State` that are no other message, and of `Likelihood`."""

GROUPING_MESSAGES = (
    *(mark("city"), mark("day"), mark("topic"), mark("kind"), mark("organizer"), mark("person"), mark("venue")),
    *(mark("room"), mark("status"), mark("when"), mark("event")),
)
"""The values of `Grouping`."""

FIELD_MESSAGES = (
    *(mark("id"), mark("title"), mark("when"), mark("start"), mark("end"), mark("between"), mark("date_note")),
    *(mark("all_day"), mark("timezone"), mark("city"), mark("venue"), mark("room"), mark("kind"), mark("topics")),
    *(mark("organizers"), mark("people"), mark("status"), mark("visibility"), mark("busy"), mark("description")),
    *(mark("url"), mark("sources"), mark("occurrence"), mark("sort")),
    *(mark("state"), mark("starts_in"), mark("ends_in")),
    *(mark("first"), mark("second"), mark("clash"), mark("first_start"), mark("first_end"), mark("second_start")),
    *(mark("second_end"), mark("overlap"), mark("gap"), mark("travel"), mark("first_left"), mark("second_left")),
    *(mark("first_title"), mark("second_title"), mark("events")),
)
"""The names of the fields of records, which are headings on a screen."""
