"""What the session page asks of a real session, and what it may say."""

import json
import math
import shutil
import struct
import time
from dataclasses import replace
from datetime import timedelta

import av
import numpy as np
import pytest

from formcheck.exercises.library import find
from formcheck.landmarks import INDEX
from formcheck.store import Store
from formcheck.web.video import SessionVideo, encoder
from tests.reviewing.made_session import (
    BEGAN,
    FALSE_COUNT,
    PERSON,
    SESSION_ID,
    made_record,
    made_store,
)
from tests.web.review.made_up_session import MadeUpSession
from tests.web.review.serving import THERAPIST, served_review

BASE = f"/api/review/sessions/{SESSION_ID}"
FALSE_SET, FALSE_NUMBER = FALSE_COUNT
NOW = BEGAN + timedelta(days=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with the session, made once."""
    folder = tmp_path_factory.mktemp("made")
    made_store(folder).close()
    return folder


@pytest.fixture
def page(made, tmp_path):
    """Return somebody who asks the server of a copy of the session."""
    folder = tmp_path / "sessions"
    shutil.copytree(made, folder)
    with Store.open(folder) as store, served_review(store, wall=NOW.timestamp) as server:
        yield Page(server, store)


class Page:
    """Asks as the session page does."""

    def __init__(self, server, store):
        self.server, self.store = server, store

    def get(self, path, base=BASE):
        """Return what is answered."""
        status, _, body = self.server.request(f"{base}{path}")
        assert status == 200, body
        return json.loads(body)

    def post(self, path, value=None, status=200):
        """Return what is answered to something that is said."""
        got, _, body = self.server.post(f"{BASE}{path}", value or {})
        assert got == status, body
        return json.loads(body) if body[:1] in b"{[" else body.decode()

    def correct(self, name=FALSE_SET, status=200, **said):
        """Say something of a set."""
        return self.post(f"/sets/{name}/corrections", said, status)


def test_a_session_is_told_whole(page):
    """Six exercises, five faults, pain, who it is, and nothing said yet."""
    told = page.get("")
    assert (told["person"], told["signed_off"], told["has_video"]) == (PERSON, None, False)
    assert len({one["exercise"] for one in told["sets"]}) == 6
    assert sum(one["machine"]["n_faults"] for one in told["sets"]) == 5
    assert [one["value"] for one in told["pain"]] == [3, 3, 3, 4, 3, 4, 3]
    assert all(one["machine"] == one["now"] for one in told["sets"])
    ends_s = [one["duration_s"] for one in told["sets"]]  # on the clock of the session
    assert ends_s == sorted(ends_s)
    assert all(one["started_s"] < one["duration_s"] for one in told["sets"])
    bird_dog = next(one for one in told["sets"] if one["name"] == "set-06-bird_dog")
    (fault,) = bird_dog["faults"]
    assert (fault["key"], fault["status"], fault["side"]) == ("fault-1", "machine", "left")
    assert fault["measure_label"]
    assert {one["name"] for one in bird_dog["fault_kinds"]} >= {"leg_too_high", "too_fast"}
    assert (told["previous"], told["next"]) == (None, None)


def test_a_false_count_is_rejected_and_comes_back(page):
    """What counts changes, the machine's word does not; withdrawn, it counts again."""
    said = {"subject": "repetition", "number": FALSE_NUMBER, "kind": "rejected", "comment": "mat"}
    told = page.correct(**said)
    assert (told["machine"]["n_repetitions"], told["now"]["n_repetitions"]) == (8, 7)
    one = told["repetitions"][FALSE_NUMBER - 1]
    assert (one["status"], one["comment"]) == ("rejected", "mat")
    (laid,) = told["corrections"]
    assert (laid["who"], laid["target"], laid["is_withdrawn"]) == (THERAPIST, FALSE_NUMBER, False)
    assert laid["time"].startswith(NOW.isoformat()[:16])
    again = page.post(f"/corrections/{laid['number']}/withdraw")
    assert again["now"] == again["machine"]
    assert [one["is_withdrawn"] for one in again["corrections"]] == [True]
    assert page.correct(**said)["now"]["n_repetitions"] == 7  # the clock stands: it is said anew
    page.post(f"/corrections/{laid['number']}/withdraw", status=422)
    page.post("/corrections/99/withdraw", status=422)


def test_what_was_missed_and_mistaken_is_said(page):
    """A fault is renamed, one is added, a repetition is added, a moment is commented."""
    told = page.correct("set-08-glute_bridge", subject="fault", number=1, kind="relabelled",
                        after={"name": "feet_misplaced"})  # fmt: skip
    assert told["faults"][0]["name"] == "feet_misplaced"
    start_s = told["started_s"] + 2.0
    after = {"name": "head_lifts", "start_s": start_s, "end_s": start_s + 1.0}
    told = page.correct("set-08-glute_bridge", subject="fault", kind="added", after=after)
    assert told["now"]["n_faults"] == 2
    assert told["faults"][0]["key"] == "added-2"
    after = {"start_s": start_s, "peak_s": start_s + 0.5, "end_s": start_s + 1.0, "side": "left"}
    told = page.correct("set-08-glute_bridge", subject="repetition", kind="added", after=after)
    assert told["now"]["n_repetitions"] == 9
    told = page.correct("set-08-glute_bridge", subject="set", kind="comment",
                        after={"at_s": start_s}, comment="<b>look</b>")  # fmt: skip
    (comment,) = told["comments"]
    assert (comment["at_s"], comment["text"], comment["who"]) == (start_s, "<b>look</b>", THERAPIST)


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "repetition", "number": 1, "kind": "signed_off"},
        {"subject": "repetition", "number": 1, "kind": "accepted", "who": "somebody else"},
        {"subject": "repetition", "number": 1, "kind": "accepted", "time": "2020-01-01"},
        {"subject": "repetition", "number": "1", "kind": "accepted"},
        {"subject": "repetition", "number": 99, "kind": "accepted"},
        {"subject": "repetition", "number": 0, "kind": "accepted"},
        {"subject": "repetition", "kind": "accepted"},
        {"subject": "fault", "number": 1, "kind": "relabelled", "after": {"name": "<script>"}},
        {"subject": "set", "kind": "moved", "after": {"time_s": 1.0, "landmark": 99}},
        {"subject": "repetition", "kind": "added", "after": {"start_s": 5.0, "end_s": 1.0}},
        {"subject": "set", "kind": "comment", "comment": ""},
        {"subject": "set", "kind": "comment", "comment": "a" * 5000},
        {"subject": "set", "kind": "comment", "after": {"a": [1]}, "comment": "x"},
        {},
    ],
    ids=json.dumps,
)
def test_what_cannot_be_said_is_refused(page, said):
    """Nothing of it is kept; who says something is never taken from the wire."""
    page.correct(status=422, **said)
    assert page.store.corrections(SESSION_ID) == ()


