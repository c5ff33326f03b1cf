"""People in the middle of a session: what the tests of its flow begin with."""

from itertools import pairwise

from formcheck.session.stages import Command, Stage
from tests.session.puppets import Drive, puppet, repeated, session

BRIDGE = puppet("glute_bridge")
STANDING_UP = puppet("sit_to_stand")
PUPPETS = {
    "glute_bridge": BRIDGE,
    "sit_to_stand": STANDING_UP,
    "front_plank": puppet("front_plank", n=1, hold_s=9.0),
    "side_bend": puppet("side_bend"),
}


def stages(drive: Drive) -> list[Stage]:
    """Return the stages that were gone through."""
    seen = [Stage.WELCOME, *(view.stage for view in drive.views)]
    return [seen[0], *(after for before, after in pairwise(seen) if after is not before)]


def begun(*steps, fps: int = 15, **kwargs) -> Drive:
    """Return a session that has left the welcome."""
    drive = Drive(session(*steps, **kwargs), PUPPETS, fps)
    drive.command(Command.BEGIN)
    return drive


def exercising(name: str = "glute_bridge", fps: int = 15) -> Drive:
    """Return a session in the middle of its first repetition."""
    drive = begun((name, repeated(2, 3)), fps=fps)
    drive.until(Stage.EXERCISING)
    drive.wait(3.0)
    return drive
