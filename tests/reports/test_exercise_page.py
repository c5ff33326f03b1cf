"""An exercise in words, on its page and on the terminal."""

import re
from pathlib import Path

import pytest

from formcheck.exercises import library
from formcheck.exercises.schema import Dose, Exercise
from formcheck.reports.exercise_page import kind_of, render_exercise, render_index, sources_of
from formcheck.reports.rule_words import RuleWords
from formcheck.texts import Texts, languages

DOCS = Path(__file__).parents[2] / "docs"
PAGES = DOCS / "exercises"
EXERCISES = library.load_all()
ENGLISH = Texts.load("en")
WORDS = RuleWords(ENGLISH)
each = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
BY_COMMAND = "run `formcheck exercises pages`"


@each
def test_pages_are_up_to_date(exercise):
    """What a page says is what the file says now."""
    picture = DOCS / "images" / "exercises" / f"{exercise.id}.jpg"
    strip = f"../images/exercises/{exercise.id}.jpg" if picture.is_file() else None
    written = (PAGES / f"{exercise.id}.md").read_text(encoding="utf-8")
    now = render_exercise(exercise, EXERCISES, ENGLISH, linked=True, strip=strip)
    assert written == now, BY_COMMAND


def test_the_index_is_up_to_date_and_nothing_is_left_over():
    """It leads to every exercise; no page is of an exercise that is gone."""
    written = (PAGES / "README.md").read_text(encoding="utf-8")
    assert written == render_index(EXERCISES.values(), ENGLISH), BY_COMMAND
    assert {page.stem for page in PAGES.glob("*.md")} == {*EXERCISES, "README", "sources"}


def test_pictures_are_small_and_of_exercises():
    """A page loads quickly; no strip is of an exercise that is gone."""
    strips = list((DOCS / "images" / "exercises").iterdir())
    assert {strip.stem for strip in strips} <= set(EXERCISES)
    assert max(strip.stat().st_size for strip in strips) <= 60 * 1024


@each
def test_every_source_is_on_the_page_of_sources(exercise):
    """A key that nobody can look up is no source."""
    page = (PAGES / "sources.md").read_text(encoding="utf-8")
    assert [key for key in sources_of(exercise) if f'<a id="{key.lower()}"></a>' not in page] == []


@pytest.mark.parametrize("language", languages())
@each
def test_everything_is_said_in_every_language(exercise, language):
    """Each fault, each unseen thing, each condition and each other exercise is named."""
    texts = Texts.load(language)
    own = texts.exercise(exercise)
    page = render_exercise(exercise, EXERCISES, texts)
    said = [own.name, own.purpose, own.place, own.must_be_in_frame, *own.synonyms]
    said += own.instructions.strip().splitlines()
    said += [text for one in own.findings.values() for text in (one.says, one.cue, one.why)]
    said += [text for one in own.not_checked.values() for text in (one.says, one.why)]
    said += [texts.say(f"health_condition.{one.condition}") for one in exercise.contraindications]
    said += [texts.say(f"equipment.{one}") for one in exercise.needs]
    others = (*exercise.easier, *exercise.harder, *exercise.alternatives)
    said += [texts.exercise(EXERCISES[name]).name for name in others]
    said += [text for text in (own.no_easier, own.no_harder, own.no_alternative) if text]
    assert [text for text in said if text not in page] == []


def test_without_links_there_are_none():
    """On a terminal a link would be noise."""
    bridge = EXERCISES["glute_bridge"]
    assert "](" not in render_exercise(bridge, EXERCISES, ENGLISH)
    linked = render_exercise(bridge, EXERCISES, ENGLISH, linked=True)
    assert "[Heel slide](heel_slide.md)" in linked


def test_a_file_of_ones_own_may_say_little():
    """Without doses, conditions, easier ones or pictures a page is shorter, and whole."""
    bare = {
        "id": "mine",
        "easier": (),
        "harder": (),
        "alternatives": (),
        "contraindications": (),
        "needs": (),
        "synonyms": (),
        "usual_dose": None,
        "motion": (),
        "form": (),
        "tempo": (),
    }
    own = Exercise.model_validate(EXERCISES["glute_bridge"].model_dump() | bare)
    page = render_exercise(own, {own.id: own}, ENGLISH)
    assert "No condition is listed." in page
    assert "Nothing but the movement itself." in page
    assert "could not be tried on simulated people" in page
    assert "![" not in page
    assert "Easier:" not in page


def test_kinds():
    """Held, repeated, or either."""
    assert kind_of(EXERCISES["front_plank"]) == "held"
    assert kind_of(EXERCISES["cat_cow"]) == "repeated"
    assert kind_of(EXERCISES["prone_press_up"]) == "repeated_or_held"


def test_a_signal_is_said_the_way_it_goes():
    """What grows reaches a value or more, what falls a value or less; with its error."""
    seated, on_all_fours = (EXERCISES["cat_cow"].variants[k].repetition.signals[0] for k in (1, 0))
    assert "begins at 48° or less, reaches 34° or more, and moves by at least 20°" in (
        WORDS.signal(seated)
    )
    assert "begins at -54° or more, reaches -28° or less" in WORDS.signal(on_all_fours)
    assert "good to about 8°" in WORDS.signal(seated)


def test_what_is_seen_poorly_is_never_called_a_fault():
    """Whatever its file has as an error, it stays a tip; a share of the start is one."""
    rules = {rule.name: rule for rule in EXERCISES["seated_thoracic_rotation"].form}
    assert rules["slumps"].error
    assert "tip below 92 %" in WORDS.form(rules["slumps"])
    assert "never a fault" in WORDS.form(rules["slumps"])
    assert "fault below -16° or above 16°" in WORDS.form(rules["leans_sideways"])


def test_rest_is_said_between_sets_alone():
    """After a single set there is nothing to rest for."""
    assert WORDS.dose(Dose(repetitions=5, rest_s=20)) == "1 set: 5 repetitions"
    assert WORDS.dose(Dose(sets=2, hold_s=10, rest_s=20)) == (
        "2 sets: hold for 10 seconds, 20 seconds of rest in between"
    )


def test_numbers_are_written_as_the_language_does():
    """German has a comma."""
    page = render_exercise(EXERCISES["side_bend"], EXERCISES, Texts.load("de"))
    assert re.search(r"Zwischen 1 und 1,2 m hoch", page)
