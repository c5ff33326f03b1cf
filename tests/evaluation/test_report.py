"""Tables and pages say what the scores say, and no more."""

import pytest

from formcheck.errors import LabelsError
from formcheck.estimators.base import EngineIdentity
from formcheck.evaluation.evaluation import Evaluation, MeasuredWith, load_evaluation
from formcheck.evaluation.landmark_scores import LandmarkScores, Separation, StreamScore
from formcheck.evaluation.notes import Explanation, Notes, Source, Split
from formcheck.evaluation.page import render_page
from formcheck.evaluation.report import NOT_EXPLAINED, misses, sections, to_markdown
from formcheck.evaluation.score import HoldError
from formcheck.evaluation.tables import faults_table, negatives_table, recognition_table, table
from tests.evaluation.cases import scored

IDENTITY = EngineIdentity("mediapipe", "1.2.2", "full.task", "0" * 64)
MISSED = scored(
    is_right=False, expect="hold", expected="held 2.0 to 9.0 s", answered="plank held 3.0 to 9.5 s",
    holds=(HoldError(start_error_s=1.0, end_error_s=0.5),),
)  # fmt: skip
STREAM = StreamScore(
    set_name="RepCount", name="stu1", shows="squat", asked_for="squat", n_labelled=4, n_counted=5,
    n_attempts=1, held_s=0, recognised="squat", is_abstention=False, sides=("left",),
    found_share=0.5, remarks="",
)  # fmt: skip
SEPARATION = Separation(
    set_name="frames", measure="knee_flexion_in_space", n_up=3, n_down=2, n_unread=1, auc=0.75,
    rest=38, effort=50, share_up_at_rest=1.0, share_down_at_effort=0.5,
)  # fmt: skip
SPLIT = Split(tuned={"anna"}, untouched={"ben"}, seen_before={"squat"})


def evaluation(*scores, landmark_scores=None) -> Evaluation:
    """Return an evaluation of these scores."""
    return Evaluation(
        measured_with=MeasuredWith.now(IDENTITY, "1" * 64, ("squat", "plank")),
        scores=scores,
        landmark_scores=landmark_scores,
    )


def section(title: str, found: Evaluation, notes: Notes) -> str:
    """Return what is under a heading."""
    return dict(sections(found, notes))[title]


def test_an_evaluation_comes_back_from_json_as_it_was(tmp_path):
    """Every table can be made again from what is written."""
    parts = LandmarkScores(streams=(STREAM,), separations=(SEPARATION,))
    written = evaluation(scored(), MISSED, landmark_scores=parts)
    path = tmp_path / "accuracy.json"
    path.write_text(written.to_json(), encoding="utf-8")
    assert load_evaluation(path) == written


@pytest.mark.parametrize(("text", "says"), [("{}", "again"), (None, "no such file")])
def test_what_is_no_evaluation_is_said_to_be_none(tmp_path, text, says):
    """A result of an earlier version, or nothing, is refused in words."""
    path = tmp_path / "accuracy.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(LabelsError, match=says):
        load_evaluation(path)


def test_every_miss_has_its_reason_or_says_that_it_has_none():
    """The run that was asked for decides, not the clip alone."""
    why = Explanation(file="anna/a.mp4", asked_for="squat", cause="label", says="One too many.")
    lines = misses([scored(), MISSED, scored(is_right=False, asked_for="auto")],
                   Notes(explanations=(why,))).splitlines()  # fmt: skip
    assert len(lines) == 2
    assert "(start +1.0 s, end +0.5 s). *Why:* label. One too many." in lines[0]
    assert lines[1].endswith(f"*Why:* {NOT_EXPLAINED}")


def test_without_misses_there_are_none():
    """It is said, not left out."""
    assert misses([scored()], Notes()) == "None."


