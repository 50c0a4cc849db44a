#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = wattkey::keys::KeyFile::parse(std::path::Path::new("keys.json"), data);
});
