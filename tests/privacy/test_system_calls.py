"""Nothing leaves the machine while the pose engine works and closes: its system calls are traced.

The positive control runs the same worker without formcheck's environment and must be caught:
MediaPipe then looks up the host to which it reports its use.
"""

import os
import sys
import textwrap

import pytest

from tests.privacy.strace import off_machine_calls, traced

pytestmark = [
    pytest.mark.trace,
    pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux"),
]

TWO_STREAMS = """
    import sys
    import numpy as np
    from formcheck.estimators import model_files, process
    from formcheck.frame import Frame
    if "unprotected" in sys.argv:
        process.worker_environment = dict
    pictures = np.random.default_rng(0).integers(0, 255, (5, 240, 320, 3), np.uint8)
    frames = [Frame(index / 25, picture) for index, picture in enumerate(pictures)]
    with process.MediaPipeEstimator(model_files.find()) as estimator:
        for _ in range(2):
            assert len(list(estimator.estimate(frames))) == 5
"""


def trace_of(tmp_path, *arguments, **variables):
    """Return the trace of two short streams."""
    paths = os.pathsep.join(path for path in sys.path if path)
    proxies = {"https_proxy", "http_proxy", "all_proxy", "no_proxy", "grpc_proxy"}
    clean = {name: value for name, value in os.environ.items() if name.lower() not in proxies}
    return traced(
        [sys.executable, "-c", textwrap.dedent(TWO_STREAMS), *arguments],
        tmp_path / "trace",
        {**clean, "PYTHONPATH": paths, **variables},
    )


def test_nothing_leaves_the_machine(tmp_path):
    """No name is looked up and no other machine is addressed."""
    assert off_machine_calls(trace_of(tmp_path)) == []


def test_exceptions_from_the_proxy_do_not_let_it_out(tmp_path):
    """Variables that send some hosts past the proxy, or elsewhere, are not handed on."""
    trace = trace_of(tmp_path, no_proxy="*", no_grpc_proxy="*", grpc_proxy="http://192.0.2.1:1")
    assert off_machine_calls(trace) == []


def test_without_the_measure_the_engine_is_caught(tmp_path):
    """Positive control: the same worker with the plain environment tries to leave."""
    assert off_machine_calls(trace_of(tmp_path, "unprotected"))
