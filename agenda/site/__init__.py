"""The programme as a folder of static pages for everybody: HTML, calendars to subscribe to, and a feed of changes."""
