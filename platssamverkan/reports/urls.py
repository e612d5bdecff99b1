# SPDX-License-Identifier: EUPL-1.2
"""Lägesbilder and released figures."""

from django.urls import include, path

from platssamverkan.reports import release_files, views

app_name = "reports"

urlpatterns = [
    path("", include("platssamverkan.reports.figures.urls")),
    path("", include("platssamverkan.reports.matrix.urls")),
    path("", include("platssamverkan.reports.annual.urls")),
    path("", include("platssamverkan.reports.api.urls")),
    path("rapporter/", views.PictureListView.as_view(), name="picture_list"),
    path("boenden/<slug:slug>/lagesbild/", views.PictureBoendeView.as_view(), name="picture_boende"),
    path("boenden/<slug:slug>/lagesbild/pdf/", views.picture_boende_pdf, name="picture_boende_pdf"),
    path("forum/<uuid:pk>/lagesbild/", views.picture_forum, name="picture_forum"),
    path("forum/<uuid:pk>/lagesbild/pdf/", views.picture_forum_pdf, name="picture_forum_pdf"),
    path("boenden/<slug:slug>/siffror/", views.ReleaseListView.as_view(), name="release_list"),
    path("boenden/<slug:slug>/siffror/fil/", release_files.release_export, name="release_export"),
    path("boenden/<slug:slug>/siffror/valj/", views.release_choose, name="release_choose"),
    path("boenden/<slug:slug>/siffror/<slug:quarter>/", views.release_create, name="release_create"),
    path("forum/<uuid:pk>/siffror/", views.forum_release_list, name="forum_release_list"),
    path("forum/<uuid:pk>/siffror/fil/", release_files.forum_release_export, name="forum_release_export"),
    path("forum/<uuid:pk>/siffror/pdf/", views.forum_release_pdf, name="forum_release_pdf"),
]
