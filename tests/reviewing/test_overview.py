"""What is known of everybody comes out of what the store keeps, and is never out of date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.exercises.library import load_all
from formcheck.prescription.model import Screening
from formcheck.prescription.pain import Moment
from formcheck.prescription.seal import sealed
from formcheck.reviewing.attention import needs
from formcheck.reviewing.attention_rules import NeedKind
from formcheck.reviewing.gathering import facts_of
from formcheck.reviewing.overview import current_facts, mended, overview
from formcheck.session.events import RuleApplied
from formcheck.store import PainRating, PrescriptionDraft, RedFlagScreen, Store
from tests.robin import (
    ANGEL,
    BRIDGE,
    PLAN,
    ROBIN,
    day,
    done_set,
    outcome,
    prescribe,
    session_on,
)
from tests.store.test_lists import signed_off

EXERCISES = load_all()
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
TOLD = RuleApplied(20.0, "s04", "end_session", tells_therapist=True, step_index=0)
QUIET = replace(TOLD, rule="s07", action="stop_exercise", tells_therapist=False)


@pytest.fixture
def store(tmp_path):
    """Return a store with Robin's prescription."""
    with Store.open(tmp_path / "sessions") as opened:
        prescribe(opened)
        yield opened


def facts(store):
    """Return what is known of Robin."""
    return facts_of(store, ROBIN, EXERCISES)


def sign_off(store, number):
    """Sign off the session of a day."""
    store.add_correction(signed_off(session_on(number).id))


def test_what_has_to_be_told_is_open_until_it_is_signed_off(store):
    """A rule of which nobody has to know is not told."""
    store.take_in(session_on(0, rules_applied=(QUIET, TOLD)))
    store.take_in(session_on(1, rules_applied=(QUIET,)))
    (told,) = facts(store).to_tell
    assert (told.session.id, told.rules) == (session_on(0).id, ("s04",))
    assert facts(store).n_not_reviewed == 2
    sign_off(store, 0)
    assert facts(store).to_tell == ()
    assert facts(store).oldest_not_reviewed.id == session_on(1).id


def test_only_days_on_which_something_was_done_count(store):
    """A session that ended before its first movement is none; four weeks are enough."""
    for number in (0, 1, 27, 28):
        store.take_in(session_on(number))
    store.take_in(session_on(29, sets=()))
    assert facts(store).done == (day(1), day(27), day(28))
    assert facts(store).n_sessions == 5


def test_an_error_is_new_where_the_exercise_was_done_without_it(store):
    """Not at the first time of the exercise, not the second time of the error, not as a tip."""
    clean, wrong = done_set(BRIDGE), done_set(BRIDGE, n_clean=4)
    tip = replace(wrong, faults=(replace(wrong.faults[0], severity="advice"),))

    def new_after(number, *sets):
        store.take_in(session_on(number, sets=sets))
        return [(one.exercise, one.name) for one in facts(store).new_faults]

    assert new_after(0, done_set(ANGEL)) == []
    assert new_after(1, wrong) == []
    assert new_after(2, done_set(ANGEL, n_clean=4)) == [("wall_angel", "wrong")]
    assert new_after(3, done_set(ANGEL, n_clean=4)) == []
    other = replace(wrong, faults=(replace(wrong.faults[0], name="other"),))
    assert new_after(4, clean, replace(tip, name="set-02-glute_bridge")) == []
    assert new_after(5, other) == [("glute_bridge", "other")]
    sign_off(store, 5)
    assert facts(store).new_faults == ()


@pytest.mark.parametrize(
    ("pain", "is_quiet"), [((2, 4), True), ((2, 5), False), ((5, 5), True), ((5, 6), False)]
)
def test_pain_is_quiet_within_the_programmes_own_rules(store, pain, is_quiet):
    """A rise of two and the limit of five are; one more is not."""
    store.take_in(session_on(0, pain=pain))
    found = facts(store).not_quiet
    assert (found is None) == is_quiet
    if found:
        assert (found.before, found.highest, found.limit) == (*pain, 5)
        sign_off(store, 0)
        assert facts(store).not_quiet is None


def test_pain_that_does_not_settle_twice_is_said_so(store):
    """The morning after the last session and after the one before were both too much."""
    for number in range(3):
        store.take_in(session_on(number))
    for number, again in ((3, False), (4, True)):
        session = session_on(number, morning=6 if number == 4 else None)
        store.take_in(session)
        store.add_pain(
            ROBIN, PainRating(session.started + timedelta(hours=20), Moment.NEXT_MORNING, 6)
        )
        found = facts(store).not_quiet
        assert (found.did_not_settle, found.again) == (True, again)


def test_warning_signs_are_open_until_somebody_has_looked_into_them(store):
    """The newest answers count; one that a therapist has cleared is no longer open."""
    store.add_screen(ROBIN, RedFlagScreen(session_on(1).started, ("rf08", "rf01", "unknown")))
    assert [str(one) for one in facts(store).red_flags] == ["rf01", "rf08"]
    assert facts(store).red_flags_since == day(1)
    cleared = Screening(on=day(2), positive=frozenset({"rf08"}), cleared={"rf08": "Dr Example"})
    prescribe(store, PLAN.model_copy(update={"red_flags": cleared, "revision": 2}))
    assert facts(store).red_flags == ()


