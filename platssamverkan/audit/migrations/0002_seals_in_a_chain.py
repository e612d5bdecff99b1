from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="auditentry",
            options={"get_latest_by": "timestamp", "ordering": ["-timestamp", "-pk"], "verbose_name": "loggrad", "verbose_name_plural": "loggrader"},
        ),
        migrations.AlterModelOptions(
            name="auditseal",
            options={"ordering": ["number"], "verbose_name": "sigill", "verbose_name_plural": "sigill"},
        ),
        migrations.AddField(
            model_name="auditseal",
            name="number",
            field=models.PositiveIntegerField(default=1, unique=True, verbose_name="nummer"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="auditseal",
            name="created_at",
            field=models.DateTimeField(db_index=True, default=timezone.now, verbose_name="skapad"),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="cid",
            field=models.CharField(blank=True, db_index=True, max_length=255, null=True, verbose_name="sammanhang"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["-timestamp", "-id"], name="audit_newest"),
        ),
    ]