def test_the_halves_are_apart():
    """Sources are of one half; what was seen before is not untouched."""
    found = evaluation(
        scored(), scored(source="ben", is_right=False),
        scored(source="ben", exercise="plank", asked_for="plank"), scored(source="eve"),
    )  # fmt: skip
    rows = section("The halves apart, exercise given", found, Notes(split=SPLIT)).splitlines()[2:]
    cells = {row.split(" | ")[0].strip("| "): row.split(" | ")[1].split()[0] for row in rows}
    assert cells == {"tuned": "1/1", "untouched": "1/2", "untouched, exercises added since": "1/1"}


def test_under_ten_cases_a_fault_is_not_measurable_yet():
    """Nine labelled clips give no share, ten do."""
    labelled = scored(faults_labelled=("low",), faults_found=("low",))
    assert "9/9, not measurable yet" in faults_table([labelled] * 9)
    assert "10/10 (72-100 %)" in faults_table([labelled] * 10)


def test_negatives_are_told_by_run_and_by_clip():
    """One wrong run of three makes its clip wrong."""
    runs = [
        scored(kind="forbidden", asked_for="a"),
        scored(kind="forbidden", asked_for="b", is_right=False),
        scored(kind="forbidden", asked_for="a", file="anna/b.mp4"),
        scored(kind="given"),
    ]
    first, second = negatives_table(runs).splitlines()[2:]
    assert "2/3" in first
    assert "1/2" in second


def test_recognition_has_a_row_for_what_formcheck_knows_and_one_for_the_rest():
    """None of these is right on the second, a miss on the first."""
    runs = [
        scored(kind="auto", recognition="right"),
        scored(kind="auto", recognition="none", is_right=False),
        scored(kind="elsewhere", recognition="none"),
        scored(kind="elsewhere", recognition="understandable"),
        scored(kind="elsewhere", recognition="wrong", recognised="superman", is_right=False),
    ]
    known, other, _, mean_f1 = recognition_table(runs).splitlines()[2:]
    assert " | 2 | 1 | 0 | 1 | 0 | 1/2" in known
    assert " | 3 | 0 | 1 | 1 | 1 | 2/3" in other
    # Of two done one was said, and nothing else was called it; of three of none two, and one more.
    assert "Mean F1 over the 1 exercises of these clips and none of these: **0.67**" in mean_f1


def test_landmark_sets_are_in_no_headline():
    """They have sections of their own; the headline is the same without them."""
    parts = LandmarkScores(streams=(STREAM,), separations=(SEPARATION,))
    alone, both = evaluation(scored()), evaluation(scored(), landmark_scores=parts)
    titles = [title for title, _ in sections(both, Notes())]
    assert section("All clips", alone, Notes()) == section("All clips", both, Notes())
    assert [t for t in titles if t.startswith("Landmark")] == titles[
        len(sections(alone, Notes())) :
    ]
    counts = section("Landmark sets: counts, exercise given", both, Notes())
    assert "| 0/1 (0-79 %) | 1/1 (21-100 %) | 0.25 |" in counts


def test_tables_without_rows_are_left_out():
    """No heading without anything under it."""
    assert table(("a",), []) == ""
    assert "Sides" not in to_markdown(evaluation(scored()), Notes())


def test_the_page_names_versions_sources_and_the_first_look():
    """What was measured with what, by whom the clips are, and how it was at first."""
    first = evaluation(
        scored(source="ben", exercise="plank", asked_for="plank", is_right=False, file="ben/p.mp4")
    )
    source = Source(folder="ben", repository="ben/clips", licence="none", what="1 clip")
    notes = Notes(sources=(source,), split=SPLIT, first_look=first)
    page = render_page(evaluation(scored(), MISSED), notes)
    for words in ("1.2.2", "0" * 64, "1" * 64, "| ben | ben/clips | none | untouched | 1 clip |"):
        assert words in page
    assert "## The first look at the untouched half" in page
    assert "| ben/p.mp4 | plank |" in page
    assert "## The first look" not in render_page(evaluation(scored()), Notes(split=SPLIT))
