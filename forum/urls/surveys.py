# SPDX-License-Identifier: EUPL-1.2
"""Trygghetsmätningar and brukarnas röst."""

from django.urls import path

from forum.views import survey_files as files
from forum.views import survey_questions as questions
from forum.views import survey_steps as steps
from forum.views import survey_templates as templates
from forum.views import surveys as views
from forum.views import surveys_open

S = "forum/matning/<uuid:pk>/"

urlpatterns = [
    path("forum/<uuid:pk>/matningar/", views.survey_list_forum, name="survey_list_forum"),
    path("forum/<uuid:pk>/matningar/fil/", files.ForumSurveyFileView.as_view(), name="survey_list_forum_export"),
    path("forum/<uuid:pk>/matning/ny/", views.ForumSurveyCreateView.as_view(), name="survey_create_forum"),
    path("boenden/<slug:slug>/matningar/", views.survey_list_boende, name="survey_list_boende"),
    path("boenden/<slug:slug>/matningar/fil/", files.BoendeSurveyFileView.as_view(), name="survey_list_boende_export"),
    path("boenden/<slug:slug>/matning/ny/", views.BoendeSurveyCreateView.as_view(), name="survey_create_boende"),
    path("forum/matning/mallar/", templates.SurveyTemplateListView.as_view(), name="surveytemplate_list"),
    path("forum/matning/mallar/fil/", files.SurveyTemplateFileView.as_view(), name="surveytemplate_list_export"),
    path("forum/matning/mallar/ny/", templates.SurveyTemplateCreateView.as_view(), name="surveytemplate_create"),
    path(
        "forum/matning/mallar/<uuid:pk>/",
        templates.SurveyTemplateUpdateView.as_view(),
        name="surveytemplate_update",
    ),
    path("forum/matning/svar/<str:token>/", surveys_open.SurveyOpenView.as_view(), name="survey_open"),
    path("forum/matning/platta/<str:token>/", surveys_open.SurveyTabletView.as_view(), name="survey_tablet"),
    path("forum/matning/tack/", surveys_open.survey_thanks, name="survey_thanks"),
    path(S, views.survey_detail, name="survey_detail"),
    path(f"{S}fil/", files.survey_results_export, name="survey_results_export"),
    path(f"{S}dagar/", views.SurveyUpdateView.as_view(), name="survey_update"),
    path(f"{S}skicka/", steps.survey_send, name="survey_send"),
    path(f"{S}avsluta/", steps.survey_close, name="survey_close"),
    path(f"{S}visa/", steps.survey_show, name="survey_show"),
    path(f"{S}forhandsvisa/", questions.survey_preview, name="survey_preview"),
    path(f"{S}igen/", steps.survey_repeat, name="survey_repeat"),
    path(f"{S}surfplatta/", steps.survey_tablet_open, name="survey_tablet_open"),
    path(f"{S}papper/", views.SurveyPaperView.as_view(), name="survey_paper"),
    path(f"{S}enkat/", questions.survey_blank, name="survey_blank"),
    path(f"{S}jamforelse/", views.BaselineCreateView.as_view(), name="survey_baseline"),
]
