"""Tokens by which programs write in somebody's name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_responses")]
    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("user", models.CharField(db_index=True, max_length=150)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("ends", models.DateTimeField(blank=True, null=True)),
                ("used", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
