"""The commands of the record, a module a group; `cli` puts them together."""
