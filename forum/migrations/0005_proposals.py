import django.db.models.deletion
import django.utils.timezone
import platssamverkan.ground.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('forum', '0004_insatser_and_walks'),
        ('incidents', '0008_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeardWish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('item', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='heard_wishes', to='forum.agendaitem', verbose_name='punkt')),
                ('synpunkt', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='heard_wish', to='incidents.synpunkt', verbose_name='synpunkt')),
            ],
            options={
                'verbose_name': 'önskemål som blev synpunkt',
                'verbose_name_plural': 'önskemål som blev synpunkter',
                'ordering': ['item', 'created_at'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('title', platssamverkan.ground.fields.GuardedCharField(max_length=160, verbose_name='frågan i korthet')),
                ('text', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=4000, verbose_name='underlag')),
                ('state', models.CharField(choices=[('waiting', 'väntar på sammankallande'), ('accepted', 'på dagordningen'), ('declined', 'tas inte upp')], default='waiting', editable=False, max_length=10, verbose_name='läge')),
                ('answer', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=2000, verbose_name='ett ord tillbaka')),
                ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvarad av')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('item', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='forum.agendaitem', verbose_name='punkt')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='forum.meeting', verbose_name='möte')),
                ('synpunkt', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='incidents.synpunkt', verbose_name='synpunkt')),
                ('wish', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='forum.agendaitem', verbose_name='önskemål på husmöte')),
            ],
            options={
                'verbose_name': 'föreslagen punkt',
                'verbose_name_plural': 'föreslagna punkter',
                'ordering': ['meeting', 'created_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_by__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='proposal_answered_by', violation_error_message='Ett besvarat förslag har någon som svarade.'), models.CheckConstraint(condition=models.Q(models.Q(('synpunkt__isnull', False), ('wish__isnull', True)), models.Q(('synpunkt__isnull', True), ('wish__isnull', False)), _connector='OR'), name='proposal_comes_from_one', violation_error_message='Ett förslag kommer från en synpunkt eller ett husmöte.')],
            },
        ),
    ]
