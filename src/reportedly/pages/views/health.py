"""What a load balancer or a watchdog asks: does the site answer, and can it read its record?"""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from reportedly.errors import RecordError
from reportedly.record import setup
from reportedly.record.models import Article

logger = logging.getLogger(__name__)


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """ "ok", or 503 where the record cannot be read; the reason is in the log, not here."""
    try:
        with setup.told():
            Article.objects.exists()
    except RecordError as error:
        logger.error("%s", error)
        return HttpResponse("the record cannot be read\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
