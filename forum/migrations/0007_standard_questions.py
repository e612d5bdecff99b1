from django.db import migrations

from forum.standard_surveys import STANDARD


def make_standard(apps, schema_editor):
    """The shared questions, there from the first day."""
    template = apps.get_model("forum", "SurveyTemplate")
    question = apps.get_model("forum", "SurveyQuestion")
    for title, questions in STANDARD:
        made = template.objects.create(title=title)
        for position, (kind, text, low, high) in enumerate(questions):
            question.objects.create(
                template=made, position=position, kind=kind, text=text, low_words=low, high_words=high
            )


class Migration(migrations.Migration):

    dependencies = [
        ("forum", "0006_surveys"),
    ]

    operations = [
        migrations.RunPython(make_standard, migrations.RunPython.noop),
    ]
