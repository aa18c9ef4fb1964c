"""`POST /v1/cases/…`: a described case and the ruling on it over the wire; the opinion on paper."""
