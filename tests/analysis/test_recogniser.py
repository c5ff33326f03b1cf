"""Which of several exercises is done, decided on claims whose order is known."""

from dataclasses import dataclass, field

import pytest

from formcheck.analysis.claims import FOLLOWS_WITHIN_S
from formcheck.analysis.events import (
    Event,
    ExerciseLikely,
    ExerciseRecognised,
    Hold,
    HoldEnded,
    Repetition,
    RepetitionCompleted,
)
from formcheck.analysis.recogniser import OVER_AFTER_S, RESTS_UP_TO_S, Recogniser
from formcheck.exercises.recognition import Recognition
from formcheck.exercises.schema import Phase


@dataclass
class Named:
    """As much of an exercise as matters here."""

    id: str
    recognition: Recognition = field(default_factory=Recognition)


@dataclass
class Puppet:
    """A tracker that says what it is told to."""

    exercise: Named
    phase: Phase = Phase.REST
    held_s: float = 0.0
    spans: list[tuple[float, float]] = field(default_factory=list)
    has_what_must_go_with_it: bool = True
    stays_s: float = 0.0
    kept_share: float = 0.0
    is_settling: bool = False
    has_arisen: bool = True
    way: float = 0.5
    is_at_start: bool = False

    @property
    def is_holding(self) -> bool:
        """Whether a clock runs."""
        return self.held_s > 0

    @property
    def is_plausible(self) -> bool:
        """Whether what goes on may be the exercise."""
        return self.is_under_way and self.has_what_must_go_with_it

    @property
    def progress(self) -> float:
        """How much of the way was made."""
        return {Phase.REST: 0.0, Phase.OUTBOUND: self.way}.get(self.phase, 1.0)

    @property
    def is_nearing(self) -> bool:
        """Whether it is on the way to where it counts."""
        return self.phase is Phase.OUTBOUND and self.is_plausible

    @property
    def is_likely(self) -> bool:
        """Whether it is also far enough to count."""
        return self.phase is Phase.EFFORT and self.is_plausible

    @property
    def is_under_way(self) -> bool:
        """Whether a repetition goes on."""
        return self.phase is not Phase.REST

    def at(self, time_s: float) -> list[Event]:
        """Return the repetitions that end now; under way while one goes on."""
        inside = [span for span in self.spans if span[0] < time_s < span[1]]
        halfway = any(time_s >= (start + end) / 2 for start, end in inside)
        self.phase = (Phase.EFFORT if halfway else Phase.OUTBOUND) if inside else Phase.REST
        return [
            RepetitionCompleted(time_s, self.exercise.id, repetition(number, start, end))
            for number, (start, end) in enumerate(self.spans, start=1)
            if end == time_s
        ]


def repetition(number: int, start_s: float, end_s: float) -> Repetition:
    """Return a repetition of which only the time matters."""
    return Repetition(
        number, "v", None, start_s, (start_s + end_s) / 2, end_s, 1, 1, 1, "m", 0, 1, 1, 1
    )


def told(*puppets: Puppet, until_s: int = 80) -> list[Event]:
    """Return what a recogniser says of puppets over so many seconds."""
    recogniser = Recogniser(puppets)
    said: list[Event] = []
    for tenth in range(10 * until_s):
        time_s = tenth / 10
        said += recogniser.update(time_s, [(one, one.at(time_s)) for one in puppets])
    return said


def recognised(said: list[Event]) -> list[tuple[str, float]]:
    """Return what was recognised, and since when."""
    return [(one.exercise, one.since_s) for one in said if isinstance(one, ExerciseRecognised)]


def counted(said: list[Event]) -> list[tuple[str, int]]:
    """Return the repetitions that were passed on."""
    return [
        (one.exercise, one.repetition.number)
        for one in said
        if isinstance(one, RepetitionCompleted)
    ]


def test_the_repetition_that_decides_is_kept():
    """The first repetition names the exercise and counts."""
    said = told(Puppet(Named("a"), spans=[(1, 4), (5, 8)]), Puppet(Named("b")))
    assert recognised(said) == [("a", 1)]
    assert counted(said) == [("a", 1), ("a", 2)]


