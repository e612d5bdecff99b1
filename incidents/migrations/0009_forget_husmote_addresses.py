from django.db import migrations


def forget_addresses(apps, schema_editor):
    """What was said at a husmöte is the group's: an address that somebody has written there points out a person."""
    said = apps.get_model("incidents", "Synpunkt").objects.filter(channel="husmote")
    said.update(sender=None, sender_email="", sender_phone="")


class Migration(migrations.Migration):

    dependencies = [("incidents", "0008_voices")]

    operations = [migrations.RunPython(forget_addresses, migrations.RunPython.noop)]
