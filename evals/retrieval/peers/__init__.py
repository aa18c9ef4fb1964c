"""What people would build instead: four libraries, each with its own documented hybrid search, over two encoders."""
