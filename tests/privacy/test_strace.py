"""Known lines of a trace are judged rightly: the privacy tests rest on this."""

import sys

import pytest

from tests.privacy.strace import off_machine_calls, traced

LEAVES = [
    # A name server, elsewhere and on this machine, connected and not.
    'connect(6, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.1.2.3")}, 16) = 0',
    'connect(6, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
    '12 sendto(3, "\\1\\0", 2, 0, {sa_family=AF_INET, sin_port=htons(53), '
    'sin_addr=inet_addr("9.9.9.9")}, 16) = 2',
    "sendmmsg(6, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53), "
    'sin_addr=inet_addr("1.1.1.1")}, msg_namelen=16}}], 2, MSG_NOSIGNAL) = 2',
    # Other machines, whether or not it worked, in both families.
    'connect(6, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("142.250.1.95")}, 16)'
    " = -1 EINPROGRESS (Operation now in progress)",
    'connect(6, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.168.1.7")}, 16)'
    " = -1 ENETUNREACH (Network is unreachable)",
    "connect(6, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), "
    'inet_pton(AF_INET6, "2a00:1450::5f", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    "connect(6, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), "
    'inet_pton(AF_INET6, "::ffff:142.250.1.95", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    "sendmsg(6, {msg_name={sa_family=AF_INET, sin_port=htons(8125), "
    'sin_addr=inet_addr("10.0.0.1")}, msg_namelen=16}, 0) = 5',
    # Ways to have a name looked up by another process.
    'connect(6, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such)',
    'connect(6, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
    'connect(6, {sa_family=AF_UNIX, sun_path="/run/dbus/system_bus_socket"}, 30) = 0',
    '[pid 77] connect(6, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("8.8.8.8")}, '
    "16 <unfinished ...>",
]

STAYS = [
    'connect(6, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16)'
    " = -1 EINPROGRESS (Operation now in progress)",
    "connect(6, {sa_family=AF_INET6, sin6_port=htons(8000), sin6_flowinfo=htonl(0), "
    'inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    'connect(3, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 20) = 0',
    "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3",
    'bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
    'getsockname(6, {sa_family=AF_INET, sin_port=htons(57606), sin_addr=inet_addr("10.0.0.4")}, '
    "[128 => 16]) = 0",
    'sendto(3, "x", 1, 0, NULL, 0) = 1',
    "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0",
    "12 +++ exited with 0 +++",
    "",
]


@pytest.mark.parametrize("line", LEAVES)
def test_a_call_that_leaves_is_found(line):
    """Each of these is reported, as it stands."""
    assert off_machine_calls(f"5 something\n{line}\n") == [line]


@pytest.mark.parametrize("line", STAYS)
def test_a_call_that_stays_is_not(line):
    """Each of these is silent."""
    assert off_machine_calls(line) == []


@pytest.mark.trace
@pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")
def test_a_real_attempt_is_seen(tmp_path):
    """A child of the traced program that sends one packet to a reserved address is caught."""
    send = "import socket; socket.socket(2, 2).sendto(b'x', ('192.0.2.1', 5))"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {send!r}])"
    calls = off_machine_calls(traced([sys.executable, "-c", both], tmp_path / "trace"))
    assert any("192.0.2.1" in call for call in calls)
    quiet = "import socket; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', 5))"
    assert off_machine_calls(traced([sys.executable, "-c", quiet], tmp_path / "trace")) == []
