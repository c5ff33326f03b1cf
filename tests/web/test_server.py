"""Where the pages are served."""

import socket
from contextlib import closing

import pytest

from formcheck.web.server import listening


def test_only_this_computer_reaches_the_port():
    """It listens on the loopback address; at every other address of the machine nobody answers."""
    with closing(listening()) as listener:
        host, port = listener.getsockname()
        assert host == "127.0.0.1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # for documentation (RFC 5737); nothing is sent
            except OSError:
                return  # a machine without a network has no other address
            other = probe.getsockname()[0]
        if other != host:
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((other, port), timeout=2)
