#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey::sts::fuzzing::token_text(data));
