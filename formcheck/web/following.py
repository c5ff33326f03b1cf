"""Which setting sessions begin with: what is prescribed may be another on another day."""

from datetime import date

from formcheck.web.setting import Setting


class Following:
    """Follow what is prescribed as it stands.

    Parameters
    ----------
    setting
        What the server was started with.

    Attributes
    ----------
    setting
        What a session begins with that begins now.
    is_blocked
        Whether something in what is prescribed keeps every session from beginning.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.is_blocked = False
        self._looked_on: date = setting.today()

    @property
    def is_of_another_day(self) -> bool:
        """Whether something else may be due by now."""
        return self.setting.today() != self._looked_on

    def look_again(self) -> None:
        """Take what is prescribed now.

        Raises
        ------
        FormcheckError
            If something keeps its sessions from beginning.
        """
        self._looked_on = self.setting.today()
        self.is_blocked = True
        self.setting = self.setting.anew()
        self.is_blocked = False
