"""One exercise of a session's report: its sets, what was seen in them, and what was not."""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from formcheck.analysis.curve import EMPTY
from formcheck.analysis.events import Fault
from formcheck.analysis.symmetry import Balance, Symmetry, compare
from formcheck.analysis.verdict import Check, CheckStatus, Outcome
from formcheck.patient_reports.document import (
    Block,
    Bullets,
    Column,
    Drawing,
    Facts,
    Figures,
    Kind,
    Paragraph,
    Section,
    Table,
)
from formcheck.patient_reports.evidence import Frames, beyond, evidence
from formcheck.patient_reports.review_part import INSTEAD
from formcheck.patient_reports.session_material import SessionMaterial, SetMaterial
from formcheck.patient_reports.set_curve import Done, set_curve
from formcheck.patient_reports.set_readings import curve_of
from formcheck.patient_reports.words import ReportWords
from formcheck.prescription.model import Item
from formcheck.session.summing import range_reached, signals_of
from formcheck.weeks.going import clean_share

_CURVES_IN_A_ROW = 2
_FAULT_COLUMNS = {
    "set_number": Kind.SHORT,
    "seen": Kind.WIDE,
    "kind": Kind.SHORT,
    "times": Kind.NUMBER,
    "worst": Kind.NUMBER,
    "bound": Kind.NUMBER,
    "error": Kind.NUMBER,
    "at": Kind.NUMBER,
}


