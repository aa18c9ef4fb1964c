"""The roster tab (名册核查): a table of people in, the same table with due dates and outcomes out."""
