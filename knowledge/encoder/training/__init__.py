"""How the built-in encoder is made: texts → pairs → two stages of training → measured weights.

Nothing here is imported by the product; it needs `torch` and `tokenizers`, and the project's shared folder.
"""
