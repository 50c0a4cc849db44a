#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey::sts::fuzzing::meter_card(data));
