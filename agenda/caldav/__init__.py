"""Events into a collection of a CalDAV server: RFC 4791, and RFC 4918 below it."""
