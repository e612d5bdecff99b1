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
        ('incidents', '0007_crime_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicText',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('kind', models.CharField(choices=[('sida', 'den publika sidan'), ('grannar', 'information till grannar'), ('barn', 'information till barn')], editable=False, max_length=10, verbose_name='slag')),
                ('title', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=120, verbose_name='rubrik')),
                ('lead', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=1000, verbose_name='vilka vi är')),
                ('body', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=6000, verbose_name='det gör vi tillsammans')),
                ('is_indexed', models.BooleanField(default=False, verbose_name='sidan får hittas av sökmotorer')),
                ('boende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_texts', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('numbers', models.ManyToManyField(blank=True, related_name='+', to='boenden.commonentry', verbose_name='vem ringer man när')),
            ],
            options={
                'verbose_name': 'publik text',
                'verbose_name_plural': 'publika texter',
                'ordering': ['boende', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('boende', 'kind'), name='public_text_once', violation_error_message='Texten är redan påbörjad av någon annan.')],
            },
        ),
        migrations.CreateModel(
            name='PublicRelease',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('kind', models.CharField(choices=[('sida', 'den publika sidan'), ('grannar', 'information till grannar'), ('barn', 'information till barn')], editable=False, max_length=10, verbose_name='slag')),
                ('title', platssamverkan.ground.fields.GuardedCharField(blank=True, editable=False, max_length=120, verbose_name='rubrik')),
                ('lead', platssamverkan.ground.fields.GuardedTextField(blank=True, editable=False, max_length=1000, verbose_name='vilka vi är')),
                ('body', platssamverkan.ground.fields.GuardedTextField(blank=True, editable=False, max_length=6000, verbose_name='det gör vi tillsammans')),
                ('numbers', models.JSONField(default=list, editable=False, verbose_name='vem ringer man när')),
                ('is_indexed', models.BooleanField(default=False, editable=False, verbose_name='får hittas av sökmotorer')),
                ('boende', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='public_releases', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('text', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='incidents.publictext', verbose_name='text')),
            ],
            options={
                'verbose_name': 'släppt text',
                'verbose_name_plural': 'släppta texter',
                'ordering': ['boende', 'kind', '-created_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('archived_at__isnull', True)), fields=('boende', 'kind'), name='public_release_one_in_force', violation_error_message='En text är redan släppt.')],
            },
        ),
        migrations.CreateModel(
            name='Synpunkt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('reference', platssamverkan.ground.fields.GuardedCharField(editable=False, max_length=20, unique=True, verbose_name='referens')),
                ('kind', models.CharField(choices=[('oro', 'oro'), ('klagomal', 'klagomål'), ('fraga', 'fråga'), ('berom', 'beröm')], max_length=8, verbose_name='slag')),
                ('text', platssamverkan.ground.fields.GuardedTextField(max_length=4000, verbose_name='synpunkten')),
                ('place_text', platssamverkan.ground.fields.GuardedCharField(blank=True, max_length=160, verbose_name='plats')),
                ('place_key', platssamverkan.ground.fields.GuardedCharField(blank=True, editable=False, max_length=160, verbose_name='plats, för jämförelse')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitud')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitud')),
                ('children', models.BooleanField(default=False, verbose_name='rör barn')),
                ('channel', models.CharField(choices=[('web', 'publika sidan'), ('phone', 'telefon'), ('visit', 'samtal på plats'), ('mail', 'brev eller mail'), ('meeting', 'möte'), ('husmote', 'husmöte')], default='web', max_length=8, verbose_name='kom genom')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='kom in')),
                ('answer_by', models.DateField(default=django.utils.timezone.localdate, verbose_name='besvaras senast')),
                ('sender_email', models.EmailField(blank=True, max_length=254, verbose_name='avsändarens e-post')),
                ('sender_phone', platssamverkan.ground.fields.TelephoneField(blank=True, max_length=20, verbose_name='avsändarens telefon')),
                ('forgotten_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='avsändaren bortglömd')),
                ('status', models.CharField(choices=[('new', 'ny'), ('taken', 'vi tar hand om den'), ('answered', 'besvarad'), ('closed', 'avslutad')], default='new', editable=False, max_length=8, verbose_name='läge')),
                ('note', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=4000, verbose_name='intern anteckning')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='besvarad')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='avslutad')),
                ('code', models.CharField(blank=True, choices=[('done', 'vi gjorde något åt det'), ('explained', 'vi förklarade hur det är'), ('passed_on', 'någon annan tog över'), ('nothing', 'inget behövde göras'), ('not_us', 'det gällde inte boendet')], max_length=10, verbose_name='vad det blev av den')),
                ('lesson', platssamverkan.ground.fields.GuardedTextField(blank=True, max_length=2000, verbose_name='vad vi lärde oss')),
                ('is_recurring', models.BooleanField(default=False, editable=False, verbose_name='återkommande')),
                ('boende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='synpunkter', to='boenden.boende', verbose_name='boende')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('felanmalan', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='synpunkter', to='incidents.felanmalan', verbose_name='felanmälan')),
                ('incident', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='synpunkter', to='incidents.incident', verbose_name='händelse')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarig')),
                ('sender', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='avsändare med konto')),
            ],
            options={
                'verbose_name': 'synpunkt',
                'verbose_name_plural': 'synpunkter',
                'ordering': ['-received_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('archived_at__isnull', True)), fields=['boende', 'status', 'answer_by'], name='synpunkt_boende_status'), models.Index(condition=models.Q(('archived_at__isnull', True)), fields=['boende', 'kind', '-received_at'], name='synpunkt_boende_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='synpunkt_coordinates', violation_error_code='latitude', violation_error_message='Skriv både latitud (−90 till 90) och longitud (−180 till 180), eller ingen.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='synpunkt_answered_has_time', violation_error_message='En besvarad synpunkt har ett svar.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed'), models.Q(('code', ''), _negated=True)), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='synpunkt_closed_says_how', violation_error_code='code', violation_error_message='Välj vad det blev av synpunkten.'), models.CheckConstraint(condition=models.Q(('forgotten_at__isnull', True), models.Q(('sender__isnull', True), ('sender_email', ''), ('sender_phone', '')), _connector='OR'), name='synpunkt_forgotten_is_empty', violation_error_code='sender_email', violation_error_message='Avsändaren är bortglömd och kan inte skrivas in igen.')],
            },
        ),
        migrations.CreateModel(
            name='SynpunktReply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skapad')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ändrad')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='arkiverad')),
                ('text', platssamverkan.ground.fields.GuardedTextField(max_length=4000, verbose_name='svar')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrad av')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skapad av')),
                ('synpunkt', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='incidents.synpunkt', verbose_name='synpunkt')),
            ],
            options={
                'verbose_name': 'svar på synpunkt',
                'verbose_name_plural': 'svar på synpunkter',
                'ordering': ['synpunkt', 'created_at', 'id'],
            },
        ),
    ]
