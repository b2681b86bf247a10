"""iCalendar (RFC 5545 and 7986): everything about it is in here.

It is written through the layer of content lines that `ics` has. Its `Event` and `Calendar` are not used: they turn
local times into UTC, and keep events in sets, so that their order changes from run to run.
"""
