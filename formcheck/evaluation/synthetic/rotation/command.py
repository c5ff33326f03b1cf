"""Compare ways to read a turn and write the page: a part of the developers' command."""

import argparse
from collections.abc import Callable
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.evaluation.synthetic.records import MeasuredWith
from formcheck.evaluation.synthetic.rotation.page import page
from formcheck.evaluation.synthetic.rotation.real import RealSigns, real_signs
from formcheck.evaluation.synthetic.rotation.seen import load, save, seen_turns
from formcheck.evaluation.synthetic.rotation.simulated import simulated_turns
from formcheck.files import atomic_path

_N_SIMULATED = 12


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked of it."""
    parser.add_argument("folder", nargs="?", type=Path, help="of clips of people who turn")
    parser.add_argument(
        "--people", type=int, default=_N_SIMULATED, help="simulated people beside the rendered"
    )
    parser.add_argument("--labels", type=Path, help="of clips of real people")
    parser.add_argument("--landmarks", type=Path, help="landmark sets of real people")
    parser.add_argument("--recordings", type=Path, help="keeps the engine's poses of real people")
    parser.add_argument("--rotation-page", type=Path, default=Path("docs/trunk-rotation.md"))


def measure(options: argparse.Namespace, progress: Callable[[int, int | None], None]) -> Path:
    """Measure, keep and write; return where the page is.

    Raises
    ------
    UsageError
        If only a part of what is needed of real people is given.
    """
    folder = Path(options.store) / "rotation"
    kept, real = folder / "turns.npz", folder / "real.json"
    if options.folder is not None:
        save(seen_turns(options.folder, progress), kept)
    of_people = (options.labels, options.landmarks, options.recordings)
    if all(of_people):
        real_signs(*of_people).save(real)
    elif any(of_people):
        raise UsageError("of people, --labels, --landmarks and --recordings go together")
    simulated = list(simulated_turns(options.people)) if options.people else []
    text = page(load(kept), simulated, RealSigns.load(real), MeasuredWith.now(0))
    with atomic_path(options.rotation_page) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return Path(options.rotation_page)
