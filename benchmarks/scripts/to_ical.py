"""Print the seconds that icalendar takes to write the calendar in the file that is named, which it has read."""

import sys
import time
from pathlib import Path

import icalendar

calendar = icalendar.Calendar.from_ical(Path(sys.argv[1]).read_bytes())
started = time.perf_counter()
written = calendar.to_ical()
print(time.perf_counter() - started)
