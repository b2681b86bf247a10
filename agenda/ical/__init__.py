"""iCalendar (RFC 5545 and 7986), both ways: export writes calendars, import reads them."""
