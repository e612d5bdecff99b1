# SPDX-License-Identifier: EUPL-1.2
"""PDF and stored files: one renderer, one fetcher, one store.

A page becomes a file like this; the template extends `documents/base_document.html`::

    from platssamverkan.documents.renderer import render_pdf
    from platssamverkan.documents.responses import pdf_response

    content = render_pdf(template="boenden/contactlist_pdf.html", context={"boende": boende}, title=_("Kontaktlista"))
    return pdf_response(content, filename=f"Kontaktlista {boende.name}.pdf")

A file that must never change is stored, and served by its owner's view behind the owner's gate::

    from platssamverkan.documents.actions import store_document
    from platssamverkan.documents.responses import document_response

    document = store_document(content=content, title="Protokoll 3", kind="protokoll", by=user)
    return document_response(document)
"""
