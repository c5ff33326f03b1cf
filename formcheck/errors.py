"""Every exception that formcheck raises on purpose.

Each says what was expected, what was found, where, and what to do. The command line prints
it without a traceback and exits with ``exit_code``.

* FormcheckError            1
  + UsageError              2   an option or argument does not make sense
  + SourceError             3   a camera, video, folder or recording cannot be opened or read
    - DamagedSourceError    3   ... reading broke off in the middle; what came before stands
  + ModelError              4   the pose model is missing, wrong or cannot be fetched
  + EngineError             5   the pose engine stopped or could not be started
  + ExerciseFileError       6   an exercise file is not valid
  + OutputError             7   a result cannot be written
  + LabelsError             8   a file of labels for ``evaluate`` is not valid
  + DisplayError            9   a window was asked for and there is no display
  + PrescriptionError      10   a prescription is not valid, or may not be used like that
  + StoreError             11   the store cannot be opened, read or written, or is damaged
    - StaleRevisionError   11   ... somebody else has saved a newer prescription meanwhile
  + HandoverError          12   a hand-over file is damaged, foreign, or asks for another passphrase
"""


def unread(error: OSError | UnicodeDecodeError) -> str:
    """Return why a file that somebody named could not be read, and what to do about it.

    Examples
    --------
    >>> unread(FileNotFoundError(2, "No such file or directory"))
    'no such file; check its name and folder'
    """
    match error:
        case FileNotFoundError():
            return "no such file; check its name and folder"
        case IsADirectoryError():
            return "that is a folder; name a file in it"
        case PermissionError():
            return "you may not read it; ask whoever owns it, or copy it to a folder of yours"
        case UnicodeDecodeError():
            return "it holds no text; check that it is the file you meant"
        case _:
            return error.strerror or str(error)


class FormcheckError(Exception):
    """Base class: something that the person running formcheck can put right."""

    exit_code = 1


class UsageError(FormcheckError):
    """An option or argument does not make sense."""

    exit_code = 2


class SourceError(FormcheckError):
    """A camera, video, folder of pictures or saved recording cannot be opened or read."""

    exit_code = 3


class DamagedSourceError(SourceError):
    """A video or recording broke off or is damaged; the frames that were yielded are good."""


class ModelError(FormcheckError):
    """The pose model is missing, is not the expected one, or cannot be fetched."""

    exit_code = 4


class EngineError(FormcheckError):
    """The pose engine could not be started, or stopped while it was working."""

    exit_code = 5


class ExerciseFileError(FormcheckError):
    """An exercise file is not valid; the message names the file and the field."""

    exit_code = 6


class OutputError(FormcheckError):
    """A result cannot be written."""

    exit_code = 7


class LabelsError(FormcheckError):
    """A file of labels for ``evaluate`` is not valid."""

    exit_code = 8


class DisplayError(FormcheckError):
    """A window was asked for and there is no display to open it on."""

    exit_code = 9


class PrescriptionError(FormcheckError):
    """A prescription is not valid, or may not be used like that."""

    exit_code = 10


class StoreError(FormcheckError):
    """The store of sessions cannot be opened, read or written, or is damaged."""

    exit_code = 11


class StaleRevisionError(StoreError):
    """What was to be saved was made from an older revision; nothing was overwritten."""


class HandoverError(FormcheckError):
    """A hand-over file is damaged, foreign, or asks for another passphrase; nothing was changed."""

    exit_code = 12
