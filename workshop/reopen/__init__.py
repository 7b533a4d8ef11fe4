"""Opening a workshop again from its JSON export: read it, see that it holds together, make it, all or nothing."""
