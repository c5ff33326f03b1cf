"""Trace the system calls of a program and pick out those that try to leave this machine.

What counts: a connection or a packet to an address that is not of this machine, and every way
to look up a name: port 53 anywhere, even on this machine (a local resolver asks others), and
the sockets of systemd-resolved, nscd, Avahi and the system's D-Bus.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

INSTALL = "the privacy tests need strace: install it with `sudo apt-get install strace`"

_CALL = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(")
_IPV4 = re.compile(r'inet_addr\("([^"]+)"\)')
_IPV6 = re.compile(r'inet_pton\(AF_INET6, "([^"]+)"')
_IPV6_PLAIN = re.compile(r'sin6_addr="([^"]+)"')
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_UNIX = re.compile(r'sun_path=@?"([^"]+)"')
_RESOLVERS = (
    "/nscd/",
    "/systemd/resolve",
    "avahi-daemon",
    "io.systemd.Resolve",
    "/system_bus_socket",
)
_DNS_PORT = "53"
_NO_ADDRESS = re.compile(r"^(?:0\.0\.0\.0|::)$")  # means: this machine


def off_machine_calls(trace_text: str) -> list[str]:
    """Return the lines of a trace that look up a name or go to another machine."""
    return [line.strip() for line in trace_text.splitlines() if _leaves(line)]


def _leaves(line: str) -> bool:
    if not _CALL.search(line):
        return False
    path = _UNIX.search(line)
    if path:
        return any(part in path.group(1) for part in _RESOLVERS)
    address = _IPV4.search(line) or _IPV6.search(line) or _IPV6_PLAIN.search(line)
    if not address:
        return False
    port = _PORT.search(line)
    if port and port.group(1) == _DNS_PORT:
        return True
    return not _is_this_machine(address.group(1))


def _is_this_machine(address: str) -> bool:
    plain = address.removeprefix("::ffff:")
    return plain.startswith("127.") or plain == "::1" or bool(_NO_ADDRESS.match(plain))


def traced(
    command: Sequence[str], trace: Path, environment: Mapping[str, str] | None = None
) -> str:
    """Run a command to its end under strace and return the trace of it and its children.

    Raises
    ------
    AssertionError
        If strace is missing or the command fails: nothing is then proved.
    """
    assert sys.platform == "linux", "strace is of Linux"
    assert shutil.which("strace"), INSTALL
    options = ["-f", "-qq", "-s", "256", "-e", "trace=network", "-e", "signal=none"]
    answer = subprocess.run(
        ["strace", *options, "-o", str(trace), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, f"{answer.stdout}\n{answer.stderr}"
    return trace.read_text(errors="replace")
