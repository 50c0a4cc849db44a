//! The list of ports as a document.

pub use wattkey::documents::ports::list::Ports;
