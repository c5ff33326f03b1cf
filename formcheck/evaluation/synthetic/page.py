"""The page: what was measured on people who do not exist, as tables."""

from collections.abc import Iterable, Iterator, Mapping

from formcheck.evaluation.synthetic import recognition_figures, sameness
from formcheck.evaluation.synthetic.goals import missed_goals
from formcheck.evaluation.synthetic.recognition_figures import RecognitionFigures
from formcheck.evaluation.synthetic.records import ExerciseFigures, Figures, Level, ViewFigures
from formcheck.evaluation.synthetic.sameness import SamenessFigures
from formcheck.evaluation.tables import number, table
from formcheck.exercises.schema import Exercise
from formcheck.shares import Share

_HEAD = """# Accuracy on simulated people

<!-- Written by `python -m formcheck.evaluation.synthetic`: change it there. -->

**Nobody on this page exists, and no figure on it says how accurate formcheck is on people: for
that see [accuracy.md](accuracy.md).** Here everything that was done is known exactly, so it shows
what the rules can do where nothing but the landmarks is in doubt, and which of them cannot.

How it is measured: an exercise is done cleanly in seven manners (steady, slow, brisk, tired, shaky,
hesitant, uneven), with each of its faults at 0.5, 1, 1.5 and 2 times the way to its threshold, and
not at all; by men and women of 20 to 85 years; seen from every view that its file names, the
azimuth varied by up to 15 degrees; by webcams and telephones, some held upright; at 10 to 60 frames
a second, in half of the sessions as unevenly as where there is little light, and some of them lost
(what is too fast to be told by ten a second, by as many as it takes). At 1.5 times the way a fault
is clear and the goals apply: there three times as many people are simulated. A fault is found if it
is raised, if its repetition is reported as an attempt, or if it stops the clock of a hold as it
should. Precision is the share of what was raised that was there: at 1.5 and 2 times the way; not
there are clean repetitions, those with another fault, and half of the way. At the threshold itself
either answer is right, and neither counts. `clean` is how often a fault was raised in clean
repetitions or holds, the one before a fault among them.
"""

_ERRORS = """Errors of each reading on erring landmarks against the same reading on exact ones,
over people, cameras and manners: bias, standard deviation (SD), and limits between which 95 % lie
if errors are normal (Bland and Altman, 1986).
"""


def page(
    simulated: Figures,
    rendered: Figures | None,
    exercises: Mapping[str, Exercise],
    recognised: RecognitionFigures | None = None,
    same: SamenessFigures | None = None,
) -> str:
    """Return the page as Markdown."""
    parts = [
        _HEAD,
        _chapter("Landmarks with fitted noise", _on_landmarks(simulated), simulated, exercises),
    ]
    if rendered is not None:
        parts.append(
            _chapter("Rendered clips, end to end", _on_clips(rendered), rendered, exercises)
        )
    if recognised is not None:
        parts.append(recognition_figures.chapter(recognised))
    if same is not None:
        parts.append(sameness.chapter(same))
    return "\n".join(parts)


def _on_landmarks(figures: Figures) -> str:
    return (
        f"{figures.n_sessions} sessions; the noise is that of"
        " [landmark-noise.md](landmark-noise.md) at full strength. By"
        " `python -m formcheck.evaluation.synthetic landmarks`."
    )


def _on_clips(figures: Figures) -> str:
    mean, worst = figures.found_share or (0.0, 0.0)
    return (
        f"{figures.n_sessions} clips of {len(figures.exercises)} exercises, drawn by chance and"
        " rendered at 480x360 and 15 frames a second; what MediaPipe found in them is kept in"
        f" `benchmarks/synthetic/crowd/`. It found somebody in {mean:.1%} of the frames, in the"
        f" worst clip in {worst:.1%}. By `python -m formcheck.evaluation.synthetic rendered`."
    )


def _chapter(title: str, about: str, figures: Figures, exercises: Mapping[str, Exercise]) -> str:
    measured = figures.measured_with
    sections = (
        ("Counts, holds and rest, by exercise and view", _sessions_table(figures)),
        ("Faults", _faults_table(figures, exercises)),
        ("Short of the goals", _shortfalls(figures, exercises)),
        ("Errors of the measures", f"{_ERRORS}\n{_measures_table(figures)}"),
    )
    texts = "\n\n".join(f"### {name}\n\n{text}" for name, text in sections)
    return (
        f"## {title}\n\n{about}\n\nformcheck {measured.formcheck_version}, Python"
        f" {measured.python_version}, {measured.machine}, {measured.date}, seed"
        f" {measured.seed}.\n\n{_headline(figures)}\n\n{texts}\n"
    )


