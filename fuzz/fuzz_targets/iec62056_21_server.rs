#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey_fuzz::bodies::protocol::iec62056_21_server(data));