@pytest.mark.parametrize(
    "path",
    [
        "/api/review/sessions/elsewhere",
        f"{BASE}/sets/set-99-glute_bridge/poses",
        f"{BASE}/sets/set-99-glute_bridge/curves",
        f"{BASE}/sets/..%2F..%2Fetc/poses",
        f"{BASE}/sets/{FALSE_SET}/video",
        f"{BASE}/thresholds/cat_cow",
        "/api/review/sessions/..%2f../sets/x/video",
    ],
)
def test_what_is_not_there_is_not_there(page, path):
    """No set, no session, no video, no way out of the store."""
    assert page.server.request(path)[0] == 404


def test_the_rest_is_accepted_and_the_session_signed_off(page):
    """One key for everything nobody has said anything about; agreement follows."""
    page.correct(subject="repetition", number=FALSE_NUMBER, kind="rejected")
    told = page.post("/accept-rest")
    states = {
        item["status"]
        for one in told["sets"]
        for kind in ("repetitions", "holds", "faults")
        for item in one[kind]
    }
    assert states == {"accepted", "rejected"}
    signed = page.post("/sign-off", {"comment": "well done"})["signed_off"]
    assert (signed["who"], signed["comment"]) == (THERAPIST, "well done")
    told = page.get("", f"/api/review/people/{PERSON}/agreement")
    bridge = next(one for one in told if one["exercise"] == "glute_bridge")
    assert (bridge["n_agreed"], bridge["n_rejected"], bridge["n_reviewed"]) == (24, 1, 25)
    assert bridge["interval"][0] < bridge["share"] == 24 / 25 < bridge["interval"][1]
    assert page.get("", "/api/review/people/kim/agreement") == []
    assert page.store.check() == ()


