#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey_fuzz::bodies::files::job_list(data));
