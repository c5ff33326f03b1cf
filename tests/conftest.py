"""What every test session needs: the pose model. Without it the session stops; none is skipped."""

import gc
import signal
from pathlib import Path

import pytest

from formcheck.errors import ModelError
from formcheck.estimators import model_files
from tests.once import share


def pytest_configure(config):
    """Let the workers of this run share what takes long to make."""
    share(config)


def pytest_sessionstart(session):  # noqa: ARG001
    """Stop at once, and say what to run, where the model is missing or damaged."""
    _hear_signals()
    try:
        model_files.checked(model_files.find())
    except ModelError as error:
        pytest.exit(
            f"the tests need the pose model: run `make test` or `formcheck models fetch`.\n{error}",
            returncode=4,
        )


def pytest_collection_finish(session):  # noqa: ARG001
    """Leave ten thousand collected tests out of each search for garbage: a quarter of the time."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config, items):
    """Leave out what takes minutes, unless tests are chosen by their markers."""
    if config.option.markexpr:
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, ("long", "browser")))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _hear_signals() -> None:
    """Undo what a background job inherits: programs started by tests would not hear Ctrl-C."""
    for ignored in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        if signal.getsignal(ignored) is signal.SIG_IGN:
            signal.signal(ignored, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def model() -> Path:
    """Return the pose model that formcheck would use."""
    return model_files.find()
