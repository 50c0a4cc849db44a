//! STS tokens, keys, ciphers and identifiers (IEC 62055-41): pure functions, no input or output.
