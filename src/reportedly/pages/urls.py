"""The addresses of the pages."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.contrib.sitemaps import views as sitemaps
from django.templatetags.static import static
from django.urls import path
from django.views.generic import RedirectView

from reportedly.pages.views import articles, events, feeds, finding, front, lists, mapping, pictures, searching

urlpatterns = [
    path("", front.front, name="front"),
    path("events/map.json", mapping.of_events, name="map-events"),
    path("events.atom", feeds.event_feed, name="feed-front"),
    path("figures.atom", feeds.figure_feed, name="feed-figures"),
    path("control.atom", feeds.control_feed, name="feed-control"),
    path("disputes.atom", feeds.dispute_feed, name="feed-disputes"),
    path("search.atom", feeds.search_feed, name="feed-search"),
    path("sources/<path:name>.atom", feeds.source_feed, name="feed-source"),
    path("events/<str:public_id>.png", pictures.event, name="event-picture"),
    path("events/<str:public_id>", events.event, name="event"),
    path("articles/<str:public_id>", articles.article, name="article"),
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
    path("search", searching.search, name="search"),
    path("about", searching.about, name="about"),
    path("robots.txt", finding.robots, name="robots"),
    path(
        "sitemap.xml", sitemaps.index, {"sitemaps": finding.SITEMAPS, "sitemap_url_name": "sitemap-section"}, "sitemap"
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": finding.SITEMAPS}, "sitemap-section"),
    path("favicon.ico", RedirectView.as_view(url=static("pages/favicon.svg"), permanent=True), name="favicon"),
    path("sign-in", auth.LoginView.as_view(template_name="pages/sign_in.html"), name="sign-in"),
    path("sign-out", auth.LogoutView.as_view(), name="sign-out"),
]
