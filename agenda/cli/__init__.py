"""The options that commands share: defined once, and turned into what is wanted or into a usage error."""
