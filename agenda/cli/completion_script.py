"""The script by which a shell asks for completions: shown, or installed where the shell finds it."""

from pathlib import Path

from agenda.cli import COMPLETION_VARIABLE
from agenda.errors import UsageError
from agenda.text.safe import quote
from agenda.text.sentences import join_words

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")

_OURS = {
    "bash": f"""\
_agenda_completion() {{
    local IFS=$'\\n'
    COMPREPLY=( $( env COMP_WORDS="${{COMP_WORDS[*]}}" COMP_CWORD="$COMP_CWORD" \\
                   {COMPLETION_VARIABLE}=complete_bash "$1" ) ) || compopt -o default
}}

complete -F _agenda_completion agenda
""",
    "zsh": f"""\
#compdef agenda

_agenda() {{
  eval $(env _TYPER_COMPLETE_ARGS="${{words[1,$CURRENT]}}" {COMPLETION_VARIABLE}=complete_zsh agenda)
}}

if [[ $funcstack[1] == _agenda ]]; then _agenda "$@"; else compdef _agenda agenda; fi
""",
    "fish": f"""\
function _agenda_ask
    set -g _agenda_answer (env _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS=(commandline -cp) \\
        {COMPLETION_VARIABLE}=complete_fish agenda)
end

complete --command agenda --no-files --condition _agenda_ask --arguments '(string join \\n -- $_agenda_answer)'
""",
}
"""Scripts that ask as Typer's do. Typer's script for bash has no way to leave files out where none is meant, its script
for zsh completes nothing when it is loaded, at the first Tab of a session, and its script for fish runs the program
twice.
"""


def find_shell() -> str:
    """The shell that called the program. Raises UsageError where it is none that can complete."""
    import shellingham  # type: ignore[import-untyped]  # Typer's own

    try:
        shell = str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        shell = "none"
    if shell not in SHELLS:
        raise UsageError(f"there is completion for {join_words(SHELLS, 'and')}; the shell here is {quote(shell)}")
    return shell


def make_script(shell: str) -> str:
    """The script for that shell, one of those that `find_shell` gives."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # it is there, if untold

    if shell in _OURS:
        return _OURS[shell]
    return f"{get_completion_script(prog_name='agenda', complete_var=COMPLETION_VARIABLE, shell=shell)}\n"


def install_script(shell: str) -> Path:
    """Write the script for that shell where it is read in each session; gives its path. Raises OSError."""
    from typer.completion import install  # type: ignore[attr-defined]  # as above

    _, path = install(shell=shell, prog_name="agenda", complete_var=COMPLETION_VARIABLE)
    if shell in _OURS:
        path.write_text(_OURS[shell], encoding="utf-8")
    return Path(path)