def test_one_alone_was_asked_for():
    """Nothing is recognised where nothing can be mistaken."""
    said = told(Puppet(Named("a"), spans=[(1, 4)]))
    assert recognised(said) == []
    assert counted(said) == [("a", 1)]


def test_what_outranks_is_waited_for():
    """A press-up that a superman looks like at first is not counted."""
    special = Named("superman", Recognition(outranks={"press_up"}))
    said = told(
        Puppet(Named("press_up"), spans=[(1, 3), (5, 7)]),
        Puppet(special, spans=[(1, 4), (5, 8)]),
    )
    assert recognised(said) == [("superman", 1)]
    assert counted(said) == [("superman", 1), ("superman", 2)]


def test_what_outranks_takes_over():
    """A plank that turns out to be the start of push-ups."""
    special = Named("push_up", Recognition(outranks={"plank"}))
    plank = Puppet(Named("plank"), spans=[(1, 4), (5, 8)])
    said = told(plank, Puppet(special, spans=[(9, 12), (13, 16)]))
    assert [name for name, _ in recognised(said)] == ["plank", "push_up"]


def test_the_next_exercise_loses_nothing():
    """Of two repetitions done at once after another exercise, both count."""
    said = told(
        Puppet(Named("a"), spans=[(1, 4), (5, 8)]),
        Puppet(Named("b"), spans=[(9, 12), (13, 16)]),
    )
    assert recognised(said) == [("a", 1), ("b", 9)]
    assert counted(said) == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


@pytest.mark.parametrize(("until_s", "expected"), [(29.9, [("a", 1.0)]), (30.1, [])])
def test_one_repetition_is_enough_where_it_is_more_than_a_moment_of_it_all(until_s, expected):
    """Three seconds of 30 are; one by chance among other movements is not."""
    puppet, other = Puppet(Named("a"), spans=[(1, 4)]), Puppet(Named("b"))
    recogniser = Recogniser([puppet, other])
    for tenth in range(round(10 * until_s)):
        time_s = tenth / 10
        recogniser.update(time_s, [(one, one.at(time_s)) for one in (puppet, other)])
    said = recogniser.finish(until_s, [(puppet, []), (other, [])])
    assert recognised(said) == expected


def test_of_two_single_repetitions_the_longer_one_names_the_exercise():
    """An arm that is lifted before it threads under the chest is no exercise of its own."""
    short, long = Puppet(Named("a"), spans=[(1, 3)]), Puppet(Named("b"), spans=[(4, 9)])
    recogniser = Recogniser([short, long])
    for tenth in range(100):
        recogniser.update(tenth / 10, [(one, one.at(tenth / 10)) for one in (short, long)])
    said = recogniser.finish(10.0, [(short, []), (long, [])])
    assert recognised(said) == [("b", 4.0)]


def test_one_movement_alone_is_no_exercise():
    """Somebody who gets up between two exercises has not stood up from a chair."""
    said = told(
        Puppet(Named("a"), spans=[(1, 4), (5, 8)]),
        Puppet(Named("b"), spans=[(20, 23)]),
        Puppet(Named("c"), spans=[(60, 63), (64, 67)]),
    )
    assert recognised(said) == [("a", 1), ("c", 60)]


def test_two_movements_far_apart_are_none_either():
    """Sitting down and getting up minutes later are two movements in passing."""
    far = FOLLOWS_WITHIN_S + 1
    said = told(
        Puppet(Named("a"), spans=[(1, 4), (5, 8)]),
        Puppet(Named("b"), spans=[(10, 13), (13 + far, 16 + far)]),
    )
    assert recognised(said) == [("a", 1)]


