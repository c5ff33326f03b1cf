"""What was recognised where none was named, as kept figures and as a chapter of the page."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from formcheck.errors import LabelsError
from formcheck.evaluation.f1 import Pair, macro_f1
from formcheck.evaluation.population import whole_sessions
from formcheck.evaluation.population.other_movements import other_movements
from formcheck.evaluation.synthetic.records import MeasuredWith, Record, Tally
from formcheck.evaluation.tables import table
from formcheck.files import atomic_path, ensure_folder
from formcheck.shares import Share

NONE = ""
# What is held, is held as long as catalogues of yoga and of stretches ask: five breaths.
HOLD_S = 20.0


class Confusion(Record):
    """So many sessions of one exercise were taken for another; empty for none of these."""

    due: str
    said: str
    n: int


class RecognitionFigures(Record):
    """What was recognised.

    Attributes
    ----------
    said
        Every pair of what was done and what was said, also where they are the same.
    soon, soon_held
        Sessions in which the exercise was said to be likely, or recognised, and no other one, at
        most two seconds after the first movement; and of what is held, after the posture was
        reached, or on the way into it and nothing else since. Another one does not count where
        its file or that of the exercise says that the one seems to be done along with the other:
        until somebody lowers himself, the top of a push-up is a plank.
    soon_moving
        The same of movements, two seconds after a joint has first moved by two degrees. None in
        figures that were kept before this was measured.
    parts, counts
        Of whole sessions: exercises found with both borders within two seconds; and those of
        them with every repetition or hold counted.
    outside
        What was counted there that was not done, by exercise.
    others
        What was said of movements that formcheck has no exercise for, by their names.
    """

    measured_with: MeasuredWith
    said: tuple[Confusion, ...]
    soon: Tally
    soon_held: Tally
    n_whole: int
    parts: Tally
    counts: Tally
    outside: tuple[str, ...]
    others: tuple[Confusion, ...] = ()
    soon_moving: Tally | None = None

    @property
    def right(self) -> Share:
        """Sessions in which what was done was said."""
        n = sum(one.n for one in self.said)
        return Share(sum(one.n for one in self.said if one.due == one.said), n)

    @property
    def left_alone(self) -> Share:
        """Other movements that nothing was said of, or what is nearly the same movement."""
        alone = sum(one.n for one in self.others if _understood(one).said == NONE)
        return Share(alone, sum(one.n for one in self.others))

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the exercises and none of these, to which other movements belong."""
        return macro_f1(self._counts())

    def _counts(self) -> Counter[Pair]:
        counts: Counter[Pair] = Counter()
        for one in (*self.said, *map(_understood, self.others)):
            counts[one.due, one.said] += one.n
        return counts

    def save(self, path: Path) -> None:
        """Write it."""
        ensure_folder(path.parent)
        with atomic_path(path) as temporary:
            temporary.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "RecognitionFigures":
        """Read what `save` wrote.

        Raises
        ------
        LabelsError
            If it is something else.
        """
        try:
            return RecognitionFigures.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LabelsError(
                f"{path} does not hold what was recognised; measure it with"
                f" `python -m formcheck.evaluation.synthetic recognition` ({error})"
            ) from error


def _understood(other: Confusion) -> Confusion:
    """Return what was said of another movement as of none: what is nearly the same is none."""
    is_near = other.said in other_movements()[other.due].near
    return Confusion(due=NONE, said=NONE if is_near else other.said, n=other.n)


def chapter(figures: RecognitionFigures) -> str:
    """Return the page's chapter."""
    made = figures.measured_with
    rows: tuple[tuple[object, ...], ...] = (
        ("what was done was said", figures.right),
        ("mean F1 over the exercises and none of these", f"{figures.macro_f1:.3f}"),
        ("other movements: nothing said, or what is nearly the same", figures.left_alone),
        ("likely within two seconds of the first movement, and nothing else", figures.soon.share),
        *_since_moving(figures),
        ("the same of what is held, from the posture on", figures.soon_held.share),
        ("whole sessions: exercises found, both borders within two seconds", figures.parts.share),
        ("of them, every repetition or hold counted", figures.counts.share),
        ("counted there that was not done", len(figures.outside)),
    )
    return (
        "## Recognised among all, none named\n\n"
        "Every exercise done cleanly in every manner, and people who only rest in its start"
        f" posture, what is held for {HOLD_S:g} seconds; and {figures.n_whole} whole sessions of"
        f" {whole_sessions.N_EXERCISES} exercises each, with one or two sets, rests, talking,"
        " coming in and going out. Where a file says that another exercise seems to be done along"
        " with its own, that one may be likely as well, and whoever waits in a posture that is such"
        " a hold holds it: the top of a push-up is a plank until somebody lowers himself. What is"
        " held may have been likely on the way into it. Exercises that look like standing or lying"
        " about are followed"
        " only where they are named, and are not here."
        f" Other movements are {len(other_movements())} that formcheck has no exercise for, from"
        " jumping jacks to shoulder shrugs, in every manner; they count as none of these."
        " By `python -m formcheck.evaluation.synthetic recognition`.\n\n"
        f"formcheck {made.formcheck_version}, Python {made.python_version}, {made.machine},"
        f" {made.date}, seed {made.seed}.\n\n"
        f"{table(('', 'share (95 % interval)'), rows)}\n\n"
        "### Taken for something else\n\n"
        f"{_confusions(figures)}\n"
    )


def _since_moving(figures: RecognitionFigures) -> Iterator[tuple[object, ...]]:
    """Yield the row of movements from when there is something to be seen of them."""
    if figures.soon_moving:
        yield (
            "the same, from when a joint has first moved by two degrees (0.1 to 0.8 s later)",
            figures.soon_moving.share,
        )


def _confusions(figures: RecognitionFigures) -> str:
    wrong: Iterator[Confusion] = (one for one in figures.said if one.due != one.said)
    rows = [(one.due or "only rests", one.said or "none of these", one.n) for one in wrong]
    others = (one for one in figures.others if _understood(one).said != NONE)
    rows += [(f"other movement: {one.due}", one.said, one.n) for one in others]
    rows += [("whole session: nothing of it", name, 1) for name in figures.outside]
    return table(("done", "said", "sessions"), rows) or "Nothing."
