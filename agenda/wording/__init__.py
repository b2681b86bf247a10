"""What the public reads that is not in the file: days, months, headings, and what is said of events."""