def test_one_movement_is_enough_where_there_is_nothing_else():
    """A recording of a single repetition is one of that exercise."""
    puppets = [Puppet(Named("a"), spans=[(1, 4)]), Puppet(Named("b"))]
    recogniser = Recogniser(puppets)
    for tenth in range(60):
        time_s = tenth / 10
        assert recognised(recogniser.update(time_s, [(p, p.at(time_s)) for p in puppets])) == []
    said = recogniser.finish(6.0, [(puppet, []) for puppet in puppets])
    assert recognised(said) == [("a", 1)]
    assert counted(said) == [("a", 1)]


def test_what_was_done_long_ago_is_over():
    """After a long rest the exercise must show itself anew; a single movement is not its next."""
    pause = OVER_AFTER_S + 1
    said = told(
        Puppet(Named("a"), spans=[(1, 4), (5, 8), (8 + pause, 11 + pause)]), Puppet(Named("b"))
    )
    assert counted(said) == [("a", 1), ("a", 2)]


def test_what_the_winner_does_is_explained():
    """Another counter that sees the same movements never takes over."""
    said = told(
        Puppet(Named("a"), spans=[(1, 4), (5, 8), (9, 12)]),
        Puppet(Named("b"), spans=[(1.5, 4.5), (5.5, 8.5), (9.5, 12.5)]),
    )
    assert recognised(said) == [("a", 1)]


@pytest.mark.parametrize(
    ("rest_s", "is_taken"), [(RESTS_UP_TO_S - 1, False), (RESTS_UP_TO_S + 1, True)]
)
def test_the_resting_posture_of_an_exercise_is_rest(rest_s, is_taken):
    """Somebody on all fours between two bird-dogs rests; who stays there holds."""
    bird_dog = Named("bird_dog", Recognition(outranks={"all_fours"}))
    resting = Puppet(Named("all_fours"))

    recogniser_input = Puppet(bird_dog, spans=[(1, 2), (3, 4)])
    recogniser = Recogniser([recogniser_input, resting])
    said: list[Event] = []
    for tenth in range(10 * int(4 + rest_s)):
        time_s = tenth / 10
        resting.held_s = max(0.0, time_s - 4)
        said += recogniser.update(
            time_s, [(recogniser_input, recogniser_input.at(time_s)), (resting, [])]
        )
    names = [name for name, _ in recognised(said)]
    assert names == (["bird_dog", "all_fours"] if is_taken else ["bird_dog"])


@pytest.mark.parametrize(("held_s", "is_recognised"), [(1.9, False), (2.1, True)])
def test_a_posture_must_be_kept(held_s, is_recognised):
    """What is held for less than its time is passed through."""
    hold = Hold(1, "v", 1.0, 1.0 + held_s, held_s, 0)
    candidates = [Puppet(Named("a")), Puppet(Named("b"))]
    recogniser = Recogniser(candidates)
    said = recogniser.update(
        5.0, [(candidates[0], [HoldEnded(5.0, "a", hold)]), (candidates[1], [])]
    )
    assert recognised(said) == ([("a", 1.0)] if is_recognised else [])


@pytest.mark.parametrize(("has_arisen", "expected"), [(True, [("a", 0.0)]), (False, [])])
def test_a_posture_that_has_not_arisen_is_how_somebody_happens_to_be(has_arisen, expected):
    """Who sits turned to the camera for a minute holds no twist, while it lasts and at its end."""
    sitter = Puppet(Named("a"), phase=Phase.EFFORT, has_arisen=has_arisen)
    recogniser = Recogniser([sitter, Puppet(Named("b"))])
    said: list[Event] = []
    for time_s in range(60):
        sitter.held_s = float(time_s)
        said += recogniser.update(float(time_s), [(sitter, []), (Puppet(Named("b")), [])])
    sitter.held_s = 0.0
    hold = Hold(1, "v", 0.0, 59.0, 59.0, 0)
    said += recogniser.update(
        60.0, [(sitter, [HoldEnded(60.0, "a", hold)]), (Puppet(Named("b")), [])]
    )
    assert recognised(said) == expected


def test_a_movement_is_likely_before_it_is_done():
    """Within the first repetition it is said what it looks like, once."""
    said = told(Puppet(Named("a"), spans=[(1, 5)]), Puppet(Named("b")))
    (likely,) = [one for one in said if isinstance(one, ExerciseLikely)]
    assert likely.exercise == "a"
    assert likely.time_s == pytest.approx(3.3, abs=0.11)


