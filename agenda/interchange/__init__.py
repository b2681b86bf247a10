"""Other people's files in: a module a format, each from the content of a file to the tables of an agenda file."""
