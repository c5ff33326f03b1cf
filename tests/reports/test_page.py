"""The result and its page: complete, self-contained, and without a number that is none."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from jsonschema.validators import validator_for

from formcheck.analysis.coach import Coach
from formcheck.errors import OutputError
from formcheck.exercises import library
from formcheck.pipeline import Observation, Run
from formcheck.reports import page
from formcheck.reports.result import build_result, write_json
from formcheck.reports.rows import Provenance
from formcheck.reports.turn_words import WHAT_TURNS_ARE
from formcheck.reports.words import summary_sentences
from tests.people import CLIPS, LABELS, poses
from tests.reports.rows import ATTEMPT, hold
from tests.sinks.small_disk import small_disk

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schema" / "result-1.json").read_text(encoding="utf-8")
)

VALIDATOR = validator_for(SCHEMA)(SCHEMA)


def test_the_published_schema_is_one():
    """It is right as a schema itself."""
    VALIDATOR.check_schema(SCHEMA)


def seen(clip, asked, partial):
    """Return what the core makes of a sample clip's exact landmarks."""
    run = Run(Coach([library.find(asked)]))
    run.process(Observation(*pair) for pair in poses(clip))
    return run.analysis(partial)


once_seen = cache(seen)


def analysed(clip, *, source="clip.mp4", asked=None, partial=None, seen=once_seen):
    """Return result and curve of a sample clip's exact landmarks."""
    asked = asked or LABELS[clip]["exercise"]
    analysis = seen(clip, asked, partial)
    provenance = Provenance(
        formcheck_version="0", engine="e", engine_version="1", model="m", model_sha256="0" * 64,
        source=source, width_px=640, height_px=480, rate_hz=25.0, asked_for=asked,
    )  # fmt: skip
    return build_result(analysis, provenance), analysis.curve


@pytest.mark.parametrize("clip", CLIPS)
def test_results_fit_the_published_schema(clip, tmp_path):
    """Every result validates, and has no NaN or infinity in it."""
    path = tmp_path / "result.json"
    write_json(analysed(clip)[0], path)

    def refuse(word):
        raise AssertionError(word)

    content = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    assert list(VALIDATOR.iter_errors(content)) == []
    assert content["schema_version"] == "1.3"


def test_equal_poses_give_equal_results():
    """Nothing but the provenance may differ between two analyses."""
    assert analysed("squat", seen=seen)[0] == analysed("squat", seen=seen)[0]


@pytest.mark.parametrize("clip", CLIPS)
def test_pages_load_nothing(clip):
    """No address of anything else, and a policy that forbids the browser to fetch."""
    html = page.render_page(*analysed(clip), video=None)
    assert not re.search(r"(?:src|href|url\()\s*=?\s*[\"'(]?\s*https?:", html)
    assert "default-src 'none'" in html


def test_a_page_has_every_repetition_and_fault():
    """Each repetition and each fault is a row, with the time to look at."""
    result, curve = analysed("sit_to_stand")
    html = page.render_page(result, curve, video=None)
    table = html.split("<h2>Repetitions</h2>")[1].split("</table>")[0]
    assert table.count("<tr>") == len(result.repetitions) + 1
    for fault in result.faults:
        assert fault.name.replace("_", " ") in html


def rows_of(html, heading):
    """Return the cells of the table under a heading, without markup, row by row."""
    body = html.split(f">{heading}</h2>")[1].split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("<tr>")[1:]]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


def test_a_page_shows_the_phases_and_the_range_of_each_repetition():
    """Out, hold and back in seconds; how far, of what target, how good; to which side."""
    result, curve = analysed("seated_thoracic_rotation")
    rows = rows_of(page.render_page(result, curve, None), "Repetitions")
    for cells, repetition in zip(rows, result.repetitions, strict=True):
        phases_s = (repetition.outbound_s, repetition.effort_s, repetition.return_s)
        share = f"{100 * repetition.reached:.0f} %"
        assert cells[2] == repetition.side
        assert cells[3] == f"{abs(repetition.peak_value):.0f} deg of 24 (±15) {share}"
        assert cells[4] == repetition.turn.says
        assert cells[5:8] == [f"{phase_s:.1f}" for phase_s in phases_s]
        assert sum(phases_s) == pytest.approx(repetition.end_s - repetition.start_s)


def test_a_page_compares_the_sides():
    """A row a side, and the sentence that is in the result and on the terminal."""
    result, curve = analysed("seated_thoracic_rotation")
    html = page.render_page(result, curve, None)
    assert [row[:2] for row in rows_of(html, "Left and right")] == [["left", "2"], ["right", "2"]]
    says = "Sides: no difference larger than the expected error of 15 deg."
    assert result.symmetry.says == says
    assert f"<p>{says}</p>" in html
    assert says in summary_sentences(result)


