"""The name and the password for a server: from the environment, netrc or the keyring, and never from a command line."""

import netrc
import os
from collections.abc import Mapping

from msgspec import Struct

from agenda.errors import FileError, UsageError
from agenda.text.safe import quote_path

USER_VARIABLE = "AGENDA_CALDAV_USER"
PASSWORD_VARIABLE = "AGENDA_CALDAV_PASSWORD"  # noqa: S105 - the name of it
_NETRC_VARIABLE = "NETRC"


class Login(Struct, frozen=True):
    """A name and its password, and in words where they are from, e.g. `the environment`."""

    user: str
    password: str
    source: str

    def __repr__(self) -> str:
        return f"Login({self.user!r}, source={self.source!r})"


def find_login(host: str, environment: Mapping[str, str]) -> Login | None:
    """The login for a host, from the first that has one of: the two variables of the environment; the file that
    `NETRC` names, or `~/.netrc`; the keyring, under the name of the host. None where none has.

    A name in the environment may have its password elsewhere. Raises UsageError where there is a name or a password
    alone, FileError where a netrc file cannot be read.
    """
    user, password = environment.get(USER_VARIABLE) or None, environment.get(PASSWORD_VARIABLE)
    if user and password is not None:
        return Login(user, password, "the environment")
    if password is not None:
        raise UsageError(f"{PASSWORD_VARIABLE} is set, and {USER_VARIABLE} is not; set both")
    login = _find_in_netrc(host, user, environment.get(_NETRC_VARIABLE) or None) or _find_in_keyring(host, user)
    if login is None and user:
        raise UsageError(
            f"{USER_VARIABLE} is set, and there is no password; set {PASSWORD_VARIABLE} too, or have it in ~/.netrc"
            " or in the keyring"
        )
    return login


def _find_in_netrc(host: str, user: str | None, path: str | None) -> Login | None:
    """The entry of the host, or the default one. The usual file must be readable by its owner alone."""
    shown = quote_path(path) if path else "~/.netrc"
    try:
        entry = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return None
    except netrc.NetrcParseError as error:
        if error.lineno is None:
            raise FileError(f"{shown} must be yours, and readable by you alone; chmod 600 makes it so") from None
        # What is wrong is not told: it may be the password.
        raise FileError(f"{shown} is no netrc file: look at line {error.lineno}") from None
    except OSError as error:
        raise FileError(f"{shown} cannot be read: {os.strerror(error.errno or 0)}") from None
    except ValueError:  # text that is not UTF-8
        raise FileError(f"{shown} cannot be read: it is not UTF-8") from None
    if entry is None or (user and entry[0] != user):
        return None
    return Login(entry[0], entry[2] or "", shown)


def _find_in_keyring(host: str, user: str | None) -> Login | None:
    """What the keyring has, where the extra `keyring` is installed and the keyring can be opened."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        credential = keyring.get_credential(host, user)
    except KeyringError:
        return None
    if credential is None or (user and credential.username != user):
        return None
    return Login(credential.username, credential.password, "the keyring")
