"""What the processes of `working` need, loaded once."""

from __future__ import annotations

from reportedly.record import setup

setup.configure()

from reportedly.record import adding, incoming  # noqa: E402
from tests.record import factories  # noqa: E402

__all__ = ["adding", "factories", "incoming"]
