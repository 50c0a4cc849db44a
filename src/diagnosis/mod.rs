//! Evidence in, ranked causes out: why a token was refused. Pure: no input or output.
