"""A calibration is kept as a small file that people can read, and comes back as it was."""

from datetime import date, datetime

import pytest

from formcheck.analysis.own_numbers import (
    Calibration,
    Fit,
    OwnPosture,
    OwnReading,
    OwnSignal,
)
from formcheck.errors import SourceError
from formcheck.exercises import library
from formcheck.exercises.schema import SideChoice
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.recordings.calibration_file import (
    CalibrationFile,
    checked,
    fit_of,
    load,
    save,
)
from formcheck.recordings.calibration_store import CalibrationStore

WHOLE = Calibration(
    exercise="side_bend",
    view=View.FRONT,
    signals=(
        OwnSignal("standing", "trunk_lean", SideChoice.NEAR, 0.5, 11.25, 4, limited_by=Side.RIGHT),
    ),
    postures=(OwnPosture("held", "hip_flexion", SideChoice.MEAN, 92.1),),
    readings=(OwnReading("hip_sways", -0.031),),
    made="2026-01-31",
    person="Patient 7",
    age_years=71,
)
THRESHOLDS = (SetThreshold("target", 15.0), SetThreshold("hip_sways.max", 0.3))
NOW = datetime(2026, 2, 3, 12).astimezone()


@pytest.mark.parametrize("calibration", [WHOLE, Calibration("side_bend", View.FRONT)])
def test_a_calibration_comes_back_as_it_was(tmp_path, calibration):
    """Written and read, every number is the same."""
    save(CalibrationFile.of(calibration, THRESHOLDS), tmp_path / "new" / "one.toml")
    file = load(tmp_path / "new" / "one.toml")
    assert file.calibration() == calibration
    assert file.set_thresholds() == THRESHOLDS


def test_it_is_read_by_people(tmp_path):
    """What it is, of whom and when stand first; a name of a threshold is quoted."""
    save(CalibrationFile.of(WHOLE, THRESHOLDS), tmp_path / "one.toml")
    text = (tmp_path / "one.toml").read_text()
    assert text.startswith('format = "formcheck calibration"\nformat_version = 1\n')
    assert 'person = "Patient 7"\nmade = "2026-01-31"\nexercise = "side_bend"' in text
    assert "[[signals]]" in text
    assert '"hip_sways.max" = 0.3' in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rest =", "is no calibration: not valid TOML"),
        ('exercise = "side_bend"', "view: Field required"),
        ('exercise = "side_bend"\nview = "above"', "view"),
        ('exercise = "side_bend"\nview = "front"\nspeed = 3', "speed"),
        ('exercise = "side_bend"\nview = "front"\nperson = "a/b"', "person"),
        ('exercise = "a"\nview = "front"\n[thresholds]\ntarget = nan', "thresholds.target"),
        ('exercise = "a"\nview = "front"\nformat_version = 2', "update formcheck"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(tmp_path, text, message):
    """The file, the field and what is wrong with it."""
    path = tmp_path / "one.toml"
    path.write_text(text)
    with pytest.raises(SourceError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    """Not a traceback."""
    with pytest.raises(SourceError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")


def test_what_does_not_fit_the_exercise_is_told():
    """A threshold that the exercise does not have, and numbers of another exercise."""
    exercise = library.find("side_bend")
    with pytest.raises(SourceError, match=r"one\.toml: side_bend has no threshold bend"):
        checked(exercise, Fit(thresholds=(SetThreshold("bend", 3.0),)), "one.toml")
    with pytest.raises(SourceError, match="not of side_bend"):
        checked(exercise, Fit((Calibration("cat_cow", View.SIDE),)), "one.toml")


def test_the_last_file_of_a_view_counts():
    """Two of the same view: the later; one of another view stands beside it."""
    first, again = (
        CalibrationFile.of(WHOLE),
        CalibrationFile.of(Calibration("side_bend", View.FRONT)),
    )
    other = CalibrationFile.of(Calibration("side_bend", View.OBLIQUE), THRESHOLDS)
    fit = fit_of([first, other, again])
    assert [one.view for one in fit.calibrations] == [View.OBLIQUE, View.FRONT]
    assert fit.calibrations[1].signals == ()
    assert fit.thresholds == THRESHOLDS


def test_a_store_keeps_the_newest_of_each_view(tmp_path):
    """What is measured again takes the place of what was; what was set by hand stays."""
    store = CalibrationStore(tmp_path)
    bend = Calibration(WHOLE.exercise, WHOLE.view, signals=WHOLE.signals)
    store.keep(bend, NOW)
    (path,) = store.folder.iterdir()
    path.write_text(path.read_text() + "\n[thresholds]\ntarget = 15\n")
    store.keep(Calibration("side_bend", View.FRONT), NOW)
    (file,) = store.files(library.load_all())
    assert (file.made, file.signals) == (date(2026, 2, 3).isoformat(), ())
    assert file.thresholds == {"target": 15.0}


def test_a_store_leaves_out_what_it_cannot_use(tmp_path):
    """A broken file costs itself and no session; other exercises are not asked for."""
    store = CalibrationStore(tmp_path)
    store.keep(Calibration("side_bend", View.FRONT), NOW)
    (store.folder / "broken.calibration.toml").write_text("rest =")
    (store.folder / "wrong.calibration.toml").write_text(
        'exercise = "side_bend"\nview = "front"\n[thresholds]\nbend = 3'
    )
    assert len(store.files(library.load_all())) == 1
    assert store.files({}) == ()
    assert CalibrationStore(tmp_path / "none").files(library.load_all()) == ()
