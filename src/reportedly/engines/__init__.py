"""The same coding on one machine's processes (`local`)."""