class ExercisePart:
    """Say what one exercise of a session came to.

    Parameters
    ----------
    sets
        Its sets, in order.
    frames
        Gives pictures of a kept video.
    """

    def __init__(
        self,
        session: SessionMaterial,
        sets: Sequence[SetMaterial],
        words: ReportWords,
        frames: Frames,
    ) -> None:
        self._sets = sets
        self._words = words
        self._frames = frames
        self._id = sets[0].exercise
        self._exercise = session.exercises.get(self._id)
        self._item = prescribed(session, self._id)
        self._repetitions = [one for part in sets for one in part.judged.measured]
        self._faults = [(part, one) for part in sets for one in part.judged.faults]

    def section(self) -> Section:
        """Return the section of the exercise."""
        return Section(self._words.name(self._id), tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        yield Facts(tuple(self._facts()))
        yield self._table()
        curves = tuple(self._curves())
        if curves:
            yield Figures(curves, _CURVES_IN_A_ROW)
        if self._faults:
            yield self._fault_table()
            yield from evidence(self._faults, self._words, self._id, self._frames)
        yield from self._watched()

    def _facts(self) -> Iterator[tuple[str, str]]:
        say, dose = self._words.say, self._sets[0].judged.record.dose
        yield say("prescribed"), self._words.dose(dose)
        if self._item:
            yield say("what_for"), self._item.why
        reached = range_reached(self._repetitions)
        if reached:
            yield (
                say("range"),
                say(
                    "range_reached",
                    measure=self._words.coded(f"measure.{reached.measure}"),
                    mean=self._words.amount(reached.mean, reached.unit),
                    best=self._words.reading(reached.best, reached.unit),
                    target=self._words.reading(reached.target, reached.unit),
                    error=self._words.reading(reached.expected_error, reached.unit),
                ),
            )
        yield (
            say("measured_against"),
            self._words.coded(f"report.basis.{self._sets[-1].judged.record.basis}"),
        )
        reviewers = self._reviewers()
        if reviewers:
            yield say("corrected_by"), ", ".join(reviewers)
        sides = self._sides()
        if sides:
            yield say("sides"), sides

    def _reviewers(self) -> tuple[str, ...]:
        """Return who has said something else than the machine, each once."""
        laid = (one for part in self._sets for one in part.judged.judged.laid)
        told = (one.correction for one in laid if one.holds)
        return tuple(dict.fromkeys(one.who for one in told if one.kind in INSTEAD))

    def _sides(self) -> str:
        symmetry = self._exercise and compare(self._repetitions, signals_of(self._exercise))
        return _sides_in_words(symmetry, self._words) if symmetry else ""

    def _table(self) -> Table:
        say = self._words.say
        is_held = any(one.judged.holds for one in self._sets)
        is_repeated = any(one.judged.repetitions or _is_counted(one) for one in self._sets)
        columns = [Column(say("set"), Kind.SHORT)]
        if is_repeated:
            columns += [
                Column(say(key), Kind.NUMBER) for key in ("counted", "too_small", "with_fault")
            ]
        if is_held or not is_repeated:
            columns += [Column(say(key), Kind.NUMBER) for key in ("held", "breaks")]
        columns += [Column(say(key), Kind.NUMBER) for key in ("clean", "assessed")]
        columns += [Column(say("ended"))]
        rows = (
            self._row(one, is_repeated=is_repeated, is_held=is_held or not is_repeated)
            for one in self._sets
        )
        return Table(
            say("sets_of", exercise=self._words.name(self._id)), tuple(columns), tuple(rows)
        )

    def _row(self, one: SetMaterial, *, is_repeated: bool, is_held: bool) -> tuple[str, ...]:
        words, record, now = self._words, one.judged.record, one.judged
        cells = [words.say("set_at", n=_number(one), time=words.clock(record.started_s))]
        if is_repeated:
            n_faulty = sum(bool(repetition.faults) for repetition in now.repetitions)
            cells += [_changed(len(record.repetitions), len(now.repetitions), words)]
            cells += [str(len(record.attempts)), str(n_faulty)]
        if is_held:
            cells += [words.seconds(now.held_s), str(sum(hold.n_breaks for hold in now.holds))]
        cells += [words.percent(clean_share([one.figures])), words.percent(record.assessed_share)]
        return (*cells, words.texts.say(f"set_end.{record.end}"))

    def _curves(self) -> Iterator[Drawing]:
        for one in self._sets:
            record, now = one.judged.record, one.judged
            curve = curve_of(one.described, one.poses, now) if one.described else EMPTY
            if not curve.points or math.isnan(curve.expected_error):
                continue
            done = Done(
                end_s=record.duration_s,
                repetitions=now.repetitions,
                holds=now.holds,
                faults=now.faults,
                abstentions=record.abstentions,
            )
            measure, unit = self._words.coded(f"measure.{curve.measure}"), curve.unit
            what = f"{measure} ({self._words.unit(unit)})" if self._words.unit(unit) else measure
            caption = self._words.say("curve_of", n=_number(one), measure=what)
            written = partial(self._words.reading, unit=unit)
            drawn = set_curve(curve, done, written, self._words.clock)
            yield Drawing(drawn, caption, caption)

    def _fault_table(self) -> Table:
        say = self._words.say
        columns = tuple(
            Column(self._words.coded(f"report.fault.{key}"), kind)
            for key, kind in _FAULT_COLUMNS.items()
        )
        groups = groupby(
            sorted(self._faults, key=lambda pair: (_number(pair[0]), pair[1].name)),
            key=lambda pair: (_number(pair[0]), pair[1].name),
        )
        rows = (self._fault_row(number, [one for _, one in some]) for (number, _), some in groups)
        return Table(say("fault.caption"), columns, tuple(rows))

    def _fault_row(self, set_number: int, alike: Sequence[Fault]) -> tuple[str, ...]:
        words, one = self._words, max(alike, key=beyond)
        side = f" ({words.texts.say(f'side.{one.side}')})" if one.side else ""
        return (
            str(set_number),
            words.finding(self._id, one.name, one.says) + side,
            words.coded(f"report.severity.{one.severity}"),
            str(len(alike)),
            words.amount(one.value, one.unit),
            words.reading(one.threshold, one.unit),
            f"\u00b1{words.reading(one.expected_error, one.unit)}",
            words.clock(one.evidence_s),
        )

    def _watched(self) -> Iterator[Block]:
        """Yield what was watched without a finding, what could not be, and what no camera shows."""
        say, checks = self._words.say, self._checks()
        for status in (CheckStatus.NOTHING_WRONG_SEEN, CheckStatus.NOT_ASSESSED):
            some = [one for one in checks if one.status is status]
            if some:
                yield Paragraph(self._words.coded(f"report.checks.{status}"))
                yield Bullets(tuple(self._check(one) for one in some))
        unseen = self._words.texts.exercise(self._exercise).not_checked if self._exercise else {}
        if unseen:
            yield Paragraph(say("not_checked"))
            yield Bullets(tuple(f"{one.says} {one.why}" for one in unseen.values()))

    def _check(self, check: Check) -> str:
        says = self._words.finding(self._id, check.name, check.says)
        if check.status is CheckStatus.NOT_ASSESSED:
            why = self._words.why_not(check.refused)
            return self._words.say("check_refused", says=says, why=why)
        share = self._words.percent(check.assessed_share)
        return self._words.say("check_watched", says=says, share=share)

    def _checks(self) -> list[Check]:
        """Return the strongest statement on each possible fault over all sets."""
        order = list(CheckStatus)
        best: dict[str, Check] = {}
        for check in (one for part in self._sets for one in part.judged.record.checks):
            known = best.get(check.name)
            if known is None or order.index(check.status) < order.index(known.status):
                best[check.name] = check
        return list(best.values())


def prescribed(session: SessionMaterial, exercise_id: str) -> Item | None:
    """Return the item of the prescription that an exercise was done for."""
    items = session.prescription.items if session.prescription else ()
    return next((one for one in items if one.exercise == exercise_id), None)


def _number(one: SetMaterial) -> int:
    return one.judged.record.set_number or 1


def _is_counted(one: SetMaterial) -> bool:
    record = one.judged.record
    asks = record.dose is not None and record.dose.repetitions is not None
    return asks or record.outcome is Outcome.COUNTED or bool(record.attempts)


def _changed(machine: int, now: int, words: ReportWords) -> str:
    return str(now) if machine == now else words.say("corrected", now=now, machine=machine)


def _sides_in_words(symmetry: Symmetry, words: ReportWords) -> str:
    error = words.amount(symmetry.expected_error, symmetry.unit)
    match symmetry.balance:
        case Balance.DIFFERENCE:
            key = "sides_unsure" if symmetry.is_near_and_far else "sides_differ"
            less = words.amount(abs(symmetry.difference), symmetry.unit)
            side = words.texts.say(f"side.{symmetry.lesser}")
            return words.say(key, side=side, less=less, error=error)
        case Balance.NO_DIFFERENCE:
            return words.say("sides_alike", error=error)
        case Balance.TOO_FEW:
            return words.say("sides_too_few")
        case Balance.ONE_SIDE:
            return words.say("sides_one")
