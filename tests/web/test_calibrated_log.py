"""What was measured of a person in a session is kept: for its own log, and for the next one."""

import json
from datetime import UTC, datetime

import pytest

from formcheck.analysis.own_numbers import Calibration, Fit, OwnSignal, RangeBasis
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import SideChoice
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.measures import View
from formcheck.recordings.calibration_file import CalibrationFile, save
from formcheck.recordings.calibration_store import CalibrationStore
from formcheck.recordings.session_facts import PlannedStep, SessionFacts, SessionFolder
from formcheck.recordings.session_log import SessionLog
from formcheck.session.events import Calibrated, SetEnded
from formcheck.session.own_ranges import OwnRanges
from formcheck.session.stages import Command, Stage
from formcheck.session_records import verdict_of
from formcheck.web.journal import Journal
from formcheck.web.unfinished import UnfinishedSession
from tests.cli.test_simulate import formcheck
from tests.session.puppets import Drive, puppet, repeated, session
from tests.web.serving import IDENTITY, served
from tests.web.simple_flow import SimpleFlow

LESS = {"glute_bridge": puppet("glute_bridge", reach=0.42)}
SIZE_PX = (640, 480)
BRIDGE = Calibration(
    "glute_bridge",
    View.SIDE,
    signals=(OwnSignal("bridge", "hip_lift", SideChoice.NEAR, 4.0, 10.5, 3),),
)


class Kept(Drive):
    """Goes through a session as the server does, which writes everything down."""

    def __init__(self, flow, folder, facts):
        super().__init__(flow, LESS)
        self.journal = Journal(SessionLog(folder, facts), IDENTITY)

    def command(self, command, exercise_id=None):
        """Ask for something."""
        events = super().command(command, exercise_id)
        self.journal.events(events, SIZE_PX)
        return events

    def tick(self, pose=None):
        """Take the next picture."""
        view = super().tick(pose)
        self.journal.take(view, SIZE_PX)
        return view


def facts(calibrations=()):
    """Return what a session of two sets of bridges says of itself."""
    planned = PlannedStep(exercise="glute_bridge", dose=repeated(2, 3))
    return SessionFacts(
        started="2026-01-01T10:00:00+00:00",
        language="en",
        plan=(planned,),
        calibrations=tuple(CalibrationFile.of(one) for one in calibrations),
    )


def begun(folder, known, calibrations=()):
    """Return a session that is written down, after its demonstration."""
    flow = session(("glute_bridge", repeated(2, 3)), known=known)
    drive = Kept(flow, folder, facts(calibrations))
    drive.command(Command.BEGIN)
    return drive


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return a session in which the own range was measured, and again before the second set."""
    folder = tmp_path_factory.mktemp("sessions") / "one"
    drive = begun(folder, OwnRanges(asks=True))
    drive.until(Stage.REST, within_s=90)
    drive.until(Stage.START)
    drive.command(Command.CALIBRATE)
    drive.until(Stage.SUMMARY, within_s=120)
    drive.journal.close()
    return folder, drive


def test_the_log_gives_the_same_verdicts(measured):
    """Each set is judged again by what was known when it was done, to the last digit."""
    folder, drive = measured
    ends = drive.of_kind(SetEnded)
    found = [verdict_of(recorded)[0] for recorded in SessionFolder(folder).sets()]
    assert found == [end.verdict for end in ends]
    assert [verdict.basis for verdict in found] == [RangeBasis.CALIBRATION] * 2
    assert [len(verdict.repetitions) for verdict in found] == [3, 3]
    first, second = (event.calibration for event in drive.of_kind(Calibrated))
    assert [verdict.fit.calibrations for verdict in found] == [(first,), (second,)]


def test_analyze_says_what_it_was_measured_against(measured, tmp_path):
    """The command takes what the log has of each set; a number set by hand wins."""
    folder, drive = measured
    words = ("analyze", folder, "--json", "--out", tmp_path)
    results = json.loads(formcheck(*words))
    first = drive.of_kind(Calibrated)[0].calibration.signals[0]
    assert [one["fit"]["basis"] for one in results] == ["calibration"] * 2
    assert results[0]["fit"]["calibrations"][0]["signals"][0]["furthest"] == first.furthest
    assert {one["target"] for one in results[0]["repetitions"]} == {first.furthest}
    results = json.loads(formcheck(*words, "--threshold", "glute_bridge.target=20"))
    assert {one["target"] for one in results[0]["repetitions"]} == {20.0}


def test_without_calibration_the_same_bridges_are_attempts(tmp_path):
    """What is kept of a session that measures nothing says that, too."""
    drive = begun(tmp_path / "plain", OwnRanges())
    drive.until(Stage.EXERCISING)
    drive.wait(14.0)
    drive.command(Command.STOP)
    drive.journal.close()
    (recorded,) = SessionFolder(tmp_path / "plain").sets()
    verdict, _ = verdict_of(recorded)
    assert (len(verdict.repetitions), len(verdict.attempts) >= 2) == (0, True)
    assert verdict.basis is not RangeBasis.CALIBRATION


def test_what_is_prescribed_is_in_the_log(tmp_path):
    """A set that was done by the therapist's numbers is judged by them again, to the last digit."""
    prescribed = Fit(
        thresholds=(SetThreshold("effort", 8.0), SetThreshold("minimum_excursion", 4.0))
    )
    flow = session(("glute_bridge", repeated(1, 3)), known=OwnRanges({"glute_bridge": prescribed}))
    numbers = {"glute_bridge": {one.name: one.value for one in prescribed.thresholds}}
    said = facts().model_copy(update={"thresholds": numbers})
    drive = Kept(flow, tmp_path / "set", said)
    drive.command(Command.BEGIN)
    drive.until(Stage.SUMMARY, within_s=90)
    drive.journal.close()
    (recorded,) = SessionFolder(tmp_path / "set").sets()
    (end,) = drive.of_kind(SetEnded)
    assert verdict_of(recorded)[0] == end.verdict
    assert end.verdict.basis is RangeBasis.THERAPIST
    assert len(end.verdict.repetitions) == 3  # which are attempts by the numbers of the file


