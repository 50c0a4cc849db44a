#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey_fuzz::bodies::protocol::axdr(data));
