"""Commands whose modules are imported when they are run, not when they are listed.

Who asks for help, or runs one command, does not wait for what the others need, as the store and
the web server: importing them all takes more than a second.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


class OnDemand(Mapping[str, Any]):
    """Commands by their names, each imported when it is first asked for.

    Parameters
    ----------
    package
        It has a module for each command, with a function of its name or, where the command has
        commands of its own, a ``typer.Typer`` named ``app``. What is a dash in the command is an
        underscore there.
    names
        Of the commands.
    """

    def __init__(self, package: str, names: tuple[str, ...]) -> None:
        self._package = package
        self._names = names
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return a command, ready to run."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, without an import."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)

    def _make(self, name: str) -> Any:
        word = name.replace("-", "_")
        module = import_module(f"{self._package}.{word}")
        # A group of two stays a group when typer makes its commands; one command alone would not.
        holder = typer.Typer(add_completion=False, rich_markup_mode=None)
        holder.callback()(_nothing)
        if isinstance(getattr(module, "app", None), typer.Typer):
            holder.add_typer(module.app, name=name)
        else:
            holder.command(name)(getattr(module, word))
        group = get_command(holder)
        assert isinstance(group, TyperGroup)
        return group.commands[name]


class GroupOnDemand(TyperGroup):
    """A group that lists its commands from a table, and imports the one that is run.

    Attributes
    ----------
    package
        See `OnDemand`.
    says
        What each command does in one sentence, by its name, in the order of the list.
    """

    package: ClassVar[str]
    says: ClassVar[Mapping[str, str]]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = OnDemand(self.package, tuple(self.says))  # type: ignore[assignment]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands as a group does that has imported them all."""
        listed = [TyperCommand(name, help=text) for name, text in self.says.items()]
        TyperGroup(commands=listed).format_commands(ctx, formatter)


def _nothing() -> None:
    pass
