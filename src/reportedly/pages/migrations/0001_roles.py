"""The roles of staff, as groups."""

from typing import Any

from django.db import migrations

ROLES = ("reader", "coder", "editor")


def make(apps: Any, schema_editor: Any) -> None:
    """Make a group of each role."""
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
