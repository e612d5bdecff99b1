# SPDX-License-Identifier: EUPL-1.2
"""Which static files are collected: those that pages ask for. Compressing the others took a minute of every start."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class OwnStaticFiles(StaticFilesConfig):
    """Leaves out what packages carry along: other builds of the same file, and sources beside the minified."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("bootstrap-*", "bootstrap.css*", "*.rtl.*"),
        "*.js.gz",
        "leaflet-src*",
        *("xregexp.js", "jquery.js", "select2.full.js"),
    ]
