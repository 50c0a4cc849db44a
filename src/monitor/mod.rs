//! Watching meters: readings by interval, events with a start, an end and a cause, and where they go.

mod backoff;
pub mod demand;
pub mod detector;
pub mod ending;
pub mod forwarding;
pub mod influx;
pub mod influx_server;
pub mod measurements;
pub mod metrics;
pub mod mqtt;
pub mod outbox;
pub mod plan_file;
mod poller;
pub mod quality;
pub mod queue;
pub mod reading;
pub mod record;
pub mod rotation;
mod switching;
pub mod thresholds;
pub mod watch;
pub mod words;

pub use detector::{Cause, Detector, Event};
pub use reading::MeterReading;
pub use record::{Action, Record};
pub use thresholds::Thresholds;
pub use watch::{MeterView, Observer, WatchChannel, WatchEnd, WatchEnvironment, WatchError, WatchPlan};