def test_what_lacks_something_leaves_the_other_likely():
    """Of two that look alike one lacks what must go with it: it is the other, at once."""
    lacking = Puppet(Named("b"), spans=[(1, 5)], has_what_must_go_with_it=False)
    said = told(Puppet(Named("a"), spans=[(1, 5)]), lacking, until_s=5)
    assert [one.exercise for one in said if isinstance(one, ExerciseLikely)] == ["a"]


def test_of_two_nothing_is_likely():
    """What looks like two exercises is said to be neither."""
    said = told(Puppet(Named("a"), spans=[(1, 5)]), Puppet(Named("b"), spans=[(1, 5)]), until_s=5)
    assert [one for one in said if isinstance(one, ExerciseLikely)] == []


@pytest.mark.parametrize(("special_is", "expected"), [(Phase.REST, []), (Phase.OUTBOUND, [])])
def test_what_is_left_of_two_is_not_likely_for_that(special_is, expected):
    """One of two waits for the special one: the other one is not the likelier for it.

    Who sinks back on the heels rocks back, or bows the head as in a cat, or turns the trunk.
    """
    cat, rock_back = (Puppet(Named(one), phase=Phase.EFFORT) for one in ("cat", "rock_back"))
    special = Puppet(Named("turn", Recognition(outranks={"rock_back"})), phase=special_is)
    assert likely_at(1.0, cat, rock_back, special) == expected


def likely_at(time_s: float, *puppets: Puppet) -> list[str]:
    """Return what is likely of puppets that stay as they are for so long."""
    recogniser = Recogniser(puppets)
    said: list[Event] = []
    for tenth in range(round(10 * time_s)):
        said += recogniser.update(tenth / 10, [(one, []) for one in puppets])
    return [one.exercise for one in said if isinstance(one, ExerciseLikely)]


@pytest.mark.parametrize(("share", "is_likely"), [(0.39, False), (0.41, True)])
def test_a_posture_is_likely_before_it_is_recognised(share, is_likely):
    """Who keeps it for 0.4 of the time that takes, and does nothing else, is likely to hold it."""
    said = likely_at(1.0, Puppet(Named("a"), kept_share=share), Puppet(Named("b")))
    assert said == (["a"] if is_likely else [])


@pytest.mark.parametrize(("share", "is_likely"), [(0.64, False), (0.66, True)])
def test_the_posture_that_another_begins_from_is_not_likely_at_once(share, is_likely):
    """Whoever is on all fours may be about to do a bird-dog."""
    bird_dog = Puppet(Named("bird_dog", Recognition(outranks={"all_fours"})), is_at_start=True)
    said = likely_at(1.0, bird_dog, Puppet(Named("all_fours"), kept_share=share))
    assert said == (["all_fours"] if is_likely else [])


@pytest.mark.parametrize(("way", "expected"), [(0.55, []), (0.65, ["a"])])
def test_who_hesitates_near_to_where_it_counts_is_likely_to_do_it(way, expected):
    """Old people stop on their way; nobody else is under way as far."""
    assert likely_at(1.0, Puppet(Named("a"), phase=Phase.OUTBOUND, way=way)) == []  # asked for
    slow = Puppet(Named("a"), phase=Phase.OUTBOUND, way=way)
    assert likely_at(1.0, slow, Puppet(Named("b"), phase=Phase.OUTBOUND, way=0.3)) == expected
    assert likely_at(1.0, slow, Puppet(Named("b"), phase=Phase.OUTBOUND, way=0.7)) == (
        [] if expected else ["b"]
    )


@pytest.mark.parametrize(("way", "expected"), [(0.84, []), (0.86, ["a"])])
def test_who_is_close_to_where_it_counts_is_not_waited_for(way, expected):
    """After half a second nothing is said yet of who is further away and hesitates there."""
    slow = Puppet(Named("a"), phase=Phase.OUTBOUND, way=way)
    assert likely_at(0.6, slow, Puppet(Named("b"))) == expected
    assert likely_at(1.0, slow, Puppet(Named("b"))) == ["a"]


