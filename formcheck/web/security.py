"""The door: every request and every socket passes here before anything looks at it.

Plain ASGI, so that a socket passes the same checks as a request, and so that every answer,
also an error, carries the headers.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formcheck.web.access import Access
from formcheck.web.limits import LARGEST_BODY_BYTES

OPEN_PATH = "/open"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_METHODS = {"GET", "HEAD", "POST"}

REFUSED_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>formcheck</title>
<h1>formcheck</h1>
<p>Please open the address that formcheck printed in its window. It works once: if it has been
used, end formcheck there with Ctrl-C and start it again.</p>
</html>
"""


class Door:
    """Let in only requests of the page that this run of formcheck has opened.

    Parameters
    ----------
    app
        What is behind the door.
    access
        The secrets of this run.
    uploads
        Where files may be sent to, and of how many bytes at most; any other body is short.
    """

    def __init__(
        self, app: ASGIApp, access: Access, uploads: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self._app = app
        self._access = access
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request or socket and pass it on, or refuse it."""
        match scope["type"]:
            case "http":
                await self._request(scope, receive, _with_headers(send))
            case "websocket":
                await self._socket(scope, receive, send)
            case _:
                await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, _Bounded(receive, self._largest(scope)), send)

    def _largest(self, scope: Scope) -> int:
        """Return how many bytes a request may send."""
        return self._uploads.get(scope["path"], LARGEST_BODY_BYTES)

    def _refusal(self, scope: Scope) -> PlainTextResponse | HTMLResponse | None:
        headers = Headers(scope=scope)
        host = _only(headers, "host")
        if not self._access.is_host(host):
            return PlainTextResponse("wrong host", 421)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("method not allowed", 405)
        if scope["path"] != OPEN_PATH and not self._access.is_known(headers.get("cookie", "")):
            return HTMLResponse(REFUSED_PAGE, 403)
        is_ours = self._access.is_origin(_only(headers, "origin"), host)
        if scope["method"] == "POST" and not is_ours:
            return PlainTextResponse("wrong origin", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest(scope):
            return PlainTextResponse("too large", 413)
        return None

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        host = _only(headers, "host")
        is_ours = self._access.is_origin(_only(headers, "origin"), host)
        if is_ours and self._access.is_known(headers.get("cookie", "")):
            await self._app(scope, receive, send)
            return
        await receive()  # websocket.connect
        await send({"type": "websocket.close", "code": 1008})  # answered with 403


class _Bounded:
    """What comes of a request that does not say how long it is, up to a limit."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._largest = largest
        self._n_bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._n_bytes += len(message.get("body", b""))
        if self._n_bytes > self._largest:
            raise HTTPException(413)
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*_others(message.get("headers", ())), *_RAW_HEADERS]
        await send(message)

    return sending


def _others(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    ours = {name for name, _ in _RAW_HEADERS}
    return [(name, value) for name, value in headers if name.lower() not in ours]


def _only(headers: Headers, name: str) -> str:
    """Return a header that must come exactly once; empty where it does not."""
    values = headers.getlist(name)
    return values[0] if len(values) == 1 else ""
