"""What a therapist has said about a session: corrections, comments, and that it was looked at."""

from collections.abc import Iterator

from formcheck.patient_reports.document import Block, Column, Facts, Kind, Paragraph, Section, Table
from formcheck.patient_reports.session_material import SessionMaterial
from formcheck.patient_reports.words import ReportWords
from formcheck.reviewing.judged import JudgedSet
from formcheck.reviewing.layer import Laid
from formcheck.store import Corrected, CorrectionKind
from formcheck.store.corrections import AddedFault, AddedMovement, Remark, Renamed, content

INSTEAD = {
    CorrectionKind.REJECTED,
    CorrectionKind.RELABELLED,
    CorrectionKind.ADDED,
    CorrectionKind.MOVED,
}
"""What says something else than the machine has."""


class ReviewPart:
    """Say who has looked at a session, and what they said instead of the machine."""

    def __init__(self, session: SessionMaterial, words: ReportWords) -> None:
        self._judged = session.judged
        self._words = words

    def section(self) -> Section:
        """Return the section."""
        return Section(self._words.say("review"), tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        if not self._judged.laid:
            yield Paragraph(self._words.say("not_reviewed"))
            return
        yield from self._signed_off()
        rows = tuple(self._rows())
        if rows:
            headings = ("set_of", "corrected_what", "correction", "corrected_by")
            kinds = (Kind.TEXT, Kind.WIDE, Kind.TEXT, Kind.SHORT)
            columns = tuple(
                Column(self._words.coded(f"report.column.{key}"), kind)
                for key, kind in zip(headings, kinds, strict=True)
            )
            yield Table(self._words.say("corrections_caption"), columns, rows)
        n_accepted = sum(
            one.holds and one.correction.kind is CorrectionKind.ACCEPTED
            for one in self._judged.laid
        )
        if n_accepted:
            yield Paragraph(self._words.say("confirmed", n=n_accepted))
        yield from self._comments()

    def _signed_off(self) -> Iterator[Block]:
        signed, say = self._judged.signed_off, self._words.say
        if signed is None:
            yield Paragraph(say("not_signed_off"))
            return
        moment = self._words.moment(signed.time)
        yield Facts(((say("signed_off"), say("by_on", name=signed.who, date=moment)),))
        if signed.comment.strip():
            yield Paragraph(signed.comment)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for one in self._judged.sets:
            for laid in one.laid:
                if laid.holds and laid.correction.kind in INSTEAD:
                    yield self._row(one, laid)

    def _row(self, one: JudgedSet, laid: Laid) -> tuple[str, ...]:
        changed = self._change(one, laid)
        return self._set(one), self._what(one, laid), changed, laid.correction.who

    def _set(self, one: JudgedSet) -> str:
        name = self._words.name(one.record.exercise)
        return self._words.say("set_named", exercise=name, n=one.record.set_number or 1)

    def _what(self, one: JudgedSet, laid: Laid) -> str:
        said, words = laid.correction, self._words
        subject = words.coded(f"report.subject_of.{said.subject}")
        if said.number is None:
            return subject
        if said.subject is Corrected.FAULT:
            fault = one.record.faults[said.number - 1]
            says = words.finding(one.record.exercise, fault.name, fault.says)
            return words.say("fault_at", says=says, time=words.clock(fault.evidence_s))
        is_hold = said.subject is Corrected.HOLD
        movements = one.record.holds if is_hold else one.record.repetitions
        begun = words.clock(movements[said.number - 1].start_s)
        return words.say("fault_at", says=f"{subject} {said.number}", time=begun)

    def _change(self, one: JudgedSet, laid: Laid) -> str:
        words = self._words
        what = words.coded(f"report.correction_of.{laid.correction.kind}")
        match content(laid.correction):
            case Renamed(name) | AddedFault(name=name):
                return f"{what}: {words.finding(one.record.exercise, name, '')}"
            case AddedMovement(start_s, end_s):
                return f"{what}: {words.clock(start_s)}\u2013{words.clock(end_s)}"
            case _:
                return what

    def _comments(self) -> Iterator[Block]:
        for one in self._judged.comments:
            yield self._comment(one, "")
        for judged in self._judged.sets:
            for one in judged.laid:
                if one.holds and one.correction.comment.strip():
                    yield self._comment(one, self._where(judged, one))

    def _where(self, judged: JudgedSet, laid: Laid) -> str:
        if laid.correction.subject is Corrected.SET:
            return self._set(judged)
        return f"{self._set(judged)}, {self._what(judged, laid)}"

    def _comment(self, laid: Laid, where: str) -> Paragraph:
        said, words = laid.correction, self._words
        remark = content(said)
        if isinstance(remark, Remark) and remark.at_s is not None:
            where = words.say("at_time", where=where, time=words.clock(remark.at_s))
        by = words.say("by_on", name=said.who, date=words.moment(said.time))
        return Paragraph(f"{where or words.say('on_session')} ({by}): {said.comment}")
