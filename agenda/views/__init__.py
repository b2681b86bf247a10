"""Events as Rich draws them, for people: a view a file."""
