"""Whose words, and how they are meant: persons, negation, allegation, finding."""
