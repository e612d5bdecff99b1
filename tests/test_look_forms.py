# SPDX-License-Identifier: EUPL-1.2
"""Every kind of field through the house's field template, and what stands above a form that came back."""

import re
from datetime import datetime

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone

from platssamverkan.ground.forms import Difference, GuardedForm
from platssamverkan.look.fields import used


class EveryKindForm(GuardedForm):
    asks_about = ("text",)
    sections = [("Vad", ["category", "text", "gone"]), ("När", ["day", "moment", "clock", "split"])]

    category = forms.ChoiceField(
        label="Vad gäller det?", choices=[("a", "Störning"), ("b", "Otrygghet")], widget=forms.RadioSelect
    )
    text = forms.CharField(label="Vad hände?", help_text="Skriv vad som hände, inte vem.", widget=forms.Textarea)
    day = forms.DateField(label="Dag", required=False)
    moment = forms.DateTimeField(label="Stund", required=False)
    clock = forms.TimeField(label="Klockan", required=False)
    split = forms.SplitDateTimeField(label="Uppföljning", required=False, widget=forms.SplitDateTimeWidget)
    actors = forms.MultipleChoiceField(
        label="Berörda",
        choices=[("1", "Bostadsrättsföreningen Utsikten")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(label="Plats", choices=[("", "Välj"), ("x", "Torget")])
    child = forms.BooleanField(label="Barn är berörda", help_text="Följs upp nästa vardag.", required=False)
    places = forms.IntegerField(label="Platser", required=False)
    secret = forms.CharField(label="Lösenord", widget=forms.PasswordInput, required=False)
    file = forms.FileField(label="Fil", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, initial="gömt", required=False)


def shown(form, **context) -> str:
    """A form as its page shows it."""
    return render_to_string("components/form.html", {"form": form, "submit": "Spara", **context})


def field_of(html: str, name: str) -> str:
    """The part of a page that is about one field."""
    start = html.index(f'id="div_id_{name}"')
    following = html.find('id="div_id_', start + 1)
    return html[start:following]


@pytest.fixture
def html() -> str:
    return shown(EveryKindForm(), cancel_url="/tillbaka/")


def test_a_fresh_form_has_no_complaints(html):
    assert "error-summary" not in html
    assert "aria-invalid" not in html
    assert "identity_confirmed" not in html
    assert 'href="/tillbaka/"' in html


def test_sections_have_headings_and_the_rest_follows(html):
    assert html.index(">Vad<") < html.index("Vad hände?") < html.index(">När<") < html.index(">Dag") < html.index("Fil")


def test_hint_is_tied_to_its_control(html):
    field = field_of(html, "text")
    assert 'id="id_text_helptext"' in field
    assert 'aria-describedby="id_text_helptext"' in field
    assert field.index("inte vem") < field.index("<textarea")


def test_only_what_may_be_left_out_says_so(html):
    assert "(valfritt)" in field_of(html, "day")
    assert "(valfritt)" not in field_of(html, "text")


def test_radio_buttons_are_large_choices_in_a_fieldset(html):
    field = field_of(html, "category")
    assert "<legend>" in field
    assert field.count('class="choice"') == 2
    assert 'class="choices"' in field


def test_long_choices_take_the_whole_width(html):
    assert 'class="choices one"' in field_of(html, "actors")


@pytest.mark.parametrize(
    ("name", "type_"), [("day", "date"), ("moment", "datetime-local"), ("clock", "time"), ("places", "number")]
)
def test_the_devices_own_pickers(html, name, type_):
    assert f'type="{type_}"' in field_of(html, name)


def test_a_split_moment_has_a_label_for_each_half(html):
    field = field_of(html, "split")
    assert 'for="id_split_0"' in field
    assert 'for="id_split_1"' in field
    assert 'type="date"' in field
    assert 'type="time"' in field


def test_a_stored_moment_is_shown_in_the_picker():
    moment = timezone.make_aware(datetime(2026, 11, 23, 21, 15))  # noqa: DTZ001  made aware here
    html = shown(EveryKindForm(initial={"moment": moment, "day": moment.date(), "split": moment}))
    assert 'value="2026-11-23T21:15"' in html
    assert 'value="2026-11-23"' in html
    assert 'value="21:15"' in html


def test_what_is_no_date_is_kept_as_it_was_typed():
    html = shown(EveryKindForm({"day": "i tisdags", "split_0": "2026-13-40", "split_1": "21:15"}))
    field = field_of(html, "day")
    assert 'type="text"' in field
    assert 'value="i tisdags"' in field
    assert 'value="2026-13-40"' in html


def test_hidden_fields_and_files_travel(html):
    assert 'name="hidden" value="gömt"' in html
    assert 'enctype="multipart/form-data"' in html
    assert 'type="password"' in html


def test_every_control_has_a_label(html):
    for control in re.findall(r'<(?:input|select|textarea)[^>]*\bid="(id_[^"]+)"[^>]*>', html):
        if control != "id_hidden":
            assert f'for="{control}"' in html, control


def test_a_form_that_came_back_counts_names_and_links():
    html = shown(EveryKindForm({"day": "i tisdags"}))
    assert "Fyra saker behöver rättas" in html
    assert '<a href="#id_category_0">Fyll i: Vad gäller det</a>' in html
    assert '<a href="#id_place">Fyll i: Plats</a>' in html
    assert "Välj ett alternativ." in field_of(html, "category")
    field = field_of(html, "text")
    assert "Fyll i det här." in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_text_error"' in field
    assert "id_text_error" in re.search(r'<textarea[^>]*aria-describedby="([^"]+)"', field)[1]


def test_errors_of_the_whole_form_and_of_hidden_fields_are_told():
    form = EveryKindForm({})
    form.add_error(None, "Hela formuläret är fel.")
    form.add_error("hidden", "Det gömda är fel.")
    html = shown(form)
    assert "Hela formuläret är fel." in html
    assert "Det gömda är fel." in html


def test_a_doubtful_text_is_asked_about_and_kept():
    form = EveryKindForm({"category": "a", "place": "x", "text": "Kalle i lägenhet 1203 skrek i går."})
    assert not form.is_valid()
    html = shown(form)
    assert form.asked
    assert f'name="identity_confirmed" value="{form.asked}"' in html
    assert "Den pekar inte ut någon." in html
    assert "Kalle i lägenhet 1203 skrek i går." in field_of(html, "text")


def test_typed_text_is_escaped_everywhere():
    form = EveryKindForm({"text": "<script>", "day": "<b>"})
    form.differences = [Difference("Text", "<i>deras</i>", "<i>mitt</i>")]
    html = shown(form)
    assert "<script>" not in html
    assert "<i>" not in html


def test_a_conflict_shows_both_and_loses_nothing():
    form = EveryKindForm({"text": "Mitt", "category": "a", "place": "x"})
    form.differences = [Difference("Vad hände?", "Deras", "Mitt"), Difference("Dag", "", "2026-11-23")]
    form.conflict_by = "Åsa"
    html = shown(form)
    assert "Åsa har ändrat texten. Jämför och välj." in html
    assert "Deras" in html
    assert "Tomt" in html
    assert "Mitt" in field_of(html, "text")


class FilterForm(forms.Form):
    category = forms.MultipleChoiceField(
        label="Kategori", choices=[("a", "A"), ("b", "B")], required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="Sök", required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False)


def test_filters_are_open_and_counted_only_when_used(rf):
    def filters(query: str) -> str:
        request = rf.get("/handelser/?" + query)
        form = FilterForm(request.GET)
        return render_to_string("components/filters.html", {"filter_form": form, "request": request})

    assert '<details class="filters">' in filters("")
    used = filters("category=a&words=glas")
    assert '<details class="filters" open>' in used
    assert '<span class="count">2' in used
    assert 'href="/handelser/"' in used
    assert 'value="glas"' in used


def test_pager_shows_the_ways_there_are():
    assert render_to_string("components/pager.html", {}).strip() == ""
    both = render_to_string("components/pager.html", {"next_url": "?n", "previous_url": "?p"})
    assert 'rel="next"' in both
    assert 'rel="prev"' in both


def test_an_empty_place_has_one_button_at_most():
    assert "btn" not in render_to_string("components/empty.html", {"title": "Tomt"})
    assert (
        render_to_string("components/empty.html", {"title": "Tomt", "url": "/x/", "label": "Ny"}).count("btn-primary")
        == 1
    )


def test_a_form_can_ask_for_one_column():
    form = EveryKindForm()
    form.fields["category"].one_column = True
    assert 'class="choices one"' in field_of(shown(form), "category")


def test_a_filter_in_groups_or_with_a_wrong_date_keeps_what_was_chosen(rf):
    class GroupedForm(forms.Form):
        place = forms.ChoiceField(label="Plats", choices=[("Torg", [("t", "Torget")])], required=False)
        since = forms.DateField(label="Från", required=False)

    request = rf.get("/handelser/?place=t&since=i+tisdags")
    html = render_to_string("components/filters.html", {"filter_form": GroupedForm(request.GET), "request": request})
    assert '<option value="t" selected>' in html
    assert 'value="i tisdags"' in html


def test_a_list_to_choose_from_begins_each_line_with_a_capital(rf):
    class ListForm(GuardedForm):
        kind = forms.ChoiceField(
            label="Slag", choices=[("", "---------"), ("a", "ängar"), ("Djur", [("b", "ekorrar")])], required=False
        )

    html = shown(ListForm())
    assert '<option value="" selected>Välj …</option>' in html
    assert ">Ängar</option>" in html
    assert ">Ekorrar</option>" in html


def test_a_filter_at_its_starting_value_is_no_filter(rf):
    class SortedForm(forms.Form):
        kind = forms.ChoiceField(label="Slag", choices=[("", "Alla"), ("a", "ängar")], required=False)
        order = forms.ChoiceField(label="Ordning", choices=[("n", "nyast"), ("a", "äldst")], initial="n")
        since = forms.DateField(label="Från", required=False, help_text="En dag.")

    request = rf.get("/handelser/?kind=&order=n")
    html = render_to_string("components/filters.html", {"filter_form": SortedForm(request.GET), "request": request})
    assert "<details open" not in html
    assert "valda" not in html
    assert "valfritt" not in html
    assert ">Ängar</option>" in html
    assert used(SortedForm(rf.get("/?order=a").GET)) == 1
