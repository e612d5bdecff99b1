import django.db.models.deletion
import django.utils.timezone
import platssamverkan.ground.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('boenden', '0013_queued_letters'),
        ('documents', '0001_initial'),
        ('incidents', '0006_felanmalan'),
    ]

    operations = [
        migrations.CreateModel(
            name='CrimeArea',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('name', platssamverkan.ground.fields.GuardedCharField(db_collation='swedish', max_length=120, verbose_name='område')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
            ],
            options={
                'verbose_name': 'område i brottsstatistiken',
                'verbose_name_plural': 'områden i brottsstatistiken',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('name',), name='crime_area_name_once')],
            },
        ),
        migrations.CreateModel(
            name='CrimeChoice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('boende', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='crime_choice', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('comparison', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.crimearea', verbose_name='område att jämföra med')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('own', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.crimearea', verbose_name='boendets område')),
            ],
            options={
                'verbose_name': 'val av område',
                'verbose_name_plural': 'val av områden',
                'ordering': ['boende'],
                'constraints': [models.CheckConstraint(condition=models.Q(('comparison__isnull', True), models.Q(('comparison', models.F('own')), _negated=True), _connector='OR'), name='crime_choice_two_areas', violation_error_code='comparison', violation_error_message='Välj ett annat område än boendets eget.')],
            },
        ),
        migrations.CreateModel(
            name='CrimeImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('file_name', platssamverkan.ground.fields.GuardedCharField(max_length=120, verbose_name='filens namn')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrollsumma')),
                ('source', platssamverkan.ground.fields.GuardedCharField(max_length=160, verbose_name='källa')),
                ('division', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=80, verbose_name='områdesindelning')),
                ('status', models.CharField(choices=[('preview', 'klar att granska'), ('done', 'importerad'), ('cancelled', 'avbruten')], default='preview', max_length=10, verbose_name='läge')),
                ('rows', models.JSONField(default=list, editable=False, verbose_name='siffror')),
                ('faults', models.JSONField(default=list, editable=False, verbose_name='fel')),
                ('new_count', models.PositiveIntegerField(default=0, verbose_name='nya siffror')),
                ('changed_count', models.PositiveIntegerField(default=0, verbose_name='ändrade siffror')),
                ('unchanged_count', models.PositiveIntegerField(default=0, verbose_name='oförändrade siffror')),
                ('suppressed_count', models.PositiveIntegerField(default=0, verbose_name='uppgifter som inte är publicerade')),
                ('faulty_count', models.PositiveIntegerField(default=0, verbose_name='felaktiga rader')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
            ],
            options={
                'verbose_name': 'import av brottsstatistik',
                'verbose_name_plural': 'importer av brottsstatistik',
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='crime_import_has_source', violation_error_code='source', violation_error_message='Skriv varifrån siffrorna kommer.')],
            },
        ),
        migrations.CreateModel(
            name='CrimeFigure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('kind', platssamverkan.ground.fields.GuardedCharField(max_length=120, verbose_name='brottstyp')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('month', models.PositiveSmallIntegerField(default=0, verbose_name='månad')),
                ('count', models.PositiveIntegerField(blank=True, null=True, verbose_name='anmälda brott')),
                ('division', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=80, verbose_name='områdesindelning')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='incidents.crimearea', verbose_name='område')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='incidents.crimeimport', verbose_name='importen')),
            ],
            options={
                'verbose_name': 'siffra i brottsstatistiken',
                'verbose_name_plural': 'siffror i brottsstatistiken',
                'ordering': ['area', 'kind', 'year', 'month'],
                'constraints': [models.UniqueConstraint(fields=('area', 'kind', 'year', 'month'), name='crime_figure_once'), models.CheckConstraint(condition=models.Q(('month__range', (0, 12))), name='crime_figure_month'), models.CheckConstraint(condition=models.Q(('year__range', (1975, 2100))), name='crime_figure_year')],
            },
        ),
        migrations.CreateModel(
            name='FelanmalanPhoto',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storeddocument', verbose_name='foto')),
                ('felanmalan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='incidents.felanmalan', verbose_name='felanmälan')),
            ],
            options={
                'verbose_name': 'foto till en felanmälan',
                'verbose_name_plural': 'foton till felanmälningar',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='felanmalan',
            name='channel',
            field=models.CharField(blank=True, choices=[('mail', 'med mail härifrån'), ('elsewhere', 'på annat sätt')], db_default='', editable=False, max_length=9, verbose_name='hur den anmäldes'),
        ),
        migrations.AddField(
            model_name='felanmalan',
            name='ground',
            field=models.CharField(choices=[('own', 'boendets egen fastighet'), ('area', 'området runt omkring')], db_default='area', default='area', max_length=4, verbose_name='var det är'),
        ),
        migrations.AddField(
            model_name='felanmalan',
            name='priority',
            field=models.PositiveSmallIntegerField(choices=[(1, 'först'), (2, 'därefter'), (3, 'när det går')], db_default=2, default=2, verbose_name='turordning'),
        ),
        migrations.AddField(
            model_name='felanmalan',
            name='term',
            field=models.CharField(choices=[('short', 'på kort sikt'), ('long', 'på lång sikt')], db_default='short', default='short', max_length=5, verbose_name='sikt'),
        ),
    ]
