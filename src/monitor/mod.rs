//! Watching meters: readings by interval, events with a start, an end and a cause, and where they go.

pub mod demand;
pub mod detector;
pub mod mqtt;
pub mod outbox;
pub mod reading;
pub mod record;
pub mod rotation;
pub mod thresholds;

pub use detector::{Cause, Detector, Event};
pub use reading::Reading;
pub use record::{Action, Record};
pub use thresholds::Thresholds;
