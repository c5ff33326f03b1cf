"""How long the therapist waits for each page, with ten thousand sessions of two hundred people.

    python -m benchmarks.review_pages [--people 200] [--sessions 10000] [--folder FOLDER]

Fills a store with people who do not exist, or takes the one that an earlier run has left in FOLDER,
runs ``formcheck review`` over it, and asks for every page that it has over HTTP. What is asked for
is taken from the application itself: a page that is added later is timed, too. The first request
of a page is made after the file has been dropped from the system's memory. On a machine that does
other things meanwhile, ``on_a_core`` says what a page costs by itself. With ``--seed-only``
the store is filled and left there.
"""

import argparse
import http.client
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import formcheck
from benchmarks.machine import machine
from benchmarks.review_seed import made_sets, seed
from formcheck.exercises.library import load_all
from formcheck.reviewing.overview import current_facts
from formcheck.store import DATABASE, Store
from formcheck.web.access import Access
from formcheck.web.review.app import make_review_app
from formcheck.web.review.setting import ReviewSetting

RESULTS = Path(__file__).resolve().parent / "results"
GOAL_MS = 200.0
_KEY = Ed25519PrivateKey.from_private_bytes(b"6" * 32)
_NOT_PAGES = ("/static", "/open")
# What is asked for beside the plain addresses that the application has.
SEARCHES = (
    "/?q=heels",
    "/?q=glute+bridge+heels",
    "/?q={year}-10+bridge",
    "/?q=nothing+of+the+kind",
    "/?need=new_fault",
    "/?need=not_reviewed&order=open&page=2",
    "/sessions?q=heels",
    "/sessions?q=glute+bridge+heels",
    "/sessions?q=camera+too+low",
    "/sessions?q={person}+{year}",
    "/sessions?q=nothing+of+the+kind",
    "/sessions?order=neediest",
    "/sessions?kind=not_reviewed&order=oldest",
    "/sessions?kind=hardly_assessed&page=20",
    "/sessions?person={person}",
)


def main() -> None:
    """Measure and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the store is, or is left")
    parser.add_argument("--seed-only", action="store_true")
    parser.add_argument("--times", type=int, default=15, help="how often each page is asked for")
    parser.add_argument(
        "--name", default="review-pages-2core", help="of the file in benchmarks/results/"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch) / "sessions"
        seeded = filled(folder, options.people, options.sessions)
        if options.seed_only:
            return
        about = {"formcheck": formcheck.__version__, "machine": machine()}
        figures = measured(folder, options.times)
    target = RESULTS / f"{options.name}.json"
    report = {**about, **seeded, **figures}
    target.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for one in figures["pages"]:
        warm, first = one["warm_ms"], one["first_ms"]
        print(f"{warm['on_a_core']:8.1f} {warm['median']:8.1f} {first:8.1f}  {one['page']}")  # noqa: T201
    print(f"over {GOAL_MS:.0f} ms: {figures['over_the_goal'] or 'none'}")  # noqa: T201


def filled(folder: Path, n_people: int, n_sessions: int) -> dict[str, Any]:
    """Fill a store, if there is none, and say how large it is."""
    began_s = time.perf_counter()
    is_new = not (folder / DATABASE).exists()
    with Store.open(folder, checks=False) as store:
        if is_new:
            seed(store, n_people, n_sessions, date.today(), made_sets(), _KEY)  # noqa: DTZ011
        seeded_s = time.perf_counter() - began_s
        current_facts(store, load_all())
        facts_s = time.perf_counter() - began_s - seeded_s
        n_known = len(store.people)
        n_there = sum(len(store.summaries(one.pseudonym)) for one in store.people)
    return {
        "people": n_known,
        "sessions": n_there,
        "file_mb": round((folder / DATABASE).stat().st_size / 1e6),
        "seeded_s": round(seeded_s, 1) if is_new else None,
        "facts_of_everybody_s": round(facts_s, 1) if is_new else None,
    }


def measured(folder: Path, n_times: int) -> dict[str, Any]:
    """Return how long each page takes, the slowest first."""
    with Store.open(folder, checks=False) as store:
        asked, left_out = pages_of(store)
    with running(folder) as server:
        timed = [_timed(server, path, folder, n_times) for path in asked]
    pages = [one for one in timed if one["status"] < http.client.BAD_REQUEST]
    pages.sort(key=lambda one: -one["warm_ms"]["median"])
    over = [one["page"] for one in pages if one["warm_ms"]["p95"] > GOAL_MS]
    by_itself = [one["page"] for one in pages if one["warm_ms"]["on_a_core"] > GOAL_MS]
    return {
        "goal_ms": GOAL_MS,
        "over_the_goal": over,
        "over_the_goal_by_itself": by_itself,
        "not_timed": left_out,
        "not_answered": {
            one["page"]: one["status"] for one in timed if one["status"] >= http.client.BAD_REQUEST
        },
        "pages": pages,
    }


def pages_of(store: Store) -> tuple[list[str], list[str]]:
    """Return every address to ask for, and those that nothing can be filled in for."""
    values = _values(store)
    asked = [one.format_map(values) for one in SEARCHES]
    left_out = []
    for path in _routes(store):
        if missing := set(re.findall(r"{(\w+)}", path)) - values.keys():
            left_out.append(f"{path} ({', '.join(sorted(missing))})")
        else:
            asked += _filled_in(path, values)
    return asked, left_out


def _routes(store: Store) -> list[str]:
    """Return the addresses of all that can be looked at, as the application itself names them."""
    setting = ReviewSetting(store, load_all(), "nobody", store.folder / "key.pem")
    door: Any = make_review_app(setting, Access(0))
    paths = door._app.openapi()["paths"]
    return [
        path for path, does in paths.items() if "get" in does and not path.startswith(_NOT_PAGES)
    ]


def _filled_in(path: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield an address of a route; a report has several kinds and comes as a page."""
    kinds = ("session", "progress", "discharge") if "{kind}" in path else ("",)
    for kind in kinds:
        query = f"?session={values['session_id']}" if kind == "session" else ""
        yield path.format_map({**values, "kind": kind}) + query


