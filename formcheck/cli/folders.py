"""Where things are kept on this computer unless another folder is given."""

from pathlib import Path

import platformdirs


def sessions_folder() -> Path:
    """Return where sessions are kept unless another folder is given."""
    return platformdirs.user_data_path("formcheck", appauthor=False) / "sessions"
