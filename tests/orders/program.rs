use super::bench as _;
