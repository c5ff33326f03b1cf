"""What every test session needs: the pose model. Without it the session stops; none is skipped."""

from pathlib import Path

import pytest

from formcheck.errors import ModelError
from formcheck.estimators import model_files


def pytest_sessionstart(session):  # noqa: ARG001
    """Stop at once, and say what to run, where the model is missing or damaged."""
    try:
        model_files.checked(model_files.find())
    except ModelError as error:
        pytest.exit(
            f"the tests need the pose model: run `make test` or `formcheck models fetch`.\n{error}",
            returncode=4,
        )


@pytest.fixture(scope="session")
def model() -> Path:
    """Return the pose model that formcheck would use."""
    return model_files.find()