def test_what_was_known_at_first_is_in_the_log(tmp_path):
    """A session that begins with a calibration is judged by it again, and gone on with by it."""
    known = OwnRanges({"glute_bridge": Fit((BRIDGE,))}, asks=True)
    drive = begun(tmp_path / "known", known, [BRIDGE])
    drive.until(Stage.EXERCISING)
    drive.wait(8.0)
    drive.journal.close()  # cut off in the middle of a set
    folder = SessionFolder(tmp_path / "known")
    (recorded,) = folder.sets()
    assert recorded.fit.calibrations == (BRIDGE,)
    resumed = UnfinishedSession(folder, load_all()).resumed()
    assert resumed.fits["glute_bridge"].calibrations == (BRIDGE,)
    assert len(verdict_of(recorded)[0].repetitions) >= 1


class Measures(SimpleFlow):
    """Has measured bridges by the time of the start."""

    def command(self, time_s, command, exercise_id=None):
        """Go on, or stop."""
        events = super().command(time_s, command, exercise_id)
        if self.view.stage is Stage.START:
            return (*events, Calibrated(time_s, "glute_bridge", BRIDGE))
        return events


def test_what_was_measured_is_there_for_the_next_session(tmp_path):
    """It lies beside the sessions, and the next one begins with it."""
    with served(tmp_path, flow=Measures, calibrates=True) as server:
        server.open()
        page = server.page()
        page.command("begin", "next", "next")
        page.receive_stage("start")
        page.command("stop")
        page.receive_stage("summary")
    (file,) = CalibrationStore(tmp_path).files(load_all())
    assert file.calibration().signals == BRIDGE.signals
    assert file.made == datetime.now(UTC).astimezone().date().isoformat()
    first = set(tmp_path.iterdir())
    with served(tmp_path, calibrates=True) as server:
        assert server.setting.known().fits["glute_bridge"].calibrations[0].signals == BRIDGE.signals
        server.open()
        page = server.page()
        page.command("begin", "stop")
        page.receive_stage("summary")
    (second,) = set(tmp_path.iterdir()) - first
    assert SessionFolder(second).facts.calibrations == (file,)


def test_who_leaves_calibration_out_has_none(tmp_path):
    """Nothing that was measured is used then."""
    save(CalibrationFile.of(BRIDGE), tmp_path / "calibrations" / "a.calibration.toml")
    with served(tmp_path, calibrates=False) as server:
        known = server.setting.known()
    assert known.fits == {}
