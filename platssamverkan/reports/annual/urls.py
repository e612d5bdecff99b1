# SPDX-License-Identifier: EUPL-1.2
"""Årsrapporter."""

from django.urls import path

from platssamverkan.reports.annual.views import cover, files, list_files, outline, reports, rows, sections

ROOT = "rapporter/arsrapporter"

urlpatterns = [
    path(f"{ROOT}/", reports.AnnualListView.as_view(), name="annual_list"),
    path(f"{ROOT}/fil/", list_files.AnnualListFileView.as_view(), name="annual_list_export"),
    path(f"{ROOT}/borja/<uuid:pk>/", reports.annual_start, name="annualforvaltning_start"),
    path(f"{ROOT}/mall/<uuid:pk>/", outline.outline_detail, name="annualforvaltning_outline"),
    path(f"{ROOT}/mall/<uuid:pk>/nytt/", outline.OutlineCreateView.as_view(), name="annualforvaltning_outline_add"),
    path(f"{ROOT}/mall/avsnitt/<uuid:pk>/andra/", outline.OutlineUpdateView.as_view(), name="annualoutline_update"),
    path(f"{ROOT}/mall/avsnitt/<uuid:pk>/ta-bort/", outline.outline_archive, name="annualoutline_archive"),
    path(f"{ROOT}/<uuid:pk>/", reports.annual_detail, name="annual_detail"),
    path(f"{ROOT}/<uuid:pk>/ta-bort/", reports.annual_archive, name="annual_archive"),
    path(f"{ROOT}/<uuid:pk>/fyll-pa/", reports.annual_fill, name="annual_fill"),
    path(f"{ROOT}/<uuid:pk>/<slug:slug>/ta-ut/", reports.annual_chapter_out, name="annual_chapter_out"),
    path(f"{ROOT}/<uuid:pk>/<slug:slug>/ta-med/", reports.annual_chapter_in, name="annual_chapter_in"),
    path(f"{ROOT}/<uuid:pk>/frys/", reports.AnnualFreezeView.as_view(), name="annual_freeze"),
    path(f"{ROOT}/<uuid:pk>/godkann/", reports.annual_approve, name="annual_approve"),
    path(f"{ROOT}/<uuid:pk>/ratta/", reports.AnnualCorrectView.as_view(), name="annual_correct"),
    path(f"{ROOT}/<uuid:pk>/andrat/", reports.annual_changes, name="annual_changes"),
    path(f"{ROOT}/<uuid:pk>/pdf/", files.annual_pdf, name="annual_pdf"),
    path(f"{ROOT}/<uuid:pk>/xlsx/", files.annual_xlsx, name="annual_xlsx"),
    path(f"{ROOT}/<uuid:pk>/docx/", files.annual_docx, name="annual_docx"),
    path(f"{ROOT}/<uuid:pk>/tjansteutlatande/", cover.CoverView.as_view(), name="annual_cover"),
    path(f"{ROOT}/<uuid:pk>/tjansteutlatande/pdf/", files.annual_cover_pdf, name="annual_cover_pdf"),
    path(f"{ROOT}/<uuid:pk>/ekonomi/", rows.annual_economy, name="annual_economy"),
    path(f"{ROOT}/<uuid:pk>/ekonomi/summa/", rows.EconomyView.as_view(), name="annual_economy_update"),
    path(f"{ROOT}/<uuid:pk>/ekonomi/forslag/", rows.annual_propose, name="annual_propose"),
    path(f"{ROOT}/<uuid:pk>/ekonomi/part/", rows.ShareCreateView.as_view(), name="annual_share_create"),
    path(f"{ROOT}/part/<uuid:pk>/andra/", rows.ShareUpdateView.as_view(), name="annualshare_update"),
    path(f"{ROOT}/part/<uuid:pk>/ta-bort/", rows.share_archive, name="annualshare_archive"),
    path(f"{ROOT}/<uuid:pk>/<slug:slug>/roll/", rows.StaffingCreateView.as_view(), name="annual_staff_create"),
    path(f"{ROOT}/<uuid:pk>/<slug:slug>/budget/", rows.BudgetView.as_view(), name="annual_budget"),
    path(f"{ROOT}/roll/<uuid:pk>/andra/", rows.StaffingUpdateView.as_view(), name="annualstaff_update"),
    path(f"{ROOT}/roll/<uuid:pk>/ta-bort/", rows.staffing_archive, name="annualstaff_archive"),
    path(f"{ROOT}/avsnitt/<uuid:pk>/", sections.AnnualSectionView.as_view(), name="annualsection_update"),
    path(f"{ROOT}/avsnitt/<uuid:pk>/spara/", sections.section_autosave, name="annualsection_autosave"),
    path(f"{ROOT}/avsnitt/<uuid:pk>/kommentar/", sections.section_comment, name="annualsection_comment"),
    path(f"{ROOT}/kommentar/<uuid:pk>/avklarad/", sections.comment_settle, name="annualcomment_settle"),
]
