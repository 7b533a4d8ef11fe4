"""Everything said and voted as data: tables that each format writes alike, and all of it as JSON."""
from workshop.charter.data import archive, csv, database, whole, xlsx
from workshop.charter.data.tables import DICTIONARY, TABLES

__all__ = ["DICTIONARY", "TABLES", "archive", "csv", "database", "whole", "xlsx"]
