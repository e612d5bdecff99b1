import django.core.validators
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
        ('kartlaggning', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArshjulTemplate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('chief_after', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='enhetschefen får veta efter så många dagar')),
                ('forvaltning_after', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='förvaltningschefen får veta efter så många dagar')),
                ('filled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='boendenas årshjul fyllda')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('forvaltning', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='arshjul_template', to='boenden.forvaltning', verbose_name='förvaltning')),
            ],
            options={
                'verbose_name': 'årshjulsmall',
                'verbose_name_plural': 'årshjulsmallar',
                'ordering': ['forvaltning__name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('forvaltning_after__gte', models.F('chief_after'))), name='arshjul_template_chief_first', violation_error_code='forvaltning_after', violation_error_message='Förvaltningschefen får veta samtidigt som enhetschefen eller senare.')],
            },
        ),
        migrations.CreateModel(
            name='ArshjulEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('lead_first', models.PositiveSmallIntegerField(blank=True, default=30, null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='första påminnelsen, dagar före')),
                ('lead_second', models.PositiveSmallIntegerField(blank=True, default=7, null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='andra påminnelsen, dagar före')),
                ('lead_last', models.PositiveSmallIntegerField(blank=True, default=0, null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='sista påminnelsen, dagar före')),
                ('source', models.SlugField(blank=True, db_index=False, editable=False, max_length=30, verbose_name='källa')),
                ('title', platssamverkan.ground.fields.GuardedCharField(max_length=100, verbose_name='aktivitet')),
                ('about', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=1000, verbose_name='vad som ska göras')),
                ('rule', models.CharField(choices=[('yearly', 'varje år'), ('second', 'vartannat år'), ('quarterly', 'varje kvartal'), ('before', 'veckor före ett datum'), ('data', 'följer det som är planerat i systemet')], default='yearly', max_length=9, verbose_name='hur ofta')),
                ('month', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'January'), (2, 'February'), (3, 'March'), (4, 'April'), (5, 'May'), (6, 'June'), (7, 'July'), (8, 'August'), (9, 'September'), (10, 'October'), (11, 'November'), (12, 'December')], null=True, verbose_name='månad')),
                ('day', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='senast den dagen i månaden')),
                ('weeks', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='så många veckor före')),
                ('is_odd', models.BooleanField(default=False, verbose_name='udda år')),
                ('role', models.CharField(choices=[('enhetschef', 'enhetschef'), ('personal', 'personal'), ('forvaltningschef', 'förvaltningschef')], default='enhetschef', max_length=20, verbose_name='ansvarig')),
                ('is_reminded', models.BooleanField(default=True, verbose_name='påminn')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('template', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='kartlaggning.arshjultemplate', verbose_name='mall')),
            ],
            options={
                'verbose_name': 'aktivitet i mallen',
                'verbose_name_plural': 'aktiviteter i mallen',
                'ordering': ['template', 'month', 'title'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('template', 'source'), name='arshjul_entry_source_once'), models.UniqueConstraint(condition=models.Q(('archived_at__isnull', True)), fields=('template', 'title'), name='arshjul_entry_title_once', violation_error_code='title', violation_error_message='Aktiviteten står redan i mallen.'), models.CheckConstraint(condition=models.Q(('rule', 'data'), ('month__isnull', False), _connector='OR'), name='arshjul_entry_has_month', violation_error_code='month', violation_error_message='Välj en månad.'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'before'), _negated=True), models.Q(('day__isnull', False), ('weeks__isnull', False)), _connector='OR'), name='arshjul_entry_weeks_before_day', violation_error_code='weeks', violation_error_message='Skriv hur många veckor före, och före vilken dag.'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'data'), _negated=True), models.Q(('source', ''), _negated=True), _connector='OR'), name='arshjul_entry_data_has_source', violation_error_code='rule', violation_error_message='Välj hur ofta det ska göras.')],
            },
        ),
        migrations.CreateModel(
            name='ArshjulActivity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('lead_first', models.PositiveSmallIntegerField(blank=True, default=30, null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='första påminnelsen, dagar före')),
                ('lead_second', models.PositiveSmallIntegerField(blank=True, default=7, null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='andra påminnelsen, dagar före')),
                ('lead_last', models.PositiveSmallIntegerField(blank=True, default=0, null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='sista påminnelsen, dagar före')),
                ('occasion', models.CharField(blank=True, editable=False, max_length=80, verbose_name='tillfälle')),
                ('title', platssamverkan.ground.fields.GuardedCharField(max_length=100, verbose_name='aktivitet')),
                ('about', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=1000, verbose_name='vad som ska göras')),
                ('role', models.CharField(choices=[('enhetschef', 'enhetschef'), ('personal', 'personal'), ('forvaltningschef', 'förvaltningschef')], default='personal', max_length=20, verbose_name='ansvarig')),
                ('due_on', models.DateField(verbose_name='senast')),
                ('counts_from', models.DateField(blank=True, editable=False, null=True, verbose_name='räknas från')),
                ('postponed_from', models.DateField(blank=True, editable=False, null=True, verbose_name='uppskjuten från')),
                ('state', models.CharField(choices=[('open', 'kvar att göra'), ('done', 'klart'), ('skipped', 'gäller inte')], default='open', editable=False, max_length=8, verbose_name='läge')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='klart')),
                ('note', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=2000, verbose_name='hur det gick')),
                ('reason', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=300, verbose_name='varför')),
                ('is_told', models.BooleanField(default=False, editable=False, verbose_name='uppgifterna visar det')),
                ('why', platssamverkan.ground.fields.GuardedCharField(blank=True, editable=False, max_length=300, verbose_name='det syns på')),
                ('url', models.CharField(blank=True, editable=False, max_length=300, verbose_name='sida')),
                ('is_reminded', models.BooleanField(default=True, editable=False, verbose_name='påminn')),
                ('first_on', models.DateField(blank=True, editable=False, null=True, verbose_name='första påminnelsen')),
                ('second_on', models.DateField(blank=True, editable=False, null=True, verbose_name='andra påminnelsen')),
                ('last_on', models.DateField(blank=True, editable=False, null=True, verbose_name='sista påminnelsen')),
                ('late_on', models.DateField(blank=True, editable=False, null=True, verbose_name='första veckan sen')),
                ('chief_on', models.DateField(blank=True, editable=False, null=True, verbose_name='enhetschefen får veta')),
                ('forvaltning_on', models.DateField(blank=True, editable=False, null=True, verbose_name='förvaltningschefen får veta')),
                ('next_reminder_on', models.DateField(blank=True, editable=False, null=True, verbose_name='nästa påminnelse')),
                ('next_escalation_on', models.DateField(blank=True, editable=False, null=True, verbose_name='nästa gång någon ovanför får veta')),
                ('boende', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='arshjul_activities', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('entry', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='kartlaggning.arshjulentry', verbose_name='aktivitet i mallen')),
            ],
            options={
                'verbose_name': 'aktivitet i årshjulet',
                'verbose_name_plural': 'aktiviteter i årshjulet',
                'ordering': ['due_on', 'title'],
                'indexes': [models.Index(fields=['boende', 'due_on'], name='arshjul_boende_due'), models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='arshjul_open_due'), models.Index(condition=models.Q(('state', 'open')), fields=['next_reminder_on'], name='arshjul_reminder'), models.Index(condition=models.Q(('state', 'open')), fields=['next_escalation_on'], name='arshjul_escalation')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('entry__isnull', False)), fields=('boende', 'entry', 'occasion'), name='arshjul_activity_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='arshjul_done_has_day', violation_error_code='done_on', violation_error_message='Skriv vilken dag det blev klart.'), models.CheckConstraint(condition=models.Q(models.Q(('postponed_from__isnull', True), models.Q(('state', 'skipped'), _negated=True)), models.Q(('reason', ''), _negated=True), ('is_told', True), _connector='OR'), name='arshjul_set_aside_says_why', violation_error_code='reason', violation_error_message='Skriv varför.'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('next_escalation_on__isnull', True), ('next_reminder_on__isnull', True)), _connector='OR'), name='arshjul_reminded_while_open')],
            },
        ),
    ]
