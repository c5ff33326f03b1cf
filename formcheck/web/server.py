"""Serve pages on this computer alone."""

import logging
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from formcheck.errors import UsageError
from formcheck.web.access import Access
from formcheck.web.limits import LARGEST_PICTURE_BYTES

LOOPBACK = "127.0.0.1"
_BACKLOG = 64
_MOST_CONNECTIONS = 64


def listening(port: int = 0) -> socket.socket:
    """Return a socket of this computer that nobody else can reach; 0 takes any free port.

    Raises
    ------
    UsageError
        If the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            f"expected a free port, got {port} ({error}): leave out --port, or give another one"
        ) from error
    return listener


def serve(
    make_app: Callable[[Access], ASGIApp],
    listener: socket.socket,
    on_ready: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    make_app
        Gives the application behind its door, for the secrets of this run.
    on_ready
        Called with the address to open, which works once.
    """
    access = Access(listener.getsockname()[1])
    server = uvicorn.Server(config(make_app(access)))
    on_ready(access.address)
    logging.getLogger("formcheck").setLevel(logging.WARNING)
    server.run(sockets=[listener])


def config(app: ASGIApp) -> uvicorn.Config:
    """Return how the server is run: bounded, without a line for every request."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST_PICTURE_BYTES + 1024,
        ws_per_message_deflate=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=2,
        proxy_headers=False,
    )
