"""The developers' command that fits the landmark noise and says how good the fit is.

``python -m formcheck.evaluation.noise_fit`` lets the engine look at every clip that lies beside
its truth (``NAME.mp4`` and ``NAME.truth.npz``), once, fits the numbers of
``formcheck.simulation.landmark_noise`` and writes them and ``docs/landmark-noise.md``. Figures
of real people need a folder of recordings of them; without one the present figures are kept.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from formcheck.errors import FormcheckError, SourceError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.evaluation.noise_fit.comparison import compare
from formcheck.evaluation.noise_fit.page import page
from formcheck.evaluation.noise_fit.real import fit_real
from formcheck.evaluation.noise_fit.rendered import fit_clock, fit_rendered, with_alike_of
from formcheck.evaluation.noise_fit.tracks import Known, Track
from formcheck.files import ensure_folder, sha256_of
from formcheck.pipeline import observe, recording_header
from formcheck.recordings import SUFFIX, Recording, RecordingWriter
from formcheck.simulation.landmark_noise import NoiseNumbers
from formcheck.simulation.truth import Truth
from formcheck.sources.opening import open_source

TRUTH_SUFFIX = ".truth.npz"
_FEWEST_CLIPS = 2
_N_DIGITS = 12


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(
        prog="python -m formcheck.evaluation.noise_fit", description=__doc__.split("\n\n")[1]
    )
    made.add_argument(
        "clips",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        default=[Path("sample_videos")],
        help=f"folders of NAME.mp4 with NAME{TRUTH_SUFFIX}; default: sample_videos",
    )
    made.add_argument(
        "--seen",
        type=Path,
        default=Path("benchmarks/synthetic/crowd"),
        help=f"folder of NAME{SUFFIX} with NAME{TRUTH_SUFFIX}: when and how alike sides err",
    )
    made.add_argument("--recordings", type=Path, help=f"folder of *{SUFFIX} of real people")
    made.add_argument(
        "--cache", type=Path, default=Path(".cache/noise"), help="keeps the engine's poses"
    )
    made.add_argument(
        "--numbers", type=Path, default=Path("formcheck/simulation/landmark_noise/fitted.json")
    )
    made.add_argument("--page", type=Path, default=Path("docs/landmark-noise.md"))
    return made


def recorded(video: Path, cache: Path) -> Recording:
    """Return the engine's poses of a clip; it looks only where it has not yet."""
    path = cache / f"{video.name}-{sha256_of(video)[:_N_DIGITS]}{SUFFIX}"
    if not path.is_file() or Recording(path).incomplete_reason is not None:
        with MediaPipeEstimator(model_files.find()) as engine, open_source(video) as source:
            header = recording_header(source.info, engine.identity)
            with RecordingWriter(path, header) as writer:
                for observation in observe(source, engine):
                    writer.write(observation.time_s, observation.pose)
    return Recording(path)


def track_of(recording: Recording, name: str) -> Track:
    """Return the found frames of a recording."""
    header = recording.header
    return Track.of(name, recording, (header.width_px, header.height_px))


def known_clips(folders: Sequence[Path], cache: Path) -> list[Known]:
    """Return every clip of the folders that lies beside its truth.

    Raises
    ------
    SourceError
        If there are too few to fit anything.
    """
    ensure_folder(cache)
    clips = []
    for truth in sorted(path for folder in folders for path in folder.glob(f"*{TRUTH_SUFFIX}")):
        video = truth.with_name(truth.name.removesuffix(TRUTH_SUFFIX) + ".mp4")
        if video.is_file():
            track = track_of(recorded(video, cache), video.stem)
            clips.append(Known.of(track, Truth.load(truth)))
    if len(clips) < _FEWEST_CLIPS:
        raise SourceError(
            f"{len(clips)} clips with a truth in {', '.join(map(str, folders))};\n"
            f"expected at least {_FEWEST_CLIPS} of NAME.mp4 with NAME{TRUTH_SUFFIX}"
        )
    return clips


def seen_clips(folder: Path) -> list[Known]:
    """Return what the engine saw of clips whose pictures need not be kept."""
    clips = []
    for truth in sorted(folder.glob(f"*{TRUTH_SUFFIX}")):
        poses = truth.with_name(truth.name.removesuffix(TRUTH_SUFFIX) + SUFFIX)
        if poses.is_file():
            clips.append(Known.of(track_of(Recording(poses), poses.name), Truth.load(truth)))
    return clips


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, compare and write."""
    options = parser().parse_args(arguments)
    console = Console(stderr=True)
    try:
        clips = known_clips(options.clips, options.cache)
        real_people = (
            [
                track_of(Recording(path), path.name)
                for path in sorted(options.recordings.glob(f"*{SUFFIX}"))
            ]
            if options.recordings
            else []
        )
        seen = seen_clips(options.seen)
        moving = [*clips, *seen]
        fitted = fit_rendered(clips, fit_clock(moving), len(moving))
        numbers = NoiseNumbers(
            rendered=with_alike_of(fitted, seen) if seen else fitted,
            real=fit_real(real_people) if real_people else NoiseNumbers.load().real,
        )
    except FormcheckError as error:
        console.print(str(error), markup=False)
        return error.exit_code
    options.numbers.write_text(numbers.model_dump_json(indent=1) + "\n", "utf-8")
    options.page.write_text(page(numbers, compare(clips, numbers)), "utf-8")
    console.print(f"{options.numbers}, {options.page}: written")
    return 0
