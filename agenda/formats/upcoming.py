"""Upcoming occurrences as the formats write them: each with where it stands by the clock."""

from msgspec.structs import asdict

from agenda.formats.records import RecordRows, UpcomingRecord, make_record
from agenda.reports.upcoming import Upcoming


class UpcomingRows(RecordRows[Upcoming], frozen=True):
    """Upcoming occurrences, with some of the fields of events and of `CLOCK_FIELDS`."""

    def record(self, item: Upcoming) -> UpcomingRecord:
        """The record of an occurrence, and where it stands."""
        return UpcomingRecord(
            **asdict(make_record(item.occurrence)),
            state=item.state,
            starts_in=item.starts_in,
            ends_in=item.ends_in,
        )
