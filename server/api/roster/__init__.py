"""`POST /v1/roster/…`: a list of cadres checked row by row."""
