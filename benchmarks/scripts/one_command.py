"""The least that a program with Typer can be: one command, which prints a word."""

import typer

app = typer.Typer()


@app.command()
def main(word: str = "word") -> None:
    """Print a word."""
    print(word)


if __name__ == "__main__":
    app()
