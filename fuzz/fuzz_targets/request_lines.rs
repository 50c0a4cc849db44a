#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey::cli::token::fuzzing::request_lines(data));
