"""The site as a WSGI application, for gunicorn, granian and their like."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportedly.pages.configuration")
application = get_wsgi_application()
