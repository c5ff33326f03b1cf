"""Write a file for each set of a person that has poses."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import StoreError
from formcheck.exchange.set_poses import SetPoses
from formcheck.exchange.span import EVER, Span
from formcheck.file_analysis import Progress, no_progress
from formcheck.files import ensure_folder
from formcheck.reviewing.layer import laid_over, moved_landmarks
from formcheck.reviewing.poses import with_moved
from formcheck.store import Store
from formcheck.store.corrections import MovedLandmark


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sets of a person: those of a span, of one session, of one name; all of them."""

    person: str
    span: Span = EVER
    session: str | None = None
    set_name: str | None = None


def write_pose_files(
    store: Store,
    wanted: Wanted,
    folder: Path,
    suffix: str,
    write: Callable[[SetPoses, Path], None],
    progress: Progress = no_progress,
) -> tuple[Path, ...]:
    """Write ``SESSION_SET`` and the suffix for each set; return where they are.

    Landmarks that a therapist has moved are where they were put.

    Raises
    ------
    StoreError
        If there is no such set.
    """
    found = _found(store, wanted)
    ensure_folder(folder)
    written = []
    for number, (session_id, name, exercise) in enumerate(found):
        progress(number, len(found))
        timed = with_moved(list(store.recording(session_id, name)), _moved(store, session_id, name))
        poses = SetPoses.of(timed, wanted.person, session_id, name, exercise)
        path = folder / f"{session_id}_{name}{suffix}"
        write(poses, path)
        written.append(path)
    progress(len(found), len(found))
    return tuple(written)


def _moved(store: Store, session_id: str, name: str) -> tuple[MovedLandmark, ...]:
    """Return where a therapist has put landmarks of a set."""
    laid = laid_over(store.corrections(session_id))
    return moved_landmarks(one for one in laid if one.correction.set_name == name)


def _found(store: Store, wanted: Wanted) -> list[tuple[str, str, str]]:
    lines = store.sessions(wanted.person, wanted.span.since, wanted.span.until)
    found = [
        (line.id, one.name, one.exercise)
        for line in lines
        if wanted.session in {None, line.id}
        for one in store.session(line.id, poses=False).sets
        if wanted.set_name in {None, one.name} and one.n_frames > 0
    ]
    if not found:
        asked = " ".join(filter(None, (wanted.session, wanted.set_name))) or "in that time"
        raise StoreError(f"{wanted.person!r} has no set with poses {asked}")
    return found
