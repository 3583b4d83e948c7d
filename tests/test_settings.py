"""Settings come from the environment, and every one is documented."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from reportedly import settings
from reportedly.errors import SettingError

DOCUMENTED = Path(__file__).parents[1] / "docs" / "settings.md"


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ?([^|]*)\|", DOCUMENTED.read_text(), re.MULTILINE))
    assert set(rows) == set(settings.Settings.__struct_fields__)
    for name, default in msgspec.structs.asdict(settings.Settings()).items():
        if isinstance(default, bool | int | float):
            assert f"{default:g}" == rows[name].strip() or str(default).lower() == rows[name].strip()


def test_the_environment_wins_over_the_defaults() -> None:
    loaded = settings.load({"REPORTEDLY_MAX_TEXT": "500", "REPORTEDLY_ALLOW_PRIVATE_ADDRESSES": "true", "HOME": "/"})
    assert (loaded.max_text, loaded.allow_private_addresses, loaded.retries) == (500, True, 2)


def test_a_value_of_the_wrong_type_is_one_line() -> None:
    with pytest.raises(SettingError, match="max_text") as caught:
        settings.load({"REPORTEDLY_MAX_TEXT": "many"})
    assert "\n" not in str(caught.value)


def test_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert settings.data_folder(settings.Settings()) == Path("/somewhere/reportedly")
    assert settings.data_folder(settings.Settings(data_folder="/mine")) == Path("/mine")
