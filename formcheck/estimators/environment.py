"""The environment of the worker: nothing that it loads finds a way off this machine.

MediaPipe reports its use to its maker each time a landmarker is closed. It honours the usual
proxy variables, so in the worker, and there alone, they all name a port of this machine that
nobody listens on. docs/decisions/0003-telemetry.md has what was measured.
"""

import os
from collections.abc import Mapping

from formcheck.estimators.model_files import checkout_folder

NOWHERE = "http://127.0.0.1:9"  # "discard", a port that may not be used for anything else
_PROXIES = ("https_proxy", "http_proxy", "all_proxy", "grpc_proxy")
_EXCEPTIONS = ("no_proxy", "no_grpc_proxy")  # would let some hosts past the proxy


def worker_environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the worker's environment, made from that of this process, which stays as it is.

    Examples
    --------
    >>> made = worker_environment({"HOME": "/home/ada", "NO_PROXY": "*"})
    >>> made["HOME"], made["https_proxy"], "NO_PROXY" in made
    ('/home/ada', 'http://127.0.0.1:9', False)
    """
    environment = {
        name: value
        for name, value in inherited.items()
        if name.lower() not in (*_PROXIES, *_EXCEPTIONS)
    }
    for name in _PROXIES:
        environment[name] = environment[name.upper()] = NOWHERE
    environment["MPLBACKEND"] = "Agg"  # never a window, whatever this program uses
    checkout = checkout_folder()
    if checkout is not None:  # found by its place and not installed
        paths = [str(checkout), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return environment
