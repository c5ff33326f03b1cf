"""However the program ends, its worker and its shared memory do not outlive it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import pytest

FAKE = str(Path(__file__).with_name("fake_worker.py"))

ENDLESS = """
    import itertools, sys, time
    import numpy as np
    from formcheck.estimators.process import MediaPipeEstimator
    from formcheck.frame import Frame
    from pathlib import Path
    def frames():
        for index in itertools.count():
            time.sleep(0.01)
            yield Frame(index / 100, np.zeros((8, 8, 3), np.uint8))
    command = [sys.executable, sys.argv[1], "good"]
    with MediaPipeEstimator(Path(sys.argv[2]), command=command) as estimator:
        for index, _ in enumerate(estimator.estimate(frames())):
            if index == 3:
                names = [memory.name for memory in estimator._pictures._memories.values()]
                print(estimator._child.pid, *names, flush=True)
"""


@pytest.fixture
def program(model):
    """Return a running program that estimates for ever, its worker's pid and its memories."""
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(ENDLESS), FAKE, str(model)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    pid, *names = process.stdout.readline().split()
    yield process, int(pid), names
    process.kill()
    process.communicate()


def gone(is_there, within_s=5.0):
    """Whether something goes away in time."""
    end_s = time.monotonic() + within_s
    while time.monotonic() < end_s:
        if not is_there():
            return True
        time.sleep(0.02)
    return False


def runs(pid):
    """Whether a process runs; a zombie that waits for the system to collect it does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def exists(name):
    """Whether there is a shared memory of that name."""
    return Path(f"/dev/shm/{name}").exists()


def mapped(pid, name):
    """Whether a process has a shared memory open."""
    return name in Path(f"/proc/{pid}/maps").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("end", [os.kill, os.killpg], ids=["alone", "with its group"])
def test_nothing_outlives_the_program(program, end, ending):
    """A kill for want of memory, a polite one, a terminal that is closed: nothing stays behind.

    The memories are in use, but have no name that could stay behind.
    """
    process, pid, names = program
    assert runs(pid)
    assert len(names) == 2
    assert all(mapped(pid, name) for name in names)
    assert not any(exists(name) for name in names)
    end(process.pid, ending)
    assert gone(lambda: runs(pid))


def test_ctrl_c_ends_in_order(program):
    """The program sees its KeyboardInterrupt and nothing else: no complaint of a broken worker."""
    process, pid, names = program
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert "EngineError" not in errors
    assert "resource_tracker" not in errors
    assert not runs(pid)
    for name in names:
        with pytest.raises(FileNotFoundError):
            SharedMemory(name)
