#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey::protocol::fuzzing::iec62056_21_server(data));
