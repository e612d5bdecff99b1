# SPDX-License-Identifier: EUPL-1.2
"""The agenda: items, files, questions; and åtgärder that come of it."""

from django.urls import path

from forum.views import action_items, agenda, forum_files, insatser

urlpatterns = [
    path("forum/mote/<uuid:pk>/punkt/ny/", agenda.ItemCreateView.as_view(), name="agendaitem_create"),
    path("forum/punkt/<uuid:pk>/andra/", agenda.ItemUpdateView.as_view(), name="agendaitem_update"),
    path("forum/punkt/<uuid:pk>/anteckna/", agenda.NotesView.as_view(), name="agendaitem_notes"),
    path("forum/punkt/<uuid:pk>/flytta/", agenda.agendaitem_move, name="agendaitem_move"),
    path("forum/punkt/<uuid:pk>/arkivera/", agenda.agendaitem_archive, name="agendaitem_archive"),
    path("forum/punkt/<uuid:pk>/bilaga/", agenda.AttachmentCreateView.as_view(), name="agendaitem_attach"),
    path("forum/bilaga/<uuid:pk>/", agenda.attachment_detail, name="attachment_detail"),
    path("forum/bilaga/<uuid:pk>/arkivera/", agenda.attachment_archive, name="attachment_archive"),
    path("forum/mote/<uuid:pk>/fraga/", agenda.QuestionCreateView.as_view(), name="question_create"),
    path("forum/fraga/<uuid:pk>/svara/", agenda.QuestionAnswerView.as_view(), name="question_answer"),
    path("forum/<uuid:pk>/atgarder/", action_items.ActionItemListView.as_view(), name="actionitem_list"),
    path("forum/<uuid:pk>/atgarder/fil/", forum_files.ActionItemFileView.as_view(), name="actionitem_list_export"),
    path("forum/atgarder/", action_items.ActionItemOverviewView.as_view(), name="atgarder"),
    path("forum/atgarder/fil/", forum_files.ActionItemOverviewFileView.as_view(), name="atgarder_export"),
    path("forum/mote/<uuid:pk>/atgard/ny/", action_items.ActionItemCreateView.as_view(), name="actionitem_create"),
    path("forum/atgard/<uuid:pk>/", action_items.ActionItemReportView.as_view(), name="actionitem_report"),
    path("forum/atgard/<uuid:pk>/andra/", action_items.ActionItemUpdateView.as_view(), name="actionitem_update"),
    path("forum/atgard/<uuid:pk>/insats/", insatser.ActionItemInsatsView.as_view(), name="actionitem_insats"),
    path("forum/atgard/<uuid:pk>/arkivera/", action_items.actionitem_archive, name="actionitem_archive"),
]