def _values(store: Store) -> dict[str, str]:
    """Return what is filled in: whoever has most sessions, and their newest ones."""
    everybody = {one.pseudonym: store.summaries(one.pseudonym) for one in store.people}
    person = max(everybody, key=lambda one: len(everybody[one]))
    *_, other, newest = everybody[person]
    return {
        "person": quote(person),
        "session_id": newest.id,
        "other_id": other.id,
        "name": f"set-01-{newest.exercises[0]}",
        "exercise": newest.exercises[0],
        "kind": "session",
        "year": str(newest.started.year),
    }


@dataclass(frozen=True, slots=True)
class Server:
    """A running ``formcheck review``, and the cookie of whoever has come in."""

    port: int
    cookie: str
    process_id: int

    def busy_s(self) -> float:
        """Return for how long it has run on a core, whatever else the machine does [s]."""
        said = Path(f"/proc/{self.process_id}/stat").read_text(encoding="utf-8")
        user, system = said.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def ask(self, path: str) -> tuple[int, int, float]:
        """Return the status, how many bytes came, and how long they took [s]."""
        began_s = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            return answer.status, len(answer.read()), time.perf_counter() - began_s
        finally:
            connection.close()


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run ``formcheck review`` in a process of its own."""
    command = [sys.executable, "-m", "formcheck.cli.app", "review", "--no-browser"]
    with subprocess.Popen(
        [*command, "--store", str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            said = (re.search(r"http://\S+token=\S+", line) for line in process.stdout)
            address = urlsplit(next(one for one in said if one).group())
            opening = f"{address.path}?{address.query}"
            yield _let_in(address.port or 0, opening, process.pid)
        finally:
            process.terminate()


def _let_in(port: int, opening: str, process_id: int) -> Server:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", opening)
    cookie = connection.getresponse().headers["Set-Cookie"].split(";")[0]
    connection.close()
    return Server(port, cookie, process_id)


def _timed(server: Server, path: str, folder: Path, n_times: int) -> dict[str, Any]:
    _forget(folder / DATABASE)
    status, n_bytes, first_s = server.ask(path)
    n_times = n_times if status < http.client.BAD_REQUEST else 1
    busy_s = server.busy_s()
    took = sorted(server.ask(path)[2] * 1e3 for _ in range(n_times))
    busy_s = server.busy_s() - busy_s
    return {
        "page": path,
        "status": status,
        "kb": round(n_bytes / 1e3, 1),
        "first_ms": round(first_s * 1e3, 1),
        "warm_ms": {
            "on_a_core": round(busy_s / n_times * 1e3, 1),
            "best": round(took[0], 1),
            "median": round(median(took), 1),
            "p95": round(took[math.ceil(0.95 * len(took)) - 1], 1),
            "worst": round(took[-1], 1),
        },
    }


def _forget(path: Path) -> None:
    """Let the system forget what it holds of a file, where it can."""
    with suppress(AttributeError, OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


if __name__ == "__main__":
    main()
