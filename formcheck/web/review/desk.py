"""Where a prescription is changed: begun from the newest revision, kept at each step, signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import RLock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.errors import PrescriptionError, StaleRevisionError
from formcheck.prescription.checks import Finding, blocks, check
from formcheck.prescription.day_words import in_words
from formcheck.prescription.editing import as_if_sealed, begun
from formcheck.prescription.made import made, with_facts
from formcheck.prescription.model import Override, Prescription, Screening, Therapist
from formcheck.prescription.seal import digest, sealed
from formcheck.recordings import prescription_file, therapist_key
from formcheck.store import PrescriptionDraft, RuleOverride, SavedPrescription, drafts
from formcheck.store.drafts import Draft
from formcheck.web.review.change_base import Given
from formcheck.web.review.changes_sent import ChangeSent, changed
from formcheck.web.review.setting import ReviewSetting
from formcheck.weeks import Weeks, answered, kept_of, newest_answers, weeks_of


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and what opens their key.

    Attributes
    ----------
    passphrase
        Of the key, or what a new one is to be protected with; None for none.
    """

    name: str
    licence: str
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A draft, with what it is compared with and what the clinical rules say of it.

    Attributes
    ----------
    before
        The revision that it was made from; None for a first one.
    is_stale
        Whether another revision has been saved since.
    weeks
        How it goes with what is prescribed; None where nothing is.
    answers
        The newest answers about warning signs.
    """

    draft: Draft
    before: Prescription | None
    newest: SavedPrescription | None
    findings: tuple[Finding, ...]
    weeks: Weeks | None
    answers: Screening | None

    @property
    def now(self) -> Prescription:
        """The draft as it is now."""
        return self.draft.now

    @property
    def is_stale(self) -> bool:
        """Whether another revision was saved since it was begun."""
        return self.draft.based_on != (self.newest.revision if self.newest else 0)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What keeps it from being signed."""
        return blocks(self.findings)


