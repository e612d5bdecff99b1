# SPDX-License-Identifier: EUPL-1.2
"""Protokoll, from draft to justerat; beslut and åtgärder over the years."""

from django.urls import path

from forum.views import decisions, forum_files, protokoll, protokoll_edit, protokoll_open, protokoll_steps

urlpatterns = [
    path("forum/<uuid:pk>/protokoll/", protokoll.ProtokollListView.as_view(), name="protokoll_list"),
    path("forum/<uuid:pk>/protokoll/fil/", forum_files.ProtokollFileView.as_view(), name="protokoll_list_export"),
    path("forum/<uuid:pk>/protokoll/alla/", protokoll.protokoll_pack, name="protokoll_pack"),
    path("forum/<uuid:pk>/beslut/", decisions.DecisionListView.as_view(), name="decision_list"),
    path("forum/<uuid:pk>/beslut/fil/", decisions.decision_export, name="decision_export"),
    path("forum/mote/<uuid:pk>/protokoll/", protokoll_edit.protokoll_create, name="protokoll_create"),
    path("forum/protokoll/<uuid:pk>/", protokoll.protokoll_detail, name="protokoll_detail"),
    path("forum/protokoll/<uuid:pk>/pdf/", protokoll.protokoll_pdf, name="protokoll_pdf"),
    path("forum/protokoll/<uuid:pk>/andra/", protokoll_edit.ProtokollUpdateView.as_view(), name="protokoll_update"),
    path("forum/protokoll/<uuid:pk>/hamta/", protokoll_edit.protokoll_renew, name="protokoll_renew"),
    path("forum/protokoll/<uuid:pk>/skicka/", protokoll_steps.protokoll_send, name="protokoll_send"),
    path("forum/protokoll/<uuid:pk>/oppna/", protokoll_steps.protokoll_open_justering, name="protokoll_ask"),
    path("forum/protokoll/<uuid:pk>/justera/", protokoll_steps.protokoll_justera, name="protokoll_justera"),
    path("forum/protokoll/<uuid:pk>/ratta/", protokoll_steps.protokoll_correct, name="protokoll_correct"),
    path("forum/protokoll/<uuid:pk>/synpunkt/", protokoll_edit.CommentCreateView.as_view(), name="protokoll_comment"),
    path("forum/protokoll/<uuid:pk>/offentlig/", protokoll_steps.publicprotokoll_create, name="protokoll_public"),
    path(
        "forum/protokollpunkt/<uuid:pk>/",
        protokoll_edit.ProtokollItemUpdateView.as_view(),
        name="protokollitem_update",
    ),
    path(
        "forum/protokollsynpunkt/<uuid:pk>/",
        protokoll_edit.CommentAnswerView.as_view(),
        name="protokollcomment_answer",
    ),
    path("forum/offentligt/<uuid:pk>/", protokoll.publicprotokoll_detail, name="publicprotokoll_detail"),
    path("forum/offentligt/<uuid:pk>/pdf/", protokoll.publicprotokoll_pdf, name="publicprotokoll_pdf"),
    path("forum/protokollfil/<uuid:pk>/", protokoll.protokollfile_detail, name="protokollfile_detail"),
    path("forum/protokollfil/<uuid:pk>/igen/", protokoll.protokollfile_retry, name="protokollfile_retry"),
    path("forum/kallelse/<str:token>/protokoll/", protokoll_open.ProtokollOpenView.as_view(), name="protokoll_open"),
    path("forum/kallelse/<str:token>/protokoll/pdf/", protokoll_open.protokoll_open_pdf, name="protokoll_open_pdf"),
]
