"""Checking a case: facts are read from its description, criteria are evaluated, a ruling explains itself."""
