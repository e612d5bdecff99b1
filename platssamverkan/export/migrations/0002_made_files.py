# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.utils.timezone
import platssamverkan.ground.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('export', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MadeFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('what', platssamverkan.ground.fields.GuardedCharField(max_length=200, verbose_name='vad')),
                ('filter_words', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=400, verbose_name='urval')),
                ('scope', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=200, verbose_name='omfattning')),
                ('format', models.CharField(choices=[('csv', 'CSV för Excel'), ('csv-rfc4180', 'CSV (RFC 4180)'), ('xlsx', 'Excel'), ('vcf', 'kontaktkort (vCard)'), ('pdf', 'PDF')], max_length=20, verbose_name='format')),
                ('purpose', platssamverkan.ground.fields.GuardedTextField(verbose_name='ändamål')),
                ('url', models.CharField(editable=False, max_length=300, verbose_name='sida')),
                ('query', platssamverkan.ground.fields.GuardedTextField(blank=True, editable=False, verbose_name='filter')),
                ('state', models.CharField(choices=[('vantar', 'väntar på sin tur'), ('gors', 'görs'), ('klar', 'klar'), ('misslyckad', 'gick inte att göra'), ('borttagen', 'borttagen')], default='vantar', editable=False, max_length=10, verbose_name='läge')),
                ('done', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='rader gjorda')),
                ('total', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='rader')),
                ('reach', models.JSONField(blank=True, default=list, editable=False, verbose_name='vad raderna kommer ur')),
                ('filename', platssamverkan.ground.fields.GuardedCharField(blank=True, editable=False, max_length=200, verbose_name='filens namn')),
                ('content_type', models.CharField(blank=True, editable=False, max_length=100, verbose_name='filtyp')),
                ('file', models.FileField(blank=True, editable=False, max_length=120, upload_to='', verbose_name='fil')),
                ('row_count', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='antal rader')),
                ('size', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='storlek i byte')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='kontrollsumma')),
                ('failure', platssamverkan.ground.fields.GuardedCharField(blank=True, editable=False, max_length=300, verbose_name='varför det inte gick')),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='försök')),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='i arbete till')),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='avslutad')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
            ],
            options={
                'verbose_name': 'fil att hämta',
                'verbose_name_plural': 'filer att hämta',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['created_by', '-created_at', '-id'], name='madefile_owner_latest'), models.Index(condition=models.Q(('state__in', ['vantar', 'gors'])), fields=['changed_at'], name='madefile_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('purpose', ''), _negated=True), models.Q(('what', ''), _negated=True)), name='madefile_says_what_and_why', violation_error_message='Skriv vad uppgifterna ska användas till.'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('row_count__isnull', False), ('state', 'klar'), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('state', 'klar'), _negated=True), ('file', '')), _connector='OR'), name='madefile_whole_or_none', violation_error_message='En fil finns hel eller inte alls.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'misslyckad'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='madefile_failed_says_why', violation_error_message='En fil som inte gick att göra säger varför.')],
            },
        ),
    ]
