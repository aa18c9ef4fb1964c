"""The sentence encoder: texts in, unit vectors out.

`load_encoder(None)` is the static Chinese encoder shipped in `weights/`, which needs neither network nor torch;
`training/` and `train.py` are how it was made.
"""

from knowledge.encoder.encoder import Encoder, Vector, Vectors, load_encoder, sound

__all__ = ["Encoder", "Vector", "Vectors", "load_encoder", "sound"]
