"""Numbers about the product: measured with counts and intervals, never judged by a test."""