def poses(page, name):
    """Return times, image and world as the page reads them."""
    status, _, body = page.server.request(f"{BASE}/sets/{name}/poses")
    assert status == 200
    n, width, height = struct.unpack("<3I", body[:12])
    flat = np.frombuffer(body[12:], "<f4")
    times, rest = flat[:n], flat[n:].reshape(2, n, 33, 3)
    return (width, height), times, rest[0], rest[1]


def test_a_landmark_is_moved_where_it_was_dragged(page):
    """In that picture alone, in what is drawn and in what is measured; the verdict stays."""
    size_px, times, image, world = poses(page, FALSE_SET)
    assert size_px == (1280, 720)
    recording = list(page.store.recording(SESSION_ID, FALSE_SET))
    assert len(times) == len(recording)
    assert np.allclose(image[9, :, :2], recording[9][1].image, atol=0.01)
    before = page.get(f"/sets/{FALSE_SET}/curves")
    hip = INDEX["left_hip"]
    x, y = (float(value) for value in image[9, hip, :2])
    after = {"time_s": float(times[9]), "landmark": hip, "x_px": x + 40.0, "y_px": y - 30.0}
    told = page.correct(subject="set", kind="moved", after=after)
    assert told["now"] == told["machine"]
    _, _, moved, moved_world = poses(page, FALSE_SET)
    assert np.allclose(moved[9, hip, :2], (x + 40, y - 30), atol=0.06)
    assert moved_world[9, hip, 0] > world[9, hip, 0]
    others = np.delete(np.arange(len(times)), 9)
    assert np.array_equal(moved[others], image[others], equal_nan=True)
    curves = page.get(f"/sets/{FALSE_SET}/curves")
    pairs = [
        (one["values"], other["values"])
        for one, other in zip(before["curves"], curves["curves"], strict=True)
    ]
    assert any(one[9] != other[9] for one, other in pairs)
    assert all(one[10:] == other[10:] for one, other in pairs)
    page.post(f"/corrections/{told['corrections'][0]['number']}/withdraw")
    assert np.array_equal(poses(page, FALSE_SET)[2], image, equal_nan=True)


def test_curves_have_their_numbers(page):
    """What is counted by comes first, with rest, where it counts from, and the target."""
    told = page.get(f"/sets/{FALSE_SET}/curves")
    first = told["curves"][0]
    assert (first["measure"], first["is_primary"], first["unit"]) == ("hip_lift", True, "deg")
    numbers = {one["name"]: one["value"] for one in first["thresholds"]}
    assert {"rest", "counts from", "target"} <= set(numbers)
    assert len(told["times_s"]) == len(first["values"])
    assert max(value for value in first["values"] if value is not None) > numbers["counts from"]


def test_the_made_up_session_of_the_pages_tests_says_what_a_session_says(page):
    """Else the page is tested with what no server tells it."""
    real, made_up = page.get(""), MadeUpSession().session()
    assert real.keys() == made_up.keys()
    assert real["sets"][0].keys() == made_up["sets"][0].keys()


