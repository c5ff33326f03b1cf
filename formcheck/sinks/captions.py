"""Which cue is on the screen: the newest, for as long as it takes to read."""

from formcheck.analysis.snapshot import Snapshot

SHOWN_FOR_S = 2.5


class Caption:
    """Keep the newest cue for a while; counts are on the counter already."""

    def __init__(self) -> None:
        self._text = ""
        self._until_s = float("-inf")

    def update(self, snapshot: Snapshot) -> str:
        """Return what to show at this instant, empty for nothing."""
        cue = snapshot.cue
        if cue is not None and cue.kind != "count":
            self._text, self._until_s = cue.text, snapshot.time_s + SHOWN_FOR_S
        return self._text if snapshot.time_s <= self._until_s else ""
