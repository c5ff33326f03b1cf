"""A server in a process of its own, to be killed: prints its port and token."""

import sys
import time
from pathlib import Path

from tests.web.serving import served

if __name__ == "__main__":
    with served(Path(sys.argv[1])) as server:
        print(server.port, server.access.token, flush=True)  # noqa: T201
        time.sleep(60)
