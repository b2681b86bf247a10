"""From an iCalendar file (RFC 5545), whoever wrote it, to the tables of an agenda file."""
