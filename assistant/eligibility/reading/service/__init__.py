"""Stretches of service, and the present post among them."""
