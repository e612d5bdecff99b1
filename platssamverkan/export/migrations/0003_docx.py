# SPDX-License-Identifier: EUPL-1.2
"""A file can be a Word document."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('export', '0002_made_files'),
    ]

    operations = [
        migrations.AlterField(
            model_name='export',
            name='format',
            field=models.CharField(choices=[('csv', 'CSV för Excel'), ('csv-rfc4180', 'CSV (RFC 4180)'), ('xlsx', 'Excel'), ('vcf', 'kontaktkort (vCard)'), ('pdf', 'PDF'), ('docx', 'Word')], max_length=20, verbose_name='format'),
        ),
        migrations.AlterField(
            model_name='madefile',
            name='format',
            field=models.CharField(choices=[('csv', 'CSV för Excel'), ('csv-rfc4180', 'CSV (RFC 4180)'), ('xlsx', 'Excel'), ('vcf', 'kontaktkort (vCard)'), ('pdf', 'PDF'), ('docx', 'Word')], max_length=20, verbose_name='format'),
        ),
    ]
