import django.db.models.deletion
import django.utils.timezone
import platssamverkan.ground.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('boenden', '0013_queued_letters'),
        ('forum', '0005_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyTemplate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('title', platssamverkan.ground.fields.GuardedCharField(db_collation='swedish', max_length=120, verbose_name='namn')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('forvaltning', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_templates', to='boenden.forvaltning', verbose_name='förvaltning')),
            ],
            options={
                'verbose_name': 'frågemall',
                'verbose_name_plural': 'frågemallar',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('kind', models.CharField(choices=[('scale', 'skala 1–5'), ('yes_no', 'ja, nej eller vet inte'), ('text', 'egna ord')], default='scale', max_length=8, verbose_name='svar')),
                ('text', platssamverkan.ground.fields.GuardedCharField(max_length=200, verbose_name='fråga')),
                ('low_words', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=30, verbose_name='betydelsen av 1')),
                ('high_words', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=30, verbose_name='betydelsen av 5')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='forum.surveytemplate', verbose_name='mall')),
            ],
            options={
                'verbose_name': 'fråga i en mall',
                'verbose_name_plural': 'frågor i mallar',
                'ordering': ['template', 'position'],
                'constraints': [models.UniqueConstraint(fields=('template', 'position'), name='surveyquestion_position_once'), models.CheckConstraint(condition=models.Q(('position__lt', 6)), name='surveyquestion_at_most_six', violation_error_message='En mall har högst sex frågor.')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('opens_on', models.DateField(verbose_name='från')),
                ('closes_on', models.DateField(verbose_name='till och med')),
                ('greeting', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=600, verbose_name='hälsning')),
                ('is_closed', models.BooleanField(default=False, editable=False, verbose_name='avslutad i förtid')),
                ('sent_on', models.DateField(blank=True, editable=False, null=True, verbose_name='skickad')),
                ('tablet_on', models.DateField(blank=True, editable=False, null=True, verbose_name='surfplattan öppen')),
                ('boende', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('forum', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='forum.forum', verbose_name='forum')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='forum.surveytemplate', verbose_name='frågor')),
            ],
            options={
                'verbose_name': 'mätning',
                'verbose_name_plural': 'mätningar',
                'ordering': ['-opens_on'],
                'indexes': [models.Index(fields=['forum', '-closes_on'], name='survey_forum_when'), models.Index(fields=['boende', '-closes_on'], name='survey_boende_when')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('boende__isnull', True), ('forum__isnull', False)), models.Q(('boende__isnull', False), ('forum__isnull', True)), _connector='OR'), name='survey_of_forum_or_boende', violation_error_message='En mätning gäller ett forum eller ett boende.'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='survey_days_in_order', violation_error_code='closes_on', violation_error_message='Sista dagen kommer före den första. Välj en senare dag.')],
            },
        ),
        migrations.CreateModel(
            name='SurveyInvitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('is_used', models.BooleanField(default=False, editable=False, verbose_name='har svarat')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('member', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forum.member', verbose_name='medlem')),
                ('survey', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='forum.survey', verbose_name='mätning')),
            ],
            options={
                'verbose_name': 'fråga om svar',
                'verbose_name_plural': 'frågor om svar',
                'ordering': ['survey', 'created_at'],
                'constraints': [models.UniqueConstraint(fields=('survey', 'member'), name='surveyinvitation_once')],
            },
        ),
        migrations.CreateModel(
            name='SurveyBaseline',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('source', platssamverkan.ground.fields.GuardedCharField(max_length=120, verbose_name='källa')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('figure', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='siffra')),
                ('boende', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('forum', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forum.forum', verbose_name='forum')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baselines', to='forum.surveyquestion', verbose_name='fråga')),
            ],
            options={
                'verbose_name': 'jämförelsesiffra',
                'verbose_name_plural': 'jämförelsesiffror',
                'ordering': ['question', '-year'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('boende__isnull', True), ('forum__isnull', False)), models.Q(('boende__isnull', False), ('forum__isnull', True)), _connector='OR'), name='surveybaseline_of_forum_or_boende'), models.CheckConstraint(condition=models.Q(('year__range', (1980, 2100))), name='surveybaseline_year', violation_error_code='year', violation_error_message='Skriv ett år med fyra siffror, till exempel 2025.'), models.CheckConstraint(condition=models.Q(('figure__range', (0, 100))), name='surveybaseline_figure', violation_error_code='figure', violation_error_message='Skriv ett medelvärde från 1 till 5, eller en andel från 0 till 100.')],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('source', models.CharField(choices=[('link', 'länk'), ('tablet', 'surfplatta'), ('paper', 'papper')], editable=False, max_length=8, verbose_name='svarade på')),
                ('value', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='alternativ')),
                ('number', models.PositiveIntegerField(default=0, editable=False, verbose_name='antal')),
                ('text', platssamverkan.ground.fields.GuardedTextField(blank=True, editable=False, verbose_name='egna ord')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('survey', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='forum.survey', verbose_name='mätning')),
                ('question', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forum.surveyquestion', verbose_name='fråga')),
            ],
            options={
                'verbose_name': 'svar i en mätning',
                'verbose_name_plural': 'svar i mätningar',
                'ordering': ['survey', 'question', 'value'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('value__isnull', False)), fields=('survey', 'question', 'source', 'value'), name='surveyanswer_count_once'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), ('value__isnull', False)), models.Q(('number', 1), ('value__isnull', True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='surveyanswer_count_or_words', violation_error_message='Ett svar är ett antal eller egna ord.')],
            },
        ),
    ]