class Desk:
    """Change prescriptions, one after the other.

    Parameters
    ----------
    setting
        Whose store, and who changes it.
    """

    def __init__(self, setting: ReviewSetting) -> None:
        self._setting = setting
        self._store = setting.store
        self._lock = RLock()

    def draft(self, person: str) -> Draft | None:
        """Return what is being changed; None where nothing is."""
        return drafts.load(self._store.folder, person)

    def has_something(self, person: str) -> bool:
        """Whether there is a draft, or a prescription that one can be made from."""
        return bool(self.draft(person) or self._store.prescription(person))

    def open(self, person: str) -> OnDesk:
        """Return the draft of a person, begun from the newest revision where there is none.

        Raises
        ------
        PrescriptionError
            If nothing is prescribed yet.
        """
        with self._lock:
            return self._laid_out(self._begun(person))

    def begin(self, person: str, prescription: Prescription) -> None:
        """Begin a first prescription.

        Raises
        ------
        PrescriptionError
            If there is one already, or a draft of one.
        """
        with self._lock:
            if self.has_something(person):
                raise PrescriptionError(f"there is a prescription of {person} already: change that")
            self._keep(Draft(person=person, based_on=0, steps=(prescription,)))

    def change(self, person: str, sent: ChangeSent) -> OnDesk:
        """Make one change, and keep it.

        Raises
        ------
        FormcheckError
            If it cannot be made; the draft is as it was.
        """

        def make(desk: OnDesk) -> Draft:
            return desk.draft.changed(changed(sent, desk.now, self._given(desk)))

        return self._do(person, make)

    def undo(self, person: str) -> OnDesk:
        """Take the last change back."""
        return self._do(person, lambda desk: desk.draft.undone())

    def discard(self, person: str) -> None:
        """Put the draft away for good."""
        with self._lock:
            drafts.discard(self._store.folder, person)

    def rebase(self, person: str) -> OnDesk:
        """Let the draft take the place of the revision that was saved meanwhile."""

        def make(desk: OnDesk) -> Draft:
            based_on = desk.newest.revision if desk.newest else 0
            numbered = with_facts(desk.now, revision=based_on + 1)
            return desk.draft.model_copy(
                update={"based_on": based_on, "steps": (*desk.draft.steps[:-1], numbered)}
            )

        return self._do(person, make)

    def sign(self, person: str, signing: Signing) -> SavedPrescription:
        """Seal the draft and save it as the next revision.

        Raises
        ------
        StaleRevisionError
            If another one has been saved since; the draft is kept.
        PrescriptionError
            If something blocks it, or the key cannot be opened.
        """
        with self._lock:
            desk = self._laid_out(self._begun(person))
            if desk.is_stale:
                raise self._stale(desk)
            named = {"name": signing.name, "licence": signing.licence}
            ready = with_facts(desk.now, therapist=made(Therapist, named))
            self._refuse_blocked(desk, ready)
            today = self._setting.today()
            done = sealed(ready, signing.name.strip(), self._key(signing), today)
            saved = self._store.save_prescription(person, self._as_saved(desk, done))
            for one in _new_overrides(desk, done):
                self._store.add_override(person, self._as_kept(one, saved))
            drafts.discard(self._store.folder, person)
        return saved

    def _do(self, person: str, make: Callable[[OnDesk], Draft]) -> OnDesk:
        with self._lock:
            changed_draft = make(self._laid_out(self._begun(person)))
            found = self._laid_out(changed_draft)  # what cannot be checked is not kept
            self._keep(changed_draft)
            return found

    def _begun(self, person: str) -> Draft:
        found = self.draft(person)
        if found is not None:
            return found
        newest = self._store.prescription(person)
        if newest is None:
            raise PrescriptionError(
                f"nothing is prescribed for {person} yet: begin with a first one"
            )
        return Draft(person=person, based_on=newest.revision, steps=(begun(_parsed(newest)),))

    def _keep(self, draft: Draft) -> None:
        drafts.save(self._store.folder, draft)

    def _laid_out(self, draft: Draft) -> OnDesk:
        store, today = self._store, self._setting.today()
        newest = store.prescription(draft.person)
        before = self._based_on(draft, newest)
        screens = store.screens(draft.person)
        kept = kept_of(store, draft.person, today) if newest else None
        ready = as_if_sealed(draft.now, self._setting.name, today)
        found = check(
            ready, self._setting.exercises, today, before, answered(draft.now.red_flags, screens)
        )
        weeks = weeks_of(kept, self._setting.exercises, today) if kept else None
        answers = newest_answers(draft.now.red_flags, screens)
        return OnDesk(draft, before, newest, found, weeks, answers)

    def _based_on(self, draft: Draft, newest: SavedPrescription | None) -> Prescription | None:
        if newest is None or draft.based_on == newest.revision:
            return _parsed(newest) if newest else None
        revisions = self._store.prescriptions(draft.person)
        return next((_parsed(one) for one in revisions if one.revision == draft.based_on), None)

    def _given(self, desk: OnDesk) -> Given:
        return Given(
            exercises=desk.draft.now.known(self._setting.exercises),
            proposals=desk.weeks.proposals if desk.weeks else (),
            answers=desk.answers,
            by=self._setting.name,
            today=self._setting.today(),
        )

    def _refuse_blocked(self, desk: OnDesk, ready: Prescription) -> None:
        screens = self._store.screens(desk.draft.person)
        today = self._setting.today()
        signed = as_if_sealed(ready, self._setting.name, today)
        found = check(
            signed, self._setting.exercises, today, desk.before, answered(ready.red_flags, screens)
        )
        if blocking := blocks(found):
            reasons = "\n".join(f"  {one.what}" for one in blocking)
            raise PrescriptionError(f"It was not signed, for something in it blocks:\n{reasons}")

    def _key(self, signing: Signing) -> Ed25519PrivateKey:
        path = self._setting.key
        known = therapist_key.load if path.exists() else therapist_key.make
        return known(path, signing.passphrase or None)

    def _as_saved(self, desk: OnDesk, done: Prescription) -> PrescriptionDraft:
        assert done.signature is not None
        return PrescriptionDraft(
            toml=prescription_file.written(done),
            digest=digest(done),
            based_on_revision=desk.draft.based_on,
            saved_by=self._setting.name,
            signed_by=done.signature.name,
            signed_at=self._setting.now().astimezone(UTC),
        )

    def _as_kept(self, override: Override, saved: SavedPrescription) -> RuleOverride:
        return RuleOverride(
            prescription_revision=saved.revision,
            rule=override.rule,
            who=override.by,
            reason=override.reason,
            time=self._now(),
        )

    def _now(self) -> datetime:
        return self._setting.now().astimezone(UTC)

    def _stale(self, desk: OnDesk) -> StaleRevisionError:
        newest = desk.newest
        assert newest is not None
        saved_at = newest.saved_at.astimezone()
        return StaleRevisionError(
            f"{newest.saved_by} has saved revision {newest.revision} on {in_words(saved_at)} at"
            f" {saved_at:%H:%M}; this draft was made from revision"
            f" {desk.draft.based_on}. Nothing was signed, and the draft is kept: look at what"
            " differs, then let it take the place of the newer one, or discard it."
        )


def _parsed(saved: SavedPrescription) -> Prescription:
    return prescription_file.parsed(saved.toml, f"revision {saved.revision} of the store")


def _new_overrides(desk: OnDesk, done: Prescription) -> tuple[Override, ...]:
    before = desk.before.overrides if desk.before else ()
    return tuple(one for one in done.overrides if one not in before)
