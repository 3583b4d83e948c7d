"""The site as a WSGI application, for gunicorn, granian and their like."""

from __future__ import annotations

import gc
import os
import warnings

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportedly.pages.configuration")
# Static files are found in the package where nobody has collected them.
warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)
application = get_wsgi_application()

from reportedly.pages import keeping  # noqa: E402 - it needs the models

keeping.forget()
get_resolver().url_patterns  # noqa: B018 - what the views need is loaded now, not while the first reader waits
gc.collect()
gc.freeze()  # what is loaded stays: a collection while a reader waits need not look through it
