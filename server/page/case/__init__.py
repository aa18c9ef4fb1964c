"""The case tab (个案预审): a description in, facts to confirm, the ruling with every clause behind it."""
