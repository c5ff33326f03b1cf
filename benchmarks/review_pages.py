"""How long the therapist waits for each page, with ten thousand sessions of two hundred people.

    python -m benchmarks.review_pages [--people 200] [--sessions 10000] [--folder FOLDER]

Fills a store with people who do not exist, or takes the one that an earlier run has left in FOLDER,
runs ``formcheck review`` over it, and asks for every page that it has over HTTP. What is asked for
is taken from the application itself: a page that is added later is timed, too. The first request
of a page is made after the file has been dropped from the system's memory. What is waited for is
said (``wall``) and what the server itself runs for it (``on_a_core``), which is the figure to go by
on a machine that does other things meanwhile. With ``--seed-only`` the store is filled and left
there.
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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
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
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
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
    print("    wall: median, p95, first;  on a core: median, p95, first [ms]")  # noqa: T201
    for one in figures["pages"]:
        said = (
            f"{one[how]['median']:7.1f} {one[how]['p95']:7.1f} {one[how]['first']:7.1f}"
            for how in ("wall_ms", "on_a_core_ms")
        )
        print(*said, one["page"], sep="  ")  # noqa: T201
    for over in ("over_the_goal", "over_the_goal_on_a_core"):
        print(f"{over}, {GOAL_MS:.0f} ms: {figures[over] or 'none'}")  # noqa: T201


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
    pages.sort(key=lambda one: -one["wall_ms"]["median"])
    return {
        "goal_ms": GOAL_MS,
        "ready_after_s": server.ready_after_s,
        "over_the_goal": _over(pages, "wall_ms"),
        "over_the_goal_on_a_core": _over(pages, "on_a_core_ms"),
        "not_timed": left_out,
        "not_answered": {
            one["page"]: one["status"] for one in timed if one["status"] >= http.client.BAD_REQUEST
        },
        "pages": pages,
    }


def _over(pages: list[dict[str, Any]], how: str) -> list[str]:
    """Return the pages of which the first request, or one in twenty, takes longer than it may."""
    return [one["page"] for one in pages if max(one[how]["first"], one[how]["p95"]) > GOAL_MS]


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
    """A running ``formcheck review``, and the cookie of whoever has come in.

    Attributes
    ----------
    ready_after_s
        From starting the process until it says that it is ready, and what it has run for [s].
    """

    port: int
    cookie: str
    process_id: int
    ready_after_s: dict[str, float]

    def ask(self, path: str) -> "Asked":
        """Ask for a page, and read all of it."""
        began_s, ran_s = time.perf_counter(), ran_for_s(self.process_id)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            n_bytes = len(answer.read())
        finally:
            connection.close()
        wall_s, core_s = time.perf_counter() - began_s, ran_for_s(self.process_id) - ran_s
        return Asked(answer.status, n_bytes, wall_s * 1e3, core_s * 1e3)


class Asked(NamedTuple):
    """What came of a request, how long it took, and how long the server ran for it [ms]."""

    status: int
    n_bytes: int
    wall_ms: float
    on_a_core_ms: float


def ran_for_s(process_id: int) -> float:
    """Return for how long a process has run on any core, whatever else the machine does [s]."""
    clock = ~process_id << 3 | 2  # as Linux numbers the clocks of processes (clock_getcpuclockid)
    return time.clock_gettime(clock)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run ``formcheck review`` in a process of its own."""
    command = [sys.executable, "-m", "formcheck.cli.app", "review", "--no-browser"]
    began_s = time.perf_counter()
    with subprocess.Popen(
        [*command, "--store", str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            said = (re.search(r"http://\S+token=\S+", line) for line in process.stdout)
            address = urlsplit(next(one for one in said if one).group())
            ready_after_s = {
                "wall": round(time.perf_counter() - began_s, 2),
                "on_a_core": round(ran_for_s(process.pid), 2),
            }
            opening = f"{address.path}?{address.query}"
            cookie = _let_in(address.port or 0, opening)
            yield Server(address.port or 0, cookie, process.pid, ready_after_s)
        finally:
            process.terminate()


def _let_in(port: int, opening: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", opening)
    cookie = connection.getresponse().headers["Set-Cookie"].split(";")[0]
    connection.close()
    return cookie


def _timed(server: Server, path: str, folder: Path, n_times: int) -> dict[str, Any]:
    _forget(folder / DATABASE)
    first = server.ask(path)
    n_times = n_times if first.status < http.client.BAD_REQUEST else 1
    warm = [server.ask(path) for _ in range(n_times)]
    return {
        "page": path,
        "status": first.status,
        "kb": round(first.n_bytes / 1e3, 1),
        "wall_ms": _figures(first.wall_ms, [one.wall_ms for one in warm]),
        "on_a_core_ms": _figures(first.on_a_core_ms, [one.on_a_core_ms for one in warm]),
    }


def _figures(first: float, warm: Sequence[float]) -> dict[str, float]:
    """Return the first time, and the shares of those that followed."""
    took = sorted(warm)
    found = {
        "first": first,
        "best": took[0],
        "median": median(took),
        "p95": took[math.ceil(0.95 * len(took)) - 1],
        "worst": took[-1],
    }
    return {name: round(value, 1) for name, value in found.items()}


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
