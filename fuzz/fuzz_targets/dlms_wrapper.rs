#![no_main]

#[path = "../../tests/fuzz/bodies/mod.rs"]
#[allow(dead_code)]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::protocol::dlms_wrapper(data));
