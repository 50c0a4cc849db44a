//! What `limit` shows.

pub use wattkey::documents::limit::document::{Limit, words};
