"""On what something was measured."""

import os
import platform
from importlib import metadata
from pathlib import Path


def machine() -> dict[str, object]:
    """Say on what this was measured."""
    names = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "mediapipe": metadata.version("mediapipe"),
        "load_at_start": round(os.getloadavg()[0], 2),
    }
