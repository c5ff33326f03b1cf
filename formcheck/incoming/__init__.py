"""Recordings from anywhere: taken in as files, analysed in the background, kept as sessions.

A recording waits in a queue on the disk (``queue.py``), whose only truth is what lies there: a
restart loses nothing, and any number of programs may look. One of them at a time works it off
(``working.py``). What was done in it becomes a session of the store like any other, a set for
each stretch in which an exercise was recognised (``stretches.py``, ``session_folder.py``).
"""

from formcheck.incoming.background import Background
from formcheck.incoming.queue import Queue, Taken, Wish
from formcheck.incoming.watching import Watched, Watcher, Watching
from formcheck.incoming.working import Worker

__all__ = ["Background", "Queue", "Taken", "Watched", "Watcher", "Watching", "Wish", "Worker"]
