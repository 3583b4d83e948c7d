"""The addresses of the pages."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.sitemaps import views as sitemaps
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from reportedly.pages.api import documenting
from reportedly.pages.api.urls import api
from reportedly.pages.views import (
    articles,
    events,
    feeds,
    finding,
    front,
    health,
    lists,
    mapping,
    pictures,
    releases,
    responses,
    searching,
    staff_adding,
    staff_moderation,
    staff_review,
    staff_sources,
    whole_text,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("events/map.json", mapping.of_events, name="map-events"),
    path("events.atom", feeds.event_feed, name="feed-front"),
    path("figures.atom", feeds.figure_feed, name="feed-figures"),
    path("control.atom", feeds.control_feed, name="feed-control"),
    path("disputes.atom", feeds.dispute_feed, name="feed-disputes"),
    path("search.atom", feeds.search_feed, name="feed-search"),
    path("sources.atom", feeds.names_feed, {"name": "sources"}, name="feed-sources"),
    path("actors.atom", feeds.names_feed, {"name": "actors"}, name="feed-actors"),
    path("places.atom", feeds.names_feed, {"name": "places"}, name="feed-places"),
    path("releases.atom", feeds.release_feed, name="feed-releases"),
    path("sources/<path:name>.atom", feeds.source_feed, name="feed-source"),
    path("events/<str:public_id>.png", pictures.event, name="event-picture"),
    path("events/<str:public_id>", events.event, name="event"),
    path("articles/<str:public_id>", articles.article, name="article"),
    path("articles/<str:public_id>/text", whole_text.whole_text, name="article-text"),
    path("respond/<str:kind>/<path:target>", responses.respond, name="respond"),
    path("figures", lists.figure_list, name="figures"),
    path("figures/<path:key>", lists.series, name="figures-series"),
    path("control/map.json", mapping.of_control, name="map-control"),
    path("control", lists.control_list, name="control"),
    path("disputes", lists.dispute_list, name="disputes"),
    path("sources", lists.source_list, name="sources"),
    path("sources/<path:name>", lists.source, name="sources-one"),
    path("actors", lists.actor_list, name="actors"),
    path("actors/<path:name>", lists.actor, name="actors-one"),
    path("places", lists.place_list, name="places"),
    path("places/<path:name>", lists.place, name="places-one"),
    path("releases", releases.release_list, name="releases"),
    path("releases/<str:name>", releases.release, name="release"),
    path("releases/<str:name>/<str:file>", releases.file, name="release-file"),
    path("search", searching.search, name="search"),
    path("about", searching.about, name="about"),
    path("api", documenting.page, name="api"),
    path("api/v1/", api.urls),
    path("healthz", health.health, name="health"),
    path("robots.txt", finding.robots, name="robots"),
    path("sitemap.xml", finding.index, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": finding.SITEMAPS}, "sitemap-section"),
    path("favicon.ico", RedirectView.as_view(url=static("pages/favicon.svg"), permanent=True), name="favicon"),
    path("sign-in", auth.LoginView.as_view(template_name="pages/sign_in.html"), name="sign-in"),
    path("sign-out", auth.LogoutView.as_view(), name="sign-out"),
    path("staff", staff_review.desk, name="staff"),
    path("staff/statements/<path:key>", staff_review.statement, name="staff-statement"),
    path("staff/next", staff_review.following, name="staff-next"),
    path("staff/events/<str:public_id>", staff_review.event, name="staff-event"),
    path("staff/articles/<str:public_id>", staff_review.article, name="staff-article"),
    path("staff/sources/<path:key>", staff_sources.source, name="staff-source"),
    path("staff/outlets/<path:key>", staff_sources.outlet, name="staff-outlet"),
    path("staff/decisions", staff_review.log, name="staff-log"),
    path("staff/seen", staff_review.seen, name="staff-seen"),
    path("staff/responses", staff_moderation.moderation, name="staff-responses"),
    path("staff/responses/<int:number>", staff_moderation.moderate, name="staff-moderate"),
    path("staff/add", staff_adding.add, name="staff-add"),
    path("staff/jobs/<int:number>", staff_adding.job, name="staff-job"),
    path("staff/jobs/<int:number>/again", staff_adding.again, name="staff-again"),
    path("administration/", admin.site.urls),
]
