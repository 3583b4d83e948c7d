"""Options that several commands share: each is described once, and a command only names those that it takes."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

#: For each option the type that typer reads (annotated) and its default.
Options = Mapping[str, tuple[Any, Any]]
#: The values of a command's shared options by name.
Given = dict[str, Any]
Command = Callable[..., None]


def taking(described: Options, names: str) -> Callable[[Command], Command]:
    """A command with some of these options behind its own parameters; their values are its argument `given`.

    Args:
        described: all options that commands of a kind share.
        names: those that this one takes, separated by spaces, in the order of its help.
    """
    chosen = names.split()

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def called(**arguments: Any) -> None:
            given = {name: arguments.pop(name) for name in chosen}
            command(**arguments, given=given)

        signature = _with(inspect.signature(command, eval_str=True), described, chosen)
        annotations = {name: one.annotation for name, one in signature.parameters.items()}
        called.__signature__ = signature  # type: ignore[attr-defined]  # which typer reads, as it does the annotations
        called.__annotations__ = annotations
        return called

    return decorate


def _with(signature: inspect.Signature, described: Options, chosen: list[str]) -> inspect.Signature:
    """A signature with options in the place of `given`."""
    own = [one for one in signature.parameters.values() if one.name != "given"]
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, (annotation, default) in ((name, described[name]) for name in chosen)
    ]
    return signature.replace(parameters=[*own, *more])
