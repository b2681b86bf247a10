"""From a TOML file to the model, or to everything that is wrong with the file."""
