"""Who may come in: a one-time token in the opened address becomes a cookie.

Other programs and web pages on this computer can reach the port as well. A page of another
site is kept out by its Origin and by the cookie that it cannot have; one that points its own
name at 127.0.0.1 (DNS rebinding) by the Host that it must send; anybody else by the token.
"""

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

_BYTES = 32


@dataclass(slots=True)
class Access:
    """The secrets of one run of the server.

    Attributes
    ----------
    port
        Where the server listens; a part of Host, Origin and the cookie's name.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(_BYTES))
    _cookie: str = field(default_factory=lambda: secrets.token_urlsafe(_BYTES))
    _is_used: bool = False

    @property
    def address(self) -> str:
        """The address to open, once."""
        return f"http://127.0.0.1:{self.port}/open?token={self.token}"

    @property
    def hosts(self) -> tuple[str, str]:
        """What Host may say."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def cookie_name(self) -> str:
        """The name of the cookie: browsers send cookies to every port of a host."""
        return f"formcheck_{self.port}"

    def redeem(self, token: str) -> str | None:
        """Return the Set-Cookie header for the right token, the first time; else None."""
        if self._is_used or not _is_same(token, self.token):
            return None
        self._is_used = True
        return f"{self.cookie_name}={self._cookie}; HttpOnly; SameSite=Strict; Path=/"

    def is_host(self, host: str) -> bool:
        """Whether a Host header is one of ours."""
        return host in self.hosts

    def is_origin(self, origin: str, host: str) -> bool:
        """Whether an Origin header is the page that this server served."""
        return self.is_host(host) and origin == f"http://{host}"

    def is_known(self, cookies: str) -> bool:
        """Whether a Cookie header holds our cookie."""
        try:
            jar = SimpleCookie(cookies)
        except CookieError:
            return False
        morsel = jar.get(self.cookie_name)
        return morsel is not None and _is_same(morsel.value, self._cookie)


def _is_same(given: str, right: str) -> bool:
    """Compare in a time that tells nothing about the right one."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), right.encode())
