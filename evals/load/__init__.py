"""How fast a real server process answers over a socket, and what it costs in memory and time."""
