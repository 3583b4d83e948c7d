"""The addresses of the pages."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from reportedly.pages.views import articles, events, front, lists, mapping, searching

urlpatterns = [
    path("", front.front, name="front"),
    path("events/map.json", mapping.of_events, name="map-events"),
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
    path("sign-in", auth.LoginView.as_view(template_name="pages/sign_in.html"), name="sign-in"),
    path("sign-out", auth.LogoutView.as_view(), name="sign-out"),
]
