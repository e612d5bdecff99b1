# SPDX-License-Identifier: EUPL-1.2
"""Files with rows: one exporter for every list, as CSV, XLSX or vCard, and one row that says who took out what and why.

A view that has fetched its rows through their gate answers with::

    from platssamverkan.export.columns import Column
    from platssamverkan.export.responses import export_response
    from platssamverkan.ground.fields import show_telephone

    COLUMNS = [
        Column(_("Namn"), "name", vcard="name"),
        Column(_("Aktör"), "actor.name", vcard="org"),
        Column(_("Telefon"), "phone", vcard="phone", show=show_telephone),
        Column(_("Öppet"), lambda row: row.is_open),
    ]
    return export_response(
        by=request.user, rows=queryset, columns=COLUMNS, fmt="csv", filename="Kontaktlista Alma",
        what=_("kontaktlista"), purpose=_("Utskrift till personalrummet"), scope=boende.name, scope_id=boende.pk,
    )

`fmt` is csv (semicolon and BOM, for Excel), csv-rfc4180 (for machines), xlsx or vcf; any other is a 404.
A list's file is asked for by `taking_out.take_out`, which lets a worker make it where it is large.
A PDF is taken out too, and logged with `export.actions.record_export`.
"""
