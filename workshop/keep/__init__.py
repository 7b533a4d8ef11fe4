"""Keeping what was run: check, repair, backup and restore, export.  All of it works without a server."""
