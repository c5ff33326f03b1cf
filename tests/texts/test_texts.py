"""What is said, in which language."""

import json
from datetime import datetime

import pytest

from formcheck.analysis.cues import Cue
from formcheck.analysis.events import NotAssessed
from formcheck.errors import UsageError
from formcheck.exercises import library
from formcheck.measures import View
from formcheck.session.placement import Advice, PlacementCheck, PlacementCode, PlacementStatus
from formcheck.texts import Texts, languages
from formcheck.texts.language_file import read
from formcheck.texts.message import Message

BRIDGE = library.find("glute_bridge")
ENGLISH, GERMAN = Texts.load("en"), Texts.load("de")


def test_each_language_is_called_by_its_own_name():
    """Whoever looks for a language need not read English."""
    assert languages()["en"] == "English"
    assert languages()["de"] == "Deutsch"
    assert languages()["es"] == "español"


@pytest.mark.parametrize("language", ["xx", "EN", "../en", ""])
def test_an_unknown_language_is_a_clear_error(language):
    """It is named, with the languages that there are; no path is made of it."""
    with pytest.raises(UsageError, match=r"no texts in the language .*\n.*de \(Deutsch\)"):
        Texts.load(language)


def test_what_a_language_lacks_is_said_in_english():
    """A gap in a translation is no gap on the screen, of the page and of an exercise."""
    half = Texts("de", {"rest.heading": Message({"other": "Pause"})}, read("en"))
    assert half.say("rest.heading") == "Pause"
    assert half.say("rest.go_on_now") == ENGLISH.say("rest.go_on_now")
    assert half.exercise(BRIDGE).name == BRIDGE.name


def test_a_key_that_does_not_exist_is_a_bug():
    """It is named, not shown."""
    with pytest.raises(ValueError, match=r"no text 'rest\.nonsense'"):
        GERMAN.say("rest.nonsense")


def test_an_exercise_of_ones_own_keeps_its_words():
    """A file that formcheck has no translation for speaks as it was written."""
    own = BRIDGE.model_copy(update={"id": "my_bridge"})
    assert GERMAN.exercise(own) == ENGLISH.exercise(BRIDGE)
    assert GERMAN.exercise(BRIDGE).name == "Beckenheben (Schulterbrücke)"


def test_a_correction_is_the_exercises_own():
    """The cue of a fault is looked up with the exercise that is done."""
    cue = Cue(1.0, "form", "Lower your back bone by bone.", "fault", (("name", "drops"),))
    assert ENGLISH.cue(cue, BRIDGE) == cue.text
    assert GERMAN.cue(cue, BRIDGE) == "Rollen Sie Wirbel für Wirbel ab."


def test_a_cue_that_nobody_translated_is_said_as_it_is():
    """Something else may speak as well: its English is better than silence."""
    assert GERMAN.cue(Cue(1.0, "praise", "Bravo."), BRIDGE) == "Bravo."
    unknown = Cue(1.0, "form", "Stay tall.", "fault", (("name", "of_another_exercise"),))
    assert GERMAN.cue(unknown, BRIDGE) == "Stay tall."


def test_numbers_in_cues_have_their_plural():
    """One second, two seconds."""
    one, two = (Cue(1.0, "count", "", "held", (("n", n),)) for n in (1, 2))
    assert GERMAN.cue(one, BRIDGE) == "1 Sekunde gehalten."
    assert GERMAN.cue(two, BRIDGE) == "2 Sekunden gehalten."


@pytest.mark.parametrize(
    ("refused", "text"),
    [
        (NotAssessed("nobody_in_view", ""), "I cannot see anybody."),
        (NotAssessed("landmarks_hidden", "", part="left_ankle"), "Hidden: your left ankle."),
        (NotAssessed("landmarks_hidden", ""), "Something is hidden that I need to see."),
        (
            NotAssessed("wrong_view", "", view=View.FRONT, views=(View.OBLIQUE, View.SIDE)),
            "Please turn sideways to the camera.",
        ),
        (
            NotAssessed("wrong_view", "", view=View.SIDE, views=(View.FRONT,)),
            "Please turn to face the camera.",
        ),
        (
            NotAssessed("wrong_view", "", view=View.SIDE, views=(View.OBLIQUE,)),
            "Please turn a little: I see you from the wrong side.",
        ),
        (
            NotAssessed("wrong_view", ""),
            "You point at the camera. Please turn side-on to it.",
        ),
    ],
)
def test_a_refusal_says_what_to_do(refused, text):
    """The part of the body and the way to turn are named where they are known."""
    assert ENGLISH.refusal(refused) == text
    assert ENGLISH.cue(Cue(1.0, "safety", "", "not_assessed", refused=refused), BRIDGE) == text


def test_advice_names_the_part_that_is_missing():
    """Step back until what is seen? Shown and said alike; nothing where nothing is to be done."""
    code = PlacementCode.WHOLE_BODY_IN_PICTURE
    check = PlacementCheck(code, PlacementStatus.BAD, Advice.STEP_BACK, "ankle")
    spoken = Cue(1.0, "form", "", "placement", (("advice", "step_back"), ("part", "ankle")))
    assert ENGLISH.advice(check) == "Step back until I can see your ankle."
    assert ENGLISH.cue(spoken, BRIDGE) == ENGLISH.advice(check)
    assert ENGLISH.advice(PlacementCheck(code, PlacementStatus.GOOD)) == ""


@pytest.mark.parametrize("texts", [ENGLISH, GERMAN], ids=["en", "de"])
def test_the_page_gets_everything_as_plain_tables(texts):
    """JSON through and through; plurals keep their forms, exercises stand beside the rest."""
    table = json.loads(json.dumps(texts.table([BRIDGE])))
    assert table["language"] == texts.language
    assert table["name"] == languages()[texts.language]
    assert table["texts"]["rest"]["seconds_left"].keys() == {"one", "other"}
    assert table["texts"]["button"]["stop"] == texts.say("button.stop")
    assert "exercise" not in table["texts"]
    assert table["exercises"]["glute_bridge"]["findings"]["drops"].keys() == {"says", "cue", "why"}


@pytest.mark.parametrize(
    ("language", "day", "short", "moment"),
    [
        ("en", "2 March 2026", "2 Mar", "2 March 2026, 09:05"),
        ("de", "2. März 2026", "2. März", "2. März 2026, 09:05 Uhr"),
        ("es", "2 de marzo de 2026", "2 mar", "2 de marzo de 2026, 09:05"),
        ("fr", "2 mars 2026", "2 mars", "2 mars 2026, 09:05"),
    ],
)
def test_the_day_comes_before_the_month(language, day, short, moment):
    """Everywhere in the way of its language, whatever this computer is set to."""
    texts, time = Texts.load(language), datetime(2026, 3, 2, 9, 5).astimezone()
    assert texts.date(time.date()) == day
    assert texts.short_date(time.date()) == short
    assert texts.moment(time) == moment
