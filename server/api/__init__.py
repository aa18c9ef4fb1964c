"""The HTTP interface under `/v1`, and the two probes beside it."""
