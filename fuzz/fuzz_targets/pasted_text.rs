#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey_fuzz::bodies::sets::pasted_text(data));
