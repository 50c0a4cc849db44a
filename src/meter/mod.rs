//! What any meter can do, the drivers over the protocols, and model profiles.

pub mod profile;
pub mod status;
