"""The worker's environment has no way out, and is otherwise the user's own."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from formcheck.estimators import environment
from formcheck.estimators.environment import NOWHERE, worker_environment

PROXY = st.sampled_from(["http", "https", "all", "no", "grpc", "no_grpc", "ftp"]).map(
    "{}_proxy".format
)
SPELLED = st.one_of(PROXY, PROXY.map(str.upper), PROXY.map(str.title))


@given(st.dictionaries(SPELLED, st.just("http://proxy.example:3128")))
def test_no_inherited_proxy_or_exception_remains(inherited):
    """Whatever is set, in whatever spelling: HTTP and HTTPS go nowhere, without exceptions."""
    made = worker_environment(inherited)
    assert made["https_proxy"] == made["HTTPS_PROXY"] == made["http_proxy"] == NOWHERE
    left = {name.lower(): value for name, value in made.items() if value.startswith("http://proxy")}
    assert set(left) <= {"ftp_proxy"}
    assert not [name for name in made if name.lower().startswith("no_")]


def test_the_rest_is_handed_on(monkeypatch):
    """Folders, languages and library paths stay as the user set them; nothing is added to them."""
    monkeypatch.setattr(environment, "checkout_folder", lambda: None)
    inherited = {"HOME": "/home/ada", "LD_LIBRARY_PATH": "/opt/lib", "PYTHONPATH": "/opt/py"}
    made = worker_environment(inherited)
    assert {name: made[name] for name in inherited} == inherited


def test_a_checkout_is_found_by_the_worker(monkeypatch):
    """Code that was not installed is put before other paths."""
    monkeypatch.setattr(environment, "checkout_folder", lambda: Path("/src/formcheck"))
    assert worker_environment({})["PYTHONPATH"] == str(Path("/src/formcheck"))
    both = worker_environment({"PYTHONPATH": "/opt/py"})["PYTHONPATH"]
    assert both.split(os.pathsep) == [str(Path("/src/formcheck")), "/opt/py"]