@pytest.mark.parametrize(
    ("share", "is_settling", "expected"),
    [(0.05, False, ["a"]), (0.15, False, []), (0, True, [])],
)
def test_who_has_reached_a_posture_does_not_hesitate(share, is_settling, expected):
    """Who has pushed up into a side plank has lifted one hand over the other nearly far enough."""
    opening = Puppet(Named("a"), phase=Phase.OUTBOUND, way=0.7)
    posture = Puppet(Named("b"), kept_share=share, is_settling=is_settling)
    assert likely_at(1.0, opening, posture) == expected


def test_who_hesitates_near_the_top_of_a_bridge_does_one_held_or_repeated():
    """The posture that was reached just now is of the same exercise."""
    bridge = Puppet(Named("a"), phase=Phase.OUTBOUND, way=0.7, is_settling=True)
    assert likely_at(1.0, bridge, Puppet(Named("b"))) == ["a"]


@pytest.mark.parametrize(("way", "expected"), [(0.84, []), (0.86, ["needle"])])
def test_what_holds_another_back_and_is_close_to_counting_is_likely(way, expected):
    """Who threads the needle sits back meanwhile, and far enough for a rock-back sooner."""
    rock_back = Puppet(Named("rock_back"), phase=Phase.EFFORT)
    recognition = Recognition(outranks={"rock_back"})
    needle = Puppet(Named("needle", recognition), phase=Phase.OUTBOUND, way=way)
    assert likely_at(1.0, rock_back, needle) == expected


@pytest.mark.parametrize(("idle_s", "expected"), [(30, []), (70, ["lying"])])
def test_how_somebody_rests_between_two_repetitions_is_not_likely(idle_s, expected):
    """Who slides the heels slowly lies between two; who lies on for a minute does no more."""
    slide = Puppet(Named("slide", Recognition(outranks={"lying"})), spans=[(1, 4), (5, 8)])
    lying = Puppet(Named("lying"))
    recogniser = Recogniser([slide, lying])
    said: list[Event] = []
    for tenth in range(10 * (8 + idle_s)):
        lying.kept_share = 0.7 if tenth > 90 else 0.0
        happened = [(slide, slide.at(tenth / 10)), (lying, [])]
        said += recogniser.update(tenth / 10, happened)
    late = [one.exercise for one in said if isinstance(one, ExerciseLikely) and one.time_s > 8]
    assert late == expected


@pytest.mark.parametrize(("way", "expected"), [(0.4, ["a"]), (0.6, [])])
def test_what_is_special_and_only_trembles_holds_nothing_back(way, expected):
    """A chest that lies on the floor wanders by a third of what lifting it takes."""
    special = Puppet(Named("b", Recognition(outranks={"a"})), phase=Phase.OUTBOUND, way=way)
    assert likely_at(1.0, Puppet(Named("a"), phase=Phase.EFFORT), special) == expected


def test_one_stray_repetition_is_not_the_more_special_one():
    """Who lifted the arms three times, while the chest seemed to rise once, lifted the arms."""
    special = Puppet(Named("b", Recognition(outranks={"a"})), spans=[(4, 12)])
    said = told(Puppet(Named("a"), spans=[(1, 4), (5, 8), (9, 11)]), special)
    assert recognised(said) == [("a", 1)]


def test_a_posture_on_the_way_is_not_likely():
    """Who moves far enough does that; who has hardly moved and stays is likely to hold."""
    posture = Puppet(Named("b"), kept_share=0.6)
    assert likely_at(1.0, Puppet(Named("a"), phase=Phase.EFFORT), posture) == ["a"]
    special = Named("a", Recognition(outranks={"b"}))
    assert likely_at(1.0, Puppet(special, phase=Phase.OUTBOUND), posture) == []
    posture.kept_share = 0.7
    assert likely_at(1.0, Puppet(special, phase=Phase.OUTBOUND), posture) == ["b"]


