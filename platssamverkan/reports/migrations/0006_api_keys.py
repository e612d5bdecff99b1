import django.db.models.deletion
import django.utils.timezone
import platssamverkan.ground.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_services'),
        ('boenden', '0014_services'),
        ('reports', '0005_annual_stands_still'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('purpose', platssamverkan.ground.fields.GuardedCharField(max_length=300, verbose_name='vad uppgifterna används till')),
                ('prefix', platssamverkan.ground.fields.GuardedCharField(editable=False, max_length=16, verbose_name='nyckeln börjar med')),
                ('token_digest', models.CharField(editable=False, max_length=64, unique=True, verbose_name='kontrollsumma')),
                ('ends_on', models.DateField(verbose_name='gäller till och med')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='återkallad')),
                ('assignment', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='api_keys', to='boenden.assignment', verbose_name='uppdrag')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('forvaltning', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='boenden.forvaltning', verbose_name='förvaltning')),
            ],
            options={
                'verbose_name': 'nyckel till API:et',
                'verbose_name_plural': 'nycklar till API:et',
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='apikey_says_what_for', violation_error_code='purpose', violation_error_message='Skriv vad uppgifterna ska användas till.')],
            },
        ),
        migrations.CreateModel(
            name='ApiUse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('day', models.DateField(editable=False, verbose_name='dag')),
                ('operation', platssamverkan.ground.fields.GuardedCharField(editable=False, max_length=40, verbose_name='vad som hämtades')),
                ('calls', models.PositiveIntegerField(default=1, editable=False, verbose_name='antal anrop')),
                ('row_count', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='antal rader')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('key', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='reports.apikey', verbose_name='nyckel till API:et')),
            ],
            options={
                'verbose_name': 'användning av en nyckel',
                'verbose_name_plural': 'användning av nycklar',
                'ordering': ['-day', 'operation'],
                'constraints': [models.UniqueConstraint(fields=('key', 'day', 'operation'), name='apiuse_once_a_day')],
            },
        ),
    ]
