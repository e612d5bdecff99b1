# SPDX-License-Identifier: EUPL-1.2
"""Everything under /synpunkter/ and /om/, and a boende's own inbox, texts and poster."""

from django.urls import path

from incidents.views import list_files, public, public_texts, synpunkt_open, synpunkter

urlpatterns = [
    # for everyone
    path("om/<slug:slug>/", public.public_page, name="public_page"),
    path("om/<slug:slug>/las/<slug:slag>/", public.public_material, name="public_material"),
    path("om/<slug:slug>/synpunkt/", synpunkt_open.SynpunktOpenView.as_view(), name="synpunkt_open"),
    path("om/<slug:slug>/arende/", synpunkt_open.synpunkt_lookup, name="synpunkt_lookup"),
    path("om/<slug:slug>/arende/<str:reference>/", synpunkt_open.synpunkt_status, name="synpunkt_status"),
    path("om/<slug:slug>/arende/<str:reference>/glom/", synpunkt_open.synpunkt_forget, name="synpunkt_forget"),
    # the texts that are released to them
    path("boenden/<slug:slug>/publik-sida/", public_texts.PublicTextListView.as_view(), name="publictext_list"),
    path("boenden/<slug:slug>/publik-sida/affisch/", public_texts.poster, name="poster"),
    path(
        "boenden/<slug:slug>/publik-sida/<slug:slag>/",
        public_texts.PublicTextUpdateView.as_view(),
        name="publictext_update",
    ),
    path(
        "boenden/<slug:slug>/publik-sida/<slug:slag>/slapp/", public_texts.publictext_release, name="publictext_release"
    ),
    path(
        "boenden/<slug:slug>/publik-sida/<slug:slag>/dra-tillbaka/",
        public_texts.publictext_withdraw,
        name="publictext_withdraw",
    ),
    path("boenden/<slug:slug>/publik-sida/<slug:slag>/pdf/", public_texts.publictext_pdf, name="publictext_pdf"),
    # the inbox
    path("synpunkter/", synpunkter.SynpunktListView.as_view(), name="synpunkt_list"),
    path("boenden/<slug:slug>/synpunkter/", synpunkter.SynpunktListView.as_view(), name="synpunkt_list_boende"),
    path("boenden/<slug:slug>/synpunkter/ny/", synpunkter.SynpunktCreateView.as_view(), name="synpunkt_create"),
    path("synpunkter/fil/", list_files.SynpunktFileView.as_view(), name="synpunkt_export"),
    path("boenden/<slug:slug>/synpunkter/fil/", list_files.SynpunktFileView.as_view(), name="synpunkt_export_boende"),
    path("synpunkter/<uuid:pk>/", synpunkter.SynpunktDetailView.as_view(), name="synpunkt_detail"),
    path("synpunkter/<uuid:pk>/ta-hand-om/", synpunkter.TriageView.as_view(), name="synpunkt_triage"),
    path("synpunkter/<uuid:pk>/svara/", synpunkter.ReplyView.as_view(), name="synpunkt_reply"),
    path("synpunkter/<uuid:pk>/avsluta/", synpunkter.CloseView.as_view(), name="synpunkt_close"),
    path("synpunkter/<uuid:pk>/oppna/", synpunkter.synpunkt_reopen, name="synpunkt_reopen"),
    path("synpunkter/<uuid:pk>/handelse/", synpunkter.SynpunktIncidentView.as_view(), name="synpunkt_incident"),
    path("synpunkter/<uuid:pk>/felanmalan/", synpunkter.SynpunktFelanmalanView.as_view(), name="synpunkt_felanmalan"),
    path("synpunkter/<uuid:pk>/glom/", synpunkter.synpunkt_forget_sender, name="synpunkt_forget_sender"),
]
