#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey::link::fuzzing::trace_file(data));