def test_other_numbers_change_the_counts_and_nothing_else(page):
    """A target out of reach makes attempts of repetitions; what is kept stays as it was."""
    told = page.get("/thresholds/glute_bridge")
    numbers = {one["name"]: one for one in told["numbers"]}
    effort = numbers["minimum_excursion"]
    assert (effort["value"], effort["in_the_file"], effort["prescribed"]) == (8.0, 8.0, None)
    assert math.isfinite(effort["expected_error"])
    same = page.post("/thresholds/glute_bridge", {"numbers": []})
    assert same["now"] == same["before"]
    more = page.post(
        "/thresholds/glute_bridge", {"numbers": [{"name": "minimum_excursion", "value": 60.0}]}
    )
    assert more["before"]["n_repetitions"] == 24
    assert more["now"]["n_repetitions"] < 24
    assert [one["exercise"] for one in more["sets"]] == ["glute_bridge"] * 3
    assert more["took_s"] > 0
    session = page.get("")
    assert all(one["now"] == one["machine"] for one in session["sets"])


@pytest.mark.parametrize(
    "numbers",
    [
        [{"name": "no_such_number", "value": 1.0}],
        [{"name": "target", "value": -500.0}],
        [{"name": "target", "value": "10"}],
        [{"name": "target", "value": 10.0, "who": "me"}],
        [{"name": "target"}] * 2,
        [{"name": "target", "value": 10.0}] * 101,
    ],
)
def test_numbers_that_are_none_are_refused(page, numbers):
    """With what is wrong, and without judging."""
    page.post("/thresholds/glute_bridge", {"numbers": numbers}, status=422)


def test_numbers_that_do_not_go_together_are_refused_in_words(page):
    """As somebody would say it who does not know how it is checked."""
    numbers = [{"name": "target", "value": -50.0}]
    told = page.post("/thresholds/glute_bridge", {"numbers": numbers}, status=422)
    assert told["says"] == "glute_bridge: target = -50: target must lie beyond rest and effort"


def filmed(page):
    """Keep a session of one set with a video that begins before it; return that set."""
    one = page.store.session(SESSION_ID).sets[1]
    begun_s = one.started_s - 5.0
    said = {"type": "VideoStarted", "time_s": begun_s, "file": "video-01.mkv"}
    begun = f"{json.dumps(said)}\n".encode()
    kept = replace(made_record(), id="with-video", events=begun, sets=(one,), pain_ratings=())
    page.store.take_in(replace(kept, screens=()))
    folder = page.store.folder / kept.id
    folder.mkdir()
    video = SessionVideo(folder / "video-01.mkv")
    for k in range(round((one.duration_s + 3.0 - begun_s) * 10)):
        shade = min(255, k)  # tenths of a second since the video began
        video.offer(begun_s + k / 10, np.full((48, 64, 3), shade, np.uint8))
        while video._waiting.qsize() > 4:
            time.sleep(0.001)
    video.end()
    video.wait()
    return one


@pytest.mark.skipif(encoder() is None, reason="there is no encoder here to keep a video with")
def test_a_kept_video_is_played_from_the_start_of_its_set(page):
    """Also where the video began before: its time 0 is the start of the set, to a picture."""
    one, base = filmed(page), "/api/review/sessions/with-video"
    with_video = page.get("", base)
    assert with_video["has_video"]
    told = next(each for each in with_video["sets"] if each["name"] == one.name)
    assert told["video_start_s"] == one.started_s
    status, headers, body = page.server.request(f"{base}/sets/{one.name}/video")
    assert (status, headers["Content-Type"]) == (200, "video/mp4")
    target = page.store.folder / "part.mp4"
    target.write_bytes(body)
    with av.open(str(target)) as part:
        frames = [
            (frame.time, frame.to_ndarray(format="rgb24").mean()) for frame in part.decode(video=0)
        ]
    first_s, shade = frames[0]
    assert abs(first_s) <= 0.11
    assert abs(shade - 50) <= 6  # five seconds after it began
    status, headers, some = page.server.request(
        f"{base}/sets/{one.name}/video", headers={"Range": "bytes=0-99"}
    )
    assert (status, some) == (206, body[:100])


def test_numbers_of_the_exercise_are_named(page):
    """Every number that can be set has a name in words."""
    told = page.get("/thresholds/front_plank")
    assert told["name"] == find("front_plank").name
    assert all(one["label"] and one["unit"] for one in told["numbers"])
