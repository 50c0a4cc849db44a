//! Groups of options that several commands take, and what they resolve to.

pub mod head_end;
pub mod interface;
pub mod meter_asked;
pub mod meter_parameters;
pub mod order_file;
pub mod period;
pub mod search;
pub mod slip;
