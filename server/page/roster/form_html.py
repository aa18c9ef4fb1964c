def roster_html(m): return "<section class=tool><form></form></section>"
