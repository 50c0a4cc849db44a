//! What displays, short codes and result codes mean: data read from the files under `data/`.
