"""From a question to an answer in which every statement has its clause."""
