//! The key file, its encrypted form, and credentials.
