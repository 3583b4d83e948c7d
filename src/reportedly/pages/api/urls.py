"""The API put together, and its addresses."""

from __future__ import annotations

from reportedly.pages.api import deciding, downloads, reading
from reportedly.pages.api.describing import Api

api = Api()
api.add_router("", reading.router, tags=["Reading"])
api.add_router("", downloads.router, tags=["Downloads"])
api.add_router("/decisions", deciding.router, tags=["Decisions"])
