"""The report of one session: what stands out, was prescribed, done and seen, and its limits."""

from collections import Counter
from collections.abc import Iterator

import formcheck
from formcheck.patient_reports.common import limits, sealed_by
from formcheck.patient_reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Kind,
    Paragraph,
    Section,
    Table,
)
from formcheck.patient_reports.evidence import Frames, no_frames
from formcheck.patient_reports.exercise_part import ExercisePart
from formcheck.patient_reports.review_part import ReviewPart
from formcheck.patient_reports.session_material import SessionMaterial, SetMaterial
from formcheck.patient_reports.words import UNKNOWN, ReportWords
from formcheck.prescription.pain import Moment
from formcheck.session.stages import SetEnd
from formcheck.store import PainRating
from formcheck.texts import Texts
from formcheck.weeks.days import local_day
from formcheck.weeks.going import clean_share

_MOST_NAMED = 3


def session_report(session: SessionMaterial, texts: Texts, frames: Frames = no_frames) -> Document:
    """Return the report of a session.

    Parameters
    ----------
    frames
        Gives pictures of a kept video in place of drawings.
    """
    return _SessionReport(session, texts, frames).document()


class _SessionReport:
    def __init__(self, session: SessionMaterial, texts: Texts, frames: Frames) -> None:
        self._session = session
        self._record = session.record
        self._words = ReportWords(texts, session.exercises)
        self._parts = [
            ExercisePart(session, sets, self._words, frames) for sets in session.by_exercise
        ]

    def document(self) -> Document:
        words, record = self._words, self._record
        say = words.say
        day = words.texts.date(local_day(record.started))
        blocks: list[Block] = [
            Facts(tuple(self._facts())),
            Section(say("stands_out"), tuple(self._standing_out())),
            Section(say("done"), tuple(self._done())),
            *(part.section() for part in self._parts),
            Section(say("pain"), tuple(self._pain())),
        ]
        if record.rules_applied:
            blocks.append(Section(say("rules"), (self._rules(),)))
        blocks += [
            ReviewPart(self._session, words).section(),
            Section(say("how_to_read"), tuple(self._how_to_read())),
            limits(words),
        ]
        return Document(
            title=say("title_session"),
            subject=say("subject", person=record.person, when=day),
            language=words.texts.language,
            made=self._session.newest,
            running=say("running", person=record.person, when=day, version=formcheck.__version__),
            page_of=words.texts.say("report.page_of", n="{n}", total="{total}"),
            blocks=tuple(blocks),
        )

    def _how_to_read(self) -> Iterator[Block]:
        keys = ("clean_explained", "curve_explained", "drawing_explained")
        yield Bullets(tuple(self._words.say(key) for key in keys))

    def _facts(self) -> Iterator[tuple[str, str]]:
        say, words, record = self._words.say, self._words, self._record
        yield say("person"), record.person
        yield say("when"), words.moment(record.started)
        yield say("duration"), words.clock(record.duration_s)
        yield say("ended"), self._words.coded(f"report.session_end.{record.end}")
        yield say("prescription"), self._prescription()
        if self._session.prescription:
            yield say("goal"), self._session.prescription.goal
        heat = record.heat_minutes
        yield say("heat"), say("not_asked") if heat is None else say("minutes", n=heat)

    def _prescription(self) -> str:
        saved = self._session.saved
        if saved is None:
            return self._words.say("no_prescription")
        by = sealed_by(saved, self._words)
        return self._words.say("revision", n=saved.revision, by=by)

    def _standing_out(self) -> Iterator[Block]:
        """Yield what to look at first; said in words also where there is nothing."""
        found = [*self._rules_in_short(), *self._pain_in_short(), *self._faults_in_short()]
        found += self._undone_in_short()
        if found:
            yield Bullets(tuple(found))
        else:
            yield Paragraph(self._words.say("nothing_stands_out"))

    def _rules_in_short(self) -> Iterator[str]:
        for one in self._record.rules_applied:
            rule, time = (
                self._words.coded(f"report.rule.{one.rule.partition('_')[0]}"),
                self._words.clock(one.time_s),
            )
            yield self._words.say("rule_at", rule=rule, time=time)

    def _pain_in_short(self) -> Iterator[str]:
        before = self._rated(Moment.BEFORE)
        during = [one.value for one in self._ratings() if one.moment is not Moment.BEFORE]
        highest = max((one for one in during if one is not None), default=None)
        if before is not None and highest is not None and highest > before:
            yield self._words.say("pain_rose", before=before, highest=highest)
        if self._record.pain_reports:
            yield self._words.say("pain_reported", n=len(self._record.pain_reports))

    def _faults_in_short(self) -> Iterator[str]:
        counted: Counter[tuple[str, str]] = Counter()
        says: dict[tuple[str, str], str] = {}
        for one in self._session.sets:
            for fault in one.judged.faults:
                if fault.severity == "error":
                    counted[(one.exercise, fault.name)] += 1
                    says[(one.exercise, fault.name)] = fault.says
        for (exercise, name), n in counted.most_common(_MOST_NAMED):
            what = self._words.finding(exercise, name, says[(exercise, name)])
            yield self._words.say(
                "fault_often", exercise=self._words.name(exercise), says=what, n=n
            )

    def _undone_in_short(self) -> Iterator[str]:
        n_done = sum(one.judged.record.end is SetEnd.DONE for one in self._session.sets)
        if n_done < len(self._session.sets):
            yield self._words.say("sets_done", done=n_done, n=len(self._session.sets))

    def _done(self) -> Iterator[Block]:
        say = self._words.say
        if not self._session.sets:
            yield Paragraph(say("no_sets"))
            return
        columns = (
            Column(say("exercise")),
            Column(say("prescribed")),
            Column(say("sets_column"), Kind.NUMBER),
            Column(say("counted"), Kind.NUMBER),
            Column(say("held"), Kind.NUMBER),
            Column(say("clean"), Kind.NUMBER),
        )
        rows = tuple(self._done_row(sets) for sets in self._session.by_exercise)
        yield Table(say("done_caption"), columns, rows)

    def _done_row(self, sets: tuple[SetMaterial, ...]) -> tuple[str, ...]:
        words, dose = self._words, sets[0].judged.record.dose
        n_done = sum(one.judged.record.end is SetEnd.DONE for one in sets)
        due = dose.sets if dose else len(sets)
        n_repetitions = sum(len(one.judged.repetitions) for one in sets)
        held_s = sum(one.judged.held_s for one in sets)
        is_held = any(one.judged.holds for one in sets)
        return (
            words.name(sets[0].exercise),
            words.dose(dose),
            words.say("of", done=n_done, total=due),
            str(n_repetitions) if n_repetitions or not is_held else UNKNOWN,
            words.seconds(held_s) if is_held else UNKNOWN,
            words.percent(clean_share([one.figures for one in sets])),
        )

    def _ratings(self) -> tuple[PainRating, ...]:
        return tuple(sorted(self._record.pain_ratings, key=lambda one: one.time))

    def _rated(self, moment: Moment) -> int | None:
        values = [one.value for one in self._ratings() if one.moment is moment]
        return next((one for one in reversed(values) if one is not None), None)

    def _pain(self) -> Iterator[Block]:
        say, ratings = self._words.say, self._ratings()
        if not ratings:
            yield Paragraph(say("pain_not_asked"))
            return
        columns = (
            Column(say("moment_column"), Kind.SHORT),
            Column(say("time_column"), Kind.NUMBER),
            Column(say("pain_column"), Kind.NUMBER),
            Column(say("feeling_column")),
            Column(say("exercise")),
        )
        yield Table(say("pain_caption"), columns, tuple(map(self._pain_row, ratings)))

    def _pain_row(self, one: PainRating) -> tuple[str, ...]:
        words = self._words
        feelings = ", ".join(words.coded(f"pain_quality.{word}") for word in one.words)
        return (
            words.coded(f"report.pain_moment.{one.moment}"),
            f"{one.time.astimezone():%H:%M}",
            UNKNOWN if one.value is None else str(one.value),
            feelings or UNKNOWN,
            words.name(one.exercise) if one.exercise else UNKNOWN,
        )

    def _rules(self) -> Table:
        say = self._words.say
        columns = (
            Column(say("rule_column")),
            Column(say("time_column"), Kind.NUMBER),
            Column(say("action_column")),
        )
        rows = tuple(
            (
                self._words.coded(f"report.rule.{one.rule.partition('_')[0]}"),
                self._words.clock(one.time_s),
                self._words.coded(f"report.action.{one.action}"),
            )
            for one in self._record.rules_applied
        )
        return Table(say("rules_caption"), columns, rows)
