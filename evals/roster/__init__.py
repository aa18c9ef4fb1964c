"""How long a large roster takes to be read, checked and written, and how much memory."""
