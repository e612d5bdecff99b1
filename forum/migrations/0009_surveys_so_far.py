from django.db import migrations
from django.db.models import F
from django.utils import timezone

from forum.standard_surveys import STANDARD


def tell_for_whom(apps, schema_editor):
    """Each template is for those who have been asked; the two shared ones for those they were written for."""
    template = apps.get_model("forum", "SurveyTemplate")
    circles = ("neighbours", "brukare")
    for (title, _questions), circle in zip(STANDARD, circles, strict=True):
        template.objects.filter(title=title, forvaltning=None).update(circle=circle)
    asked = {circles[0]: "forum", circles[1]: "boende"}
    used = {
        circle: set(template.objects.filter(**{f"surveys__{name}__isnull": False}).values_list("pk", flat=True))
        for circle, name in asked.items()
    }
    for circle, other in (circles, circles[::-1]):
        template.objects.filter(pk__in=used[circle] - used[other], circle="both").update(circle=circle)
        template.objects.filter(pk__in=used[circle], circle=other).update(circle="both")


def mend_rounds(apps, schema_editor):
    """Brukarnas rounds that are over have been read; one ended early ended no later than it was last changed."""
    survey = apps.get_model("forum", "Survey")
    today = timezone.localdate()
    for one in survey.objects.filter(is_closed=True).iterator():
        ended = max(one.opens_on, min(one.closes_on, timezone.localdate(one.changed_at)))
        survey.objects.filter(pk=one.pk).update(closes_on=ended)
    of_brukare = survey.objects.filter(boende__isnull=False, shown_on=None)
    of_brukare.filter(is_closed=True).update(shown_on=F("closes_on"))
    of_brukare.filter(closes_on__lt=today).update(shown_on=F("closes_on"))


class Migration(migrations.Migration):

    dependencies = [
        ("forum", "0008_surveys_for_whom_and_shown"),
    ]

    operations = [
        migrations.RunPython(tell_for_whom, migrations.RunPython.noop),
        migrations.RunPython(mend_rounds, migrations.RunPython.noop),
    ]
