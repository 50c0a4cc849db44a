//! The power limit, set through the limiter.

use std::sync::{Arc, Mutex};

use wattkey::keys::CounterStore;
use wattkey::link::memory::LineFaults;
use wattkey::meter::{Answer, Meter, MeterError};

use crate::bench::{line, manager, manager_driver};

#[test]
fn a_manager_sets_the_limit_and_it_is_in_force() {
    let store = Arc::new(Mutex::new(CounterStore::in_memory().unwrap()));
    let mut meter = manager_driver(manager(Box::new(line(&["1/17"], LineFaults::default())), &store));
    assert_eq!(meter.set_power_limit(Some(4321.0)).unwrap(), Answer::Done);
    assert_eq!(meter.limits().unwrap().power_w, Some(4321.0));
    assert!(matches!(meter.set_power_limit(Some(0.5)), Err(MeterError::BadValue(_))));
    assert!(matches!(meter.set_power_limit(None), Err(MeterError::NotOffered(_))));
    meter.close();
}
