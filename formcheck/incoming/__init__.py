"""Recordings from anywhere: taken in as files, analysed in the background, kept as sessions.

A recording waits in a queue (``queue.py``) on the disk (``shelf.py``), whose only truth is what
lies there: a restart loses nothing, and any number of programs may look. One of them at a time
works it off (``working.py``). What was done in it becomes a session of the store like any other, a
set for each stretch in which an exercise was recognised (``stretches.py``, ``session_folder.py``).
"""
