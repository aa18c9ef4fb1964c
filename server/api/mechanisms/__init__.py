"""`GET /v1/mechanisms…`: what can be checked, and by which criteria."""
