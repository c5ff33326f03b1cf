"""One text and how its gaps are filled.

A text has a single form, or one for each plural category of its language (CLDR: English has
``one`` and ``other``, Polish four). The page chooses and fills in the same way, so the rules
are kept small: the argument ``n`` chooses the form, ``{name}`` is a gap, and nothing else is
special.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.numbers import format_decimal

OTHER = "other"
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", OTHER})
CHOOSES = "n"
DECIMALS = 1  # more is never said to a patient

Argument = str | int | float

_GAP = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_NUMBER_PATTERN = "0." + "#" * DECIMALS
_STEP = Decimal(1).scaleb(-DECIMALS)


@dataclass(frozen=True, slots=True)
class Message:
    """One text, in the forms that its number asks for.

    Attributes
    ----------
    forms
        Texts by plural category; a text without a plural has ``other`` alone.
    is_plural
        Whether ``n`` chooses among the forms.

    Examples
    --------
    >>> message = Message({"one": "{n} second", "other": "{n} seconds"}, is_plural=True)
    >>> message.fill(Locale("en"), {"n": 1}), message.fill(Locale("en"), {"n": 2.5})
    ('1 second', '2.5 seconds')
    """

    forms: Mapping[str, str]
    is_plural: bool = False

    @property
    def gaps(self) -> frozenset[str]:
        """Names of all that has to be filled in, in any form."""
        return frozenset(name for form in self.forms.values() for name in _GAP.findall(form))

    def form(self, locale: Locale, number: Argument | None) -> str:
        """Return the form that goes with a number; the general one where there is no own."""
        if not self.is_plural or not isinstance(number, int | float):
            return self.forms[OTHER]
        category = locale.plural_form(_shown(number))
        return self.forms.get(category, self.forms[OTHER])

    def fill(self, locale: Locale, arguments: Mapping[str, Argument]) -> str:
        """Return the text with its gaps filled; numbers as the language writes them.

        Raises
        ------
        ValueError
            If something that has to be filled in is not given.
        """
        text = self.form(locale, arguments.get(CHOOSES))
        missing = sorted(set(_GAP.findall(text)) - set(arguments))
        if missing:
            raise ValueError(f"the text {text!r} needs {', '.join(missing)}")
        return _GAP.sub(lambda gap: _written(locale, arguments[gap[1]]), text)


def _written(locale: Locale, argument: Argument) -> str:
    if isinstance(argument, str):
        return argument
    return format_decimal(_shown(argument), format=_NUMBER_PATTERN, locale=locale)


def _shown(number: float) -> Decimal | int:
    """Round as browsers do: halves away from zero, by the decimals that are written."""
    rounded = Decimal(str(number)).quantize(_STEP, ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral_value() else rounded
