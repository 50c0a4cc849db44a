//! What any meter can do, the drivers over the protocols, and model profiles.
