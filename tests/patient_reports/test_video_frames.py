"""Pictures of a person are in a report only where they were asked for and kept."""

import base64
import json
import re
from dataclasses import replace

import cv2
import numpy as np
import pytest

from formcheck.exercises.library import load_all
from formcheck.patient_reports import ReportKind, Request, report
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from formcheck.recordings.session_facts import SessionFacts
from formcheck.store import Store
from formcheck.web.video import SessionVideo
from tests.robin import BRIDGE, ROBIN, day, done_set, prescribe, session_on
from tests.store.made_up import recording

EXERCISES = load_all()
BEGAN_S, GREY_A_SECOND = 10.0, 40
WORST_S = 14.0


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return a store with a video from second 10 on, which is lighter by 40 every second."""
    with Store.open(tmp_path_factory.mktemp("video")) as opened:
        prescribe(opened)
        (fault,) = done_set(BRIDGE, 1, n_clean=4).faults
        fault = replace(fault, start_s=13.5, end_s=14.5, evidence_s=WORST_S)
        bridges = replace(done_set(BRIDGE, 1), faults=(fault,), poses=recording(10))
        facts = SessionFacts(started="2026-03-05T08:00:00+00:00", language="en", plan=())
        begun = {"type": "VideoStarted", "time_s": BEGAN_S, "file": "video-01.mkv"}
        record = session_on(
            3,
            sets=(bridges,),
            facts=facts.model_dump_json().encode(),
            events=(json.dumps(begun) + "\n").encode(),
        )
        opened.take_in(record)
        folder = opened.folder / record.id
        folder.mkdir()
        video = SessionVideo(folder / "video-01.mkv")
        for n in range(25):
            light = np.full((90, 160, 3), GREY_A_SECOND * (n // 5), np.uint8)
            video._write(BEGAN_S + n / 5, light)
        video.end()
        video.wait()
        yield opened


def page(store, *, pictures):
    """Return the page of the session."""
    asked = Request(ReportKind.SESSION, ROBIN, "en", day(3), pictures=pictures)
    return report(store, asked, EXERCISES)


def test_without_being_asked_for_nobody_is_shown(store):
    """The video is there, and the page has no picture of it."""
    assert "data:image" not in html_of(page(store, pictures=False))


def test_the_picture_is_that_of_the_moment(store):
    """Four seconds into the video it is as light as the fifth second is; in the PDF as well."""
    document = page(store, pictures=True)
    (jpeg,) = re.findall(r"data:image/jpeg;base64,([^\"]+)", html_of(document))
    shown = cv2.imdecode(np.frombuffer(base64.b64decode(jpeg), np.uint8), cv2.IMREAD_COLOR)
    assert shown.mean() == pytest.approx(GREY_A_SECOND * 4, abs=6)
    assert b"/Subtype/Image" in pdf_of(document)


def test_a_video_that_cannot_be_read_gives_a_drawing_or_none(store):
    """The report is written all the same."""
    file = next(store.folder.glob("*/video-01.mkv"))
    contents = file.read_bytes()
    file.write_bytes(b"no video")
    try:
        assert "data:image" not in html_of(page(store, pictures=True))
    finally:
        file.write_bytes(contents)