def test_a_seal_that_is_broken_and_a_plan_that_cannot_be_read_are_told(store):
    """Whole seals are not."""
    whole = sealed(PLAN, "Dr Example", KEY, day(0))
    prescribe(store, whole)
    assert facts(store).programme.seal == "sealed"
    prescribe(store, whole.model_copy(update={"pain_limit": 6}))
    assert facts(store).programme.seal == "broken"
    store.save_prescription(ROBIN, PrescriptionDraft("nothing = ", "", 3, "Dr Example"))
    assert "not valid TOML" in facts(store).programme.trouble
    unknown = PLAN.model_copy(update={"sessions": PLAN.sessions})
    text = unknown.sessions[0].model_copy(
        update={"items": (BRIDGE.model_copy(update={"exercise": "cartwheel"}),)}
    )
    prescribe(store, unknown.model_copy(update={"sessions": (text,)}))
    assert facts(store).programme.trouble == "no exercise cartwheel is known here"


def test_a_step_waits_only_where_it_may_not_be_taken_alone(store):
    """After three good sessions the bridge grows by itself, the angel does not."""
    for number in range(3):
        store.take_in(session_on(number))
    assert [one.exercise for one in facts(store).programme.waiting] == ["wall_angel"]


def test_pain_is_worse_by_more_than_its_error(store):
    """45 at the start: within 20 points it cannot be told from chance."""
    store.take_in(session_on(0))
    outcome(store, 1, "pain_0_100", 64.0)
    assert not any(one.is_worse for one in facts(store).programme.pain)
    outcome(store, 2, "pain_0_100", 66.0)
    assert [one.now for one in facts(store).programme.pain if one.is_worse] == [66.0]


def test_somebody_without_a_plan_is_told_of_all_the_same(store):
    """Their sessions are still to be reviewed, and pain has the usual limit."""
    store.take_in(session_on(0, person="kim", pain=(2, 6)))
    kim, robin = overview(store, EXERCISES, day(0))
    assert (kim.person, robin.person) == ("kim", ROBIN)
    assert [one.kind for one in kim.needs] == [NeedKind.PAIN_NOT_QUIET, NeedKind.NOT_REVIEWED]
    assert kim.calendar is None


_ACTS = st.lists(
    st.sampled_from(["session", "bad session", "sign off", "morning", "signs", "plan", "score"]),
    max_size=8,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=_ACTS)
def test_the_list_is_what_everything_comes_to(acts, tmp_path_factory):
    """Whatever is written in whichever order: kept facts say what is said anew from everything."""
    with Store.open(tmp_path_factory.mktemp("store")) as store:
        for number, act in enumerate(acts):
            _do(store, act, number)
            lines = overview(store, EXERCISES, day(number))
            anew = {
                one.pseudonym: facts_of(store, one.pseudonym, EXERCISES) for one in store.people
            }
            assert {one.person: one.facts for one in lines} == anew
            for one in lines:
                assert one.needs == needs(
                    anew[one.person], day(number), lambda name: EXERCISES[name].name
                )
        assert mended(store, EXERCISES) == []
        assert store.check() == ()


def _do(store, act, number):
    """Let something happen on a day."""
    began = session_on(number).started
    bad = {"sets": (done_set(BRIDGE, n_clean=2),), "pain": (3, 7), "rules_applied": (TOLD,)}
    happenings = {
        "session": lambda: store.take_in(session_on(number)),
        "bad session": lambda: store.take_in(session_on(number, **bad)),
        "sign off": lambda: [
            store.add_correction(signed_off(one.id)) for one in store.sessions(ROBIN)[-1:]
        ],
        "morning": lambda: store.add_pain(ROBIN, PainRating(began, Moment.NEXT_MORNING, 7)),
        "signs": lambda: store.add_screen(ROBIN, RedFlagScreen(began, ("rf05",))),
        "plan": lambda: prescribe(store),
        "score": lambda: outcome(store, number, "pain_0_100", 80.0),
    }
    happenings[act]()


def test_facts_that_say_something_else_are_found_and_made_anew(store):
    """Where somebody has changed them; what is only outdated is none of these."""
    store.take_in(session_on(0))
    ((kept, _),) = current_facts(store, EXERCISES)
    store.keep_facts({ROBIN: (kept.stamp, {"format": 1, "facts": {"n_sessions": 9}})})
    assert mended(store, EXERCISES) == [ROBIN]
    assert current_facts(store, EXERCISES)[0][1] == facts(store)
    store.take_in(session_on(1))
    assert mended(store, EXERCISES) == []


@pytest.mark.parametrize("kept", [[], {}, {"format": 0}, {"format": 1, "facts": {"done": 1}}])
def test_facts_of_another_formcheck_are_made_anew(store, kept):
    """Whatever they are."""
    store.take_in(session_on(0))
    (before,) = store.kept_facts()
    store.keep_facts({ROBIN: (before.stamp, kept)})
    ((_, found),) = current_facts(store, EXERCISES)
    assert found == facts(store)
    assert isinstance(found.done[0], date)