def _headline(figures: Figures) -> str:
    """Return everything together in four lines."""
    views = [one.all_views for one in figures.exercises]
    clear = [level for one in views for f in one.faults if (level := f.at(1.5)) is not None]
    rows = (
        ("clean sessions counted exactly", _sum(one.counted.share for one in views)),
        ("off by at most one", _sum(one.within_one.share for one in views)),
        ("clean holds right at both ends", _sum(one.held.share for one in views)),
        ("nothing counted at rest", _sum(one.quiet.share for one in views)),
        ("repetitions given to the right side", _sum(one.sides.share for one in views)),
        ("faults at 1.5 times the way found", _sum(level.found for level in clear)),
        (
            "raised in clean repetitions, all faults",
            _sum(fault.clean.share for one in views for fault in one.faults),
        ),
    )
    return table(("all exercises", "share (95 % interval)"), rows)


def _sum(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(sum(one.n_right for one in listed), sum(one.n for one in listed))


def _sessions_table(figures: Figures) -> str:
    head = (
        "exercise", "view", "sessions", "counted exactly", "within one", "held right",
        "start error s", "end error s", "nothing at rest", "right side",
    )  # fmt: skip
    return table(
        head,
        (
            (
                one.exercise,
                view.view,
                view.n_sessions,
                view.counted.share,
                view.within_one.share,
                view.held.share,
                number(view.start_error_s),
                number(view.end_error_s),
                view.quiet.share,
                view.sides.share,
            )
            for one in figures.exercises
            for view in _worth_showing(one)
        ),
    )


def _worth_showing(one: ExerciseFigures) -> Iterator[ViewFigures]:
    """Yield all views together only where there are several."""
    yield from one.views if len(one.views) > 2 else one.views[1:]


def _faults_table(figures: Figures, exercises: Mapping[str, Exercise]) -> str:
    head = (
        "exercise", "fault", "seen", "recall at 0.5", "1", "1.5", "2", "precision", "clean",
    )  # fmt: skip
    return table(
        head,
        (
            (
                one.exercise,
                fault.fault,
                _seen(exercises, one.exercise, fault.fault),
                *(_level(fault.at(way)) for way in (0.5, 1.0, 1.5, 2.0)),
                fault.precision,
                f"{fault.clean.n_right}/{fault.clean.n}",
            )
            for one in figures.exercises
            for fault in one.all_views.faults
        ),
    )


def _seen(exercises: Mapping[str, Exercise], exercise: str, fault: str) -> str:
    """Return how well a fault can be seen; poorly is a tip only."""
    known = exercises[exercise].findings if exercise in exercises else ()
    return next((one.observability for one in known if one.name == fault), "-")


def _level(level: Level | None) -> str:
    return "-" if level is None else f"{level.found.n_right}/{level.found.n}"


def _shortfalls(figures: Figures, exercises: Mapping[str, Exercise]) -> str:
    """Return what stays below the goals, an exercise a line."""
    lines = [
        f"- **{one.exercise}**: {'; '.join(missed)}"
        for one in figures.exercises
        if one.exercise in exercises and (missed := missed_goals(one, exercises[one.exercise]))
    ]
    return (
        "The goals: 99 % of clean sessions counted exactly and none off by more than one, nothing"
        " at rest, 95 % of faults at 1.5 times the way found, a fault raised in less than one of"
        " 50 clean repetitions; faults that are tips only are not held to the last two.\n\n"
        + ("\n".join(lines) or "None.")
    )


def _measures_table(figures: Figures) -> str:
    head = ("exercise", "view", "measure", "side", "n", "bias", "SD", "95 % limits")
    return table(
        head,
        (
            (
                one.exercise,
                view.view,
                measure.measure,
                measure.side,
                measure.n,
                f"{measure.bias:.2f}",
                f"{measure.sd:.2f}",
                "{:.2f} to {:.2f}".format(*measure.limits),
            )
            for one in figures.exercises
            for view in one.views[1:]
            for measure in view.measures
        ),
    )
