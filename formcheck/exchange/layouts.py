"""Which tables there are, and what each of their columns means.

What the machine said and what is true after somebody has corrected it stand beside each other:
``..._by_machine`` is the machine's, ``status`` says what became of it, ``counts`` whether it is
true. Times in seconds are on the clock of the set unless the column says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.sinks.table_files import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells are, and what they mean."""

    name: str
    kind: Kind
    says: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: what a row of it is, and its columns in order."""

    name: str
    says: str
    columns: tuple[Column, ...]

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """What the cells of each column are."""
        return {column.name: column.kind for column in self.columns}


def _text(name: str, says: str) -> Column:
    return Column(name, Kind.TEXT, says)


def _number(name: str, says: str) -> Column:
    return Column(name, Kind.NUMBER, says)


def _whole(name: str, says: str) -> Column:
    return Column(name, Kind.WHOLE, says)


def _yes_no(name: str, says: str) -> Column:
    return Column(name, Kind.YES_NO, says)


_PERSON = _text("person", "The pseudonym.")
_SESSION = _text("session", "The id of the session.")
_SET = _text("set", "The name of the set within its session.")
_EXERCISE = _text("exercise", "The id of the exercise.")
_SIDE = _text("side", "The patient's left or right; empty where it has no side.")
_OF_SET = (_PERSON, _SESSION, _SET, _EXERCISE)
_START_S = _number("start_s", "When it began [s].")
_END_S = _number("end_s", "When it ended [s].")
_FAULTS = (
    _text("faults_by_machine", "Names of the faults in it as the machine found them, joined by ;."),
    _text("faults", "The same after corrections."),
)
_STATUS = (
    _text("key", "What names it within its set."),
    _whole("number", "As the machine counted, from 1; empty where somebody added it."),
    _text("status", "machine, accepted, rejected, relabelled or added."),
    _yes_no("counts", "Whether it is true after corrections."),
)
_COMMENT = _text("comment", "What whoever corrected it wrote.")
_READ = (
    _text("measure", "The measure that it was counted by."),
    _text("unit", "The unit of the measure; ratio is a share."),
    _number("start_value", "The reading at rest, in that unit."),
    _number("peak_value", "The reading at its furthest, in that unit."),
    _number("target_value", "The reading that the patient works toward, in that unit."),
    _number("reached_share", "Share of the target range, 1 where it was reached."),
)
_TURN = (
    _number("chest_turn_deg", "Turn of the chest against the pelvis [deg], + to the left."),
    _number("chest_turn_within_deg", "Within how much of it 95 % of rendered people were [deg]."),
    _number("pelvis_turn_deg", "Turn of the pelvis since rest [deg], + to the left."),
    _number("pelvis_turn_within_deg", "Within how much of it 95 % of rendered people were [deg]."),
)
_FIGURES = (
    _whole("repetitions_by_machine", "Repetitions that the machine counted."),
    _whole("repetitions", "The same after corrections."),
    _whole("repetitions_with_faults_by_machine", "Of those, with at least one fault."),
    _whole("repetitions_with_faults", "The same after corrections."),
    _number("held_by_machine_s", "Time inside postures as the machine timed it [s]."),
    _number("held_s", "The same after corrections [s]."),
    _whole("faults_by_machine", "Faults that the machine found, tips among them."),
    _whole("faults", "The same after corrections."),
)

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "sessions",
        "One session that is over.",
        (
            _PERSON,
            _SESSION,
            Column("started", Kind.MOMENT, "When it began, UTC."),
            _text("end", "finished, stopped, kept (cut off and left so) or cut_off."),
            _number("duration_s", "From its beginning to the last thing in it [s]."),
            _whole("prescription_revision", "The revision that it followed; empty without one."),
            _whole("heat_minutes", "For how long the back was warmed before [min]."),
            _text("formcheck_version", "Of the formcheck that it was done with."),
            _whole("sets_begun", "Sets that were begun."),
            _whole("sets_done", "Sets that were done to their dose."),
            *_FIGURES,
            _text("signed_off_by", "Who has looked it through; empty where nobody has."),
            _whole("pain_reports", "How often it was said that it hurts."),
            _whole("stop_rules_applied", "How often a stop rule decided something."),
        ),
    ),
    Layout(
        "sets",
        "One set that was begun.",
        (
            *_OF_SET,
            _whole("step_index", "Its step of the plan, from 0."),
            _whole("set_number", "Which set of that step, from 1."),
            _whole("due_sets", "Sets that were due."),
            _whole("due_repetitions", "Repetitions that were due in a set."),
            _number("due_hold_s", "Time to hold that was due in a set [s]."),
            _number("due_rest_s", "Rest that was due after it [s]."),
            _text("end", "done, skipped, exercise_skipped, easier, stopped or interrupted."),
            _number("started_s", "When it began, on the clock of the session [s]."),
            _number("duration_s", "How long it took [s]."),
            _text("outcome", "counted, held, nothing_done or not_assessed."),
            _text("measured_against", "What was far enough: calibration, own range or the file."),
            _whole("frames", "Pictures."),
            _whole("frames_with_person", "Of those, with somebody in them."),
            _number("assessed_share", "Share of the pictures that could be judged, 0 to 1."),
            *_FIGURES,
            _whole("attempts", "Movements that turned back too early to count."),
        ),
    ),
    Layout(
        "repetitions",
        "One repetition: counted by the machine, or added by somebody.",
        (
            *_OF_SET,
            *_STATUS,
            _text("side_by_machine", "The side that the machine gave it to."),
            _SIDE,
            _START_S,
            _number("peak_s", "When it was furthest from rest [s]."),
            _END_S,
            _number("outbound_s", "How long going out took [s]."),
            _number("effort_s", "How long staying out took [s]."),
            _number("return_s", "How long coming back took [s]."),
            *_READ,
            _yes_no("is_whole", "No where the set ended before it was back at rest."),
            *_TURN,
            *_FAULTS,
            _COMMENT,
        ),
    ),
    Layout(
        "attempts",
        "One movement that turned back too early to count.",
        (*_OF_SET, _SIDE, _START_S, _number("peak_s", "When it turned back [s]."), *_READ),
    ),
    Layout(
        "holds",
        "One posture that was held.",
        (
            *_OF_SET,
            *_STATUS,
            _text("side_by_machine", "The side that the machine gave it to."),
            _SIDE,
            _START_S,
            _END_S,
            _number("held_s", "Time inside the posture [s]."),
            _whole("breaks", "How often it was left for less than the grace time."),
            *_TURN,
            *_FAULTS,
            _COMMENT,
        ),
    ),
    Layout(
        "faults",
        "One thing that was wrong, with its evidence.",
        (
            *_OF_SET,
            *_STATUS,
            _text("name_by_machine", "Its name as the machine found it."),
            _text("name", "Its name after corrections."),
            _text("severity", "error, or advice where it is slight or poorly seen."),
            _text("measure", "The measure that it was found by."),
            _text("unit", "The unit of the measure; ratio is a share."),
            _number("value", "The worst reading, in that unit."),
            _number("threshold", "The bound that it passed, in that unit."),
            _number("expected_error", "Typical error of such a reading, in that unit."),
            _text("phase", "Where in the movement it began."),
            _text("body_part", "The part of the body that it is about."),
            _SIDE,
            _START_S,
            _END_S,
            _number("evidence_s", "When the reading was worst [s]."),
            _text("observability", "How well one camera in this view can show it."),
            _text("says", "What is wrong, in words."),
            _COMMENT,
        ),
    ),
    Layout(
        "checks",
        "One possible fault of a set: found, watched without finding it, or not assessed.",
        (
            *_OF_SET,
            _text("name", "The name of the fault."),
            _text("status", "found, nothing_wrong_seen or not_assessed."),
            _whole("times_found", "How often the machine found it."),
            _number("assessed_share", "Share of it in which it could be judged, 0 to 1."),
            _text("reason", "Why it could not, where it was not assessed."),
        ),
    ),
    Layout(
        "not_assessed",
        "One stretch of a set that could not be judged.",
        (
            *_OF_SET,
            _START_S,
            _END_S,
            _text("reason", "Why, as one word."),
            _text("says", "Why, in words."),
        ),
    ),
    Layout(
        "pain",
        "Once that somebody said how much it hurts.",
        (
            _PERSON,
            Column("time", Kind.MOMENT, "When, UTC."),
            _text("moment", "before, after_exercise, hurts, after_session or next_morning."),
            _whole("pain_0_to_10", "0 none, 10 the worst; empty where only a feeling was named."),
            _text("words", "What kind of feeling it is, joined by ;."),
            _text("session", "The session in which it was said; empty outside of one."),
            _text("exercise", "The exercise that it was said after or in."),
        ),
    ),
    Layout(
        "outcomes",
        "What an outcome measure came to on a day (docs/outcomes.md).",
        (
            _PERSON,
            Column("day", Kind.DAY, "On which day."),
            _text("measure", "Its id."),
            _number("score", "The score."),
            _text("unit", "Its unit; empty for points."),
            _number("least_score", "The lower end of its scale."),
            _number("most_score", "The upper end of its scale."),
            _yes_no("higher_is_better", "Which way is up."),
            _text("answers", "What was answered, as JSON; empty where only the score was entered."),
        ),
    ),
    Layout(
        "corrections",
        "One thing that somebody said of what the machine said; nothing of it is ever taken away.",
        (
            _PERSON,
            _SESSION,
            _text("set", "The name of the set; empty for what is about the session."),
            _whole("place", "Its place among all of the session, from 1."),
            _yes_no("holds", "No where it was withdrawn, or withdraws another one."),
            _text("subject", "What it is about: repetition, hold, fault, set or session."),
            _whole("number", "Which one of its set, as the machine counted."),
            _text("kind", "What is done to it."),
            _text("before", "What the machine said, as JSON."),
            _text("after", "What is true instead, as JSON."),
            _text("who", "Who said so."),
            Column("time", Kind.MOMENT, "When, UTC."),
            _COMMENT,
        ),
    ),
)


def page() -> str:
    """Return what docs/tables.md says: every table and every column, as Markdown."""
    return "\n".join(line for layout in LAYOUTS for line in _section(layout))


def _section(layout: Layout) -> list[str]:
    rows = [f"| `{one.name}` | {one.kind} | {one.says} |" for one in layout.columns]
    head = ["| column | what | meaning |", "|---|---|---|"]
    return [f"## {layout.name}", "", layout.says, "", *head, *rows, ""]
