"""Where the model is looked for, in which order, and what is said of a wrong one."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import ModelError
from formcheck.estimators import model_files
from formcheck.estimators.model_files import MODEL_NAME, VARIABLE, ModelState
from formcheck.estimators.task_bundle import DETECTOR, LANDMARKS
from tests.estimators import tiny_model


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Return a file for each place of the search, in order; none exists yet."""
    checkout, data = tmp_path / "checkout", tmp_path / "data"
    monkeypatch.setattr(model_files, "checkout_folder", lambda: checkout)
    monkeypatch.setattr(
        model_files.platformdirs, "user_data_path", lambda *_, **__: data / "formcheck"
    )
    files = [
        tmp_path / "asked.task",
        tmp_path / "variable.task",
        checkout / "models" / MODEL_NAME,
        data / "formcheck" / MODEL_NAME,
    ]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv(VARIABLE, str(files[1]))
    return files


def test_the_search_goes_from_the_particular_to_the_general(places, monkeypatch):
    """--model, then the variable, then the checkout, then the user's data folder."""
    for file in places:
        file.touch()
    assert model_files.find(places[0]) == places[0]
    assert model_files.find() == places[1]
    monkeypatch.delenv(VARIABLE)
    assert model_files.find() == places[2]
    places[2].unlink()
    assert model_files.find() == places[3]


def test_a_model_that_was_named_is_not_replaced_by_another(places):
    """A wrong --model or variable is an error although a model lies in the usual place."""
    places[3].touch()
    with pytest.raises(ModelError, match=r"asked for at .*asked\.task, found nothing"):
        model_files.find(places[0])
    with pytest.raises(ModelError, match=f"{VARIABLE} names at .*found nothing"):
        model_files.find()
    with pytest.raises(ModelError, match="found a folder"):
        model_files.find(places[0].parent)


def test_without_a_model_the_places_and_the_command_are_named(places, monkeypatch):
    """The message is enough to go on."""
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(ModelError, match="formcheck models fetch") as caught:
        model_files.find()
    assert all(str(place.parent) in str(caught.value) for place in places[2:])


def test_an_installed_formcheck_looks_in_the_data_folder_alone(monkeypatch):
    """Without a checkout there is no models/ folder; the data folder is the person's own."""
    monkeypatch.setattr(model_files, "checkout_folder", lambda: None)
    (place,) = model_files.standard_places()
    assert place.name == MODEL_NAME
    assert place.parent.name == "formcheck"


def test_this_is_a_checkout():
    """The folder with pyproject.toml is found."""
    assert (model_files.checkout_folder() / "formcheck" / "errors.py").is_file()


def test_a_known_model_is_recognised_by_its_checksum(tmp_path, monkeypatch):
    """The name of the file does not matter."""
    path = tmp_path / "renamed.bin"
    path.write_bytes(tiny_model.BUNDLE)
    monkeypatch.setattr(model_files, "KNOWN_MODELS", {tiny_model.sha256(tiny_model.BUNDLE): "tiny"})
    found = model_files.verify(path)
    assert (found.state, found.sha256) == (ModelState.KNOWN, tiny_model.sha256(tiny_model.BUNDLE))


def test_another_whole_bundle_is_unknown_and_may_be_used(tmp_path):
    """Any bundle with the two networks will do for --model."""
    path = tmp_path / "other.task"
    path.write_bytes(tiny_model.BUNDLE)
    assert model_files.checked(path).state is ModelState.UNKNOWN


def _bundle_without_landmarks(path):
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("pose_detector.tflite", b"")


def _compressed(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in (DETECTOR, LANDMARKS):
            bundle.writestr(name, b"a network")


def _changed(path):
    path.write_bytes(tiny_model.BUNDLE.replace(b"detector detector", b"detector!detector", 1))


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.write_bytes(b""), "is not a bundle"),
        (lambda path: path.write_text("<html>Not found</html>"), "is not a bundle"),
        (lambda path: path.write_bytes(tiny_model.BUNDLE[:-30]), "or only a part of one"),
        (_bundle_without_landmarks, r"without pose_landmarks_detector\.tflite"),
        (_compressed, "is compressed"),
        (_changed, r"a damaged pose_detector\.tflite"),
    ],
    ids=["empty", "a web page", "cut off", "half of it", "compressed", "a changed byte"],
)
def test_a_damaged_model_never_reaches_the_engine(tmp_path, make, problem):
    """Native code that reads such a file may crash; the message says what is wrong with it."""
    path = tmp_path / "bad.task"
    make(path)
    assert model_files.verify(path).state is ModelState.DAMAGED
    with pytest.raises(ModelError, match=rf"bad\.task, got a file that .*{problem}"):
        model_files.checked(path)


@pytest.fixture(scope="module")
def any_file(tmp_path_factory):
    """Return a path to write to again and again."""
    return tmp_path_factory.mktemp("models") / "some.task"


@given(st.dictionaries(st.integers(0, len(tiny_model.BUNDLE) - 1), st.integers(0, 255), max_size=4))
def test_however_a_model_is_damaged_checking_it_ends_with_a_verdict(any_file, changes):
    """No change of bytes makes the check itself fail."""
    any_file.write_bytes(tiny_model.with_changes(tiny_model.BUNDLE, changes))
    found = model_files.verify(any_file)
    assert (found.state is ModelState.DAMAGED) == bool(found.problem)


def test_a_model_that_cannot_be_read_is_named(tmp_path):
    """A folder is not a model."""
    with pytest.raises(ModelError, match="expected to read the pose model"):
        model_files.verify(tmp_path)
