import django.db.models.deletion
import django.utils.timezone
import platssamverkan.ground.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('boenden', '0013_queued_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('area', platssamverkan.ground.fields.GuardedCharField(max_length=160, verbose_name='område')),
                ('source_key', platssamverkan.ground.fields.GuardedCharField(max_length=40, verbose_name='vad som räknas')),
                ('label', platssamverkan.ground.fields.GuardedCharField(max_length=80, verbose_name='rubrik')),
                ('unit', platssamverkan.ground.fields.GuardedCharField(max_length=60, verbose_name='enhet')),
                ('source', platssamverkan.ground.fields.GuardedCharField(max_length=160, verbose_name='källa')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='kvartal')),
                ('parts', models.JSONField(default=list, verbose_name='siffror')),
                ('total', models.PositiveIntegerField(blank=True, null=True, verbose_name='totalt')),
                ('boende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
            ],
            options={
                'verbose_name': 'släppt tabell',
                'verbose_name_plural': 'släppta tabeller',
                'ordering': ['-year', '-quarter', 'source_key'],
                'constraints': [models.UniqueConstraint(fields=('boende', 'source_key', 'year', 'quarter'), name='release_once', violation_error_message='Kvartalets siffror är redan släppta. De ändras inte.'), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='release_quarter'), models.CheckConstraint(condition=models.Q(('total__isnull', True), ('total__gte', 5), _connector='OR'), name='release_total_shows_none_small')],
            },
        ),
    ]
