#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wattkey::protocol::fuzzing::modbus_server(data));