@pytest.mark.parametrize(("stays_s", "expected"), [(0.9, ["rock_back"]), (1.1, ["child_pose"])])
def test_who_stays_at_the_end_of_a_movement_holds(stays_s, expected):
    """Sitting back from all fours is a rock-back; who then stays is in child's pose."""
    rock_back = Puppet(
        Named("rock_back", Recognition(outranks={"child_pose"})),
        phase=Phase.EFFORT,
        stays_s=stays_s,
    )
    child_pose = Puppet(Named("child_pose"), phase=Phase.EFFORT, held_s=1.0)
    assert likely_at(1.0, rock_back, child_pose) == expected


def test_who_has_left_the_room_does_not_rest():
    """A plank after bird-dogs is one at once, where nobody was in view between the two."""
    bird_dog = Puppet(Named("bird_dog", Recognition(outranks={"plank"})), spans=[(1, 2), (3, 4)])
    plank = Puppet(Named("plank"))
    recogniser = Recogniser([bird_dog, plank])
    said: list[Event] = []
    for tenth in range(200):
        time_s = tenth / 10
        if time_s == 8:
            recogniser.person_lost(time_s)
        plank.held_s = max(0.0, time_s - 12)
        said += recogniser.update(time_s, [(bird_dog, bird_dog.at(time_s)), (plank, [])])
    assert [name for name, _ in recognised(said)] == ["bird_dog", "plank"]


@pytest.mark.parametrize(("away_s", "expected"), [(2.5, ["cat_cow"]), (4.0, [])])
def test_what_is_done_before_and_after_leaving_the_room_is_no_set(away_s, expected):
    """On all fours on the way up and again on the way down: a set only where nobody left."""
    passing = Puppet(Named("cat_cow"), spans=[(1, 2), (12, 13)])
    other = Puppet(Named("bird_dog"), spans=[(20, 21), (22, 23)])
    recogniser = Recogniser([passing, other])
    said: list[Event] = []
    for tenth in range(250):
        time_s = tenth / 10
        if time_s == 5:
            recogniser.person_lost(time_s)
        if not 5 <= time_s < 5 + away_s:
            happened = [(passing, passing.at(time_s)), (other, other.at(time_s))]
            said += recogniser.update(time_s, happened)
    assert [name for name, _ in recognised(said)] == [*expected, "bird_dog"]


def came_back_to(do_again: list[float], other: Puppet) -> list[Event]:
    """Return what is said of two bridges, four seconds out of view, and what is done then."""
    spans = [(1.0, 2.0), (3.0, 4.0), *((start_s, start_s + 1) for start_s in do_again)]
    bridge = Puppet(Named("bridge"), spans=spans)
    recogniser = Recogniser([bridge, other])
    said: list[Event] = []
    for tenth in range(250):
        time_s = tenth / 10
        if time_s == 5:
            recogniser.person_lost(time_s)
        if not 5 <= time_s < 9:
            happened = [(bridge, bridge.at(time_s)), (other, other.at(time_s))]
            said += recogniser.update(time_s, happened)
    return said + recogniser.finish(25.0, [(bridge, []), (other, [])])


def test_who_comes_back_to_do_something_else_has_not_done_the_old_exercise_once_more():
    """Hips that rise while somebody lies down again are no third bridge."""
    slides = Puppet(Named("heel_slide"), spans=[(12.0, 13.0), (14.0, 15.0)])
    said = came_back_to([10.0], slides)
    assert counted(said) == [("bridge", 1), ("bridge", 2), ("heel_slide", 1), ("heel_slide", 2)]


@pytest.mark.parametrize("again_s", [[10.0], [10.0, 12.0]])
def test_who_comes_back_to_the_same_exercise_loses_nothing(again_s):
    """Also where only one repetition was left to do."""
    said = came_back_to(again_s, Puppet(Named("heel_slide")))
    assert [name for name, _ in counted(said)] == ["bridge"] * (2 + len(again_s))