def test_a_page_says_what_the_degrees_of_a_turn_are_worth():
    """On the page and on the terminal, and only where there are such degrees."""
    result, curve = analysed("seated_thoracic_rotation")
    assert WHAT_TURNS_ARE in page.render_page(result, curve, None)
    assert WHAT_TURNS_ARE in summary_sentences(result)
    other, other_curve = analysed("squat")
    assert "chest turned" not in page.render_page(other, other_curve, None)
    assert WHAT_TURNS_ARE not in summary_sentences(other)


def test_an_exercise_without_sides_has_no_such_table():
    """Nor a column for them."""
    result, curve = analysed("squat")
    html = page.render_page(result, curve, None)
    assert result.symmetry is None
    assert "Left and right" not in html
    assert ">side</th>" not in html


def test_attempts_are_listed_with_how_far_they_got():
    """Movements too small to count are rows of their own, with the share of the target."""
    result, curve = analysed("squat")
    html = page.render_page(result.model_copy(update={"attempts": (ATTEMPT,)}), curve, None)
    assert rows_of(html, "Too small to count") == [["0.0 s", "9 deg of 30 (±4) 30 %"]]


def test_holds_to_one_side_say_so():
    """A column for the side is there where there are sides."""
    result, curve = analysed("front_plank")
    sided = result.model_copy(update={"holds": (hold(1, 5.0, side="left"),)})
    assert rows_of(page.render_page(sided, curve, None), "Holds")[0][5] == "left"
    assert ">side</th>" not in page.render_page(result, curve, None)


def test_a_page_is_put_in_place_whole(tmp_path):
    """The file is the page, and nothing else is left in the folder."""
    result, curve = analysed("squat")
    page.write_page(tmp_path / "a.html", result, curve, None)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page.render_page(
        result, curve, None
    )
    assert len(list(tmp_path.iterdir())) == 1


def test_names_cannot_inject_anything():
    """A file name is text, whatever is in it."""
    html = page.render_page(*analysed("squat", source="<script>alert(1)</script>.mp4"), video=None)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_small_video_is_inside_and_a_large_one_beside(tmp_path):
    """The page can be mailed alone, unless the video would make it unreadable."""
    video = tmp_path / "clip.annotated.mp4"
    video.write_bytes(b"0123456789")
    inside = page.render_page(*analysed("squat"), video)
    assert "data:video/mp4;base64,MDEyMzQ1Njc4OQ==" in inside
    beside = page.render_page(*analysed("squat"), video, largest_embedded_bytes=9)
    assert 'src="clip.annotated.mp4"' in beside
    assert "keep clip.annotated.mp4 beside it" in beside


def test_a_disk_without_room_for_the_video_twice_gets_a_page_beside_it(tmp_path):
    """The page is written without the video in it, and links to it."""
    video = tmp_path / "clip.annotated.mp4"
    video.write_bytes(bytes(400_000))
    with small_disk(100_000):
        page.write_page(tmp_path / "a.html", *analysed("squat"), video)
    assert 'src="clip.annotated.mp4"' in (tmp_path / "a.html").read_text(encoding="utf-8")
    with small_disk(1_000), pytest.raises(OutputError):
        page.write_page(tmp_path / "b.html", *analysed("squat"), video)


def test_a_video_beside_the_page_is_found_whatever_it_is_called(tmp_path):
    """``#``, ``?`` and ``%`` mean something in an address; in a file's name they do not."""
    video = tmp_path / "knee #2 100%.annotated.mp4"
    video.write_bytes(b"0")
    html = page.render_page(*analysed("squat"), video, largest_embedded_bytes=0)
    assert 'src="knee%20%232%20100%25.annotated.mp4"' in html
    assert "keep knee #2 100%.annotated.mp4 beside it" in html


def test_the_words_say_what_was_done_and_what_was_not_seen():
    """Count, sides, what was watched and what was not; never that the form was good."""
    result, _ = analysed("seated_thoracic_rotation")
    text = " ".join(summary_sentences(result))
    assert text.startswith(
        "Seated thoracic rotation (sitting on a chair):"
        " 4 repetitions (2 on the left, 2 on the right)"
    )
    assert "Nothing wrong seen in" in text
    assert "Not checked" in text
    assert "good form" not in text.lower()


def test_the_words_say_why_there_is_nothing():
    """An exercise that was not done, and one that was seen only in part."""
    result, _ = analysed("glute_bridge", asked="sit_to_stand", partial="breaks off at 3 s")
    first, second, *_ = summary_sentences(result)
    assert "not seen" in first or "could not be judged" in first
    assert second == "Only in part: breaks off at 3 s"
