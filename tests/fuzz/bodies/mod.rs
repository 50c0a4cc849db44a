//! Bodies of the fuzz targets: plain functions over any bytes, which check what must hold and otherwise only that nothing
//! panics or runs on. `cargo test` runs them over seeded inputs, `cargo fuzz` under `fuzz/` guided by coverage.

pub mod files;
pub mod headend;
pub mod link;
pub mod protocol;
pub mod sets;
pub mod smets;
pub mod sts;

/// A body of a fuzz target.
pub type Body = fn(&[u8]);

/// Every target by its name, which is that of its file in `fuzz/fuzz_targets` and its folder in `fuzz/corpus`.
pub const TARGETS: &[(&str, Body)] = &[
    ("age_file", files::age_file),
    ("axdr", protocol::axdr),
    ("case_lines", sets::case_lines),
    ("clear_block", sts::clear_block),
    ("dlms_apdu", protocol::dlms_apdu),
    ("dlms_client", protocol::dlms_client),
    ("dlms_server", protocol::dlms_server),
    ("dlms_wrapper", protocol::dlms_wrapper),
    ("dlt645", protocol::dlt645),
    ("duis", smets::duis),
    ("gbcs_message", smets::gbcs_message),
    ("hdlc_connection", protocol::hdlc_connection),
    ("hdlc_frames", protocol::hdlc_frames),
    ("iec62056_21_client", protocol::iec62056_21_client),
    ("iec62056_21_server", protocol::iec62056_21_server),
    ("iec62056_21_text", protocol::iec62056_21_text),
    ("job_list", files::job_list),
    ("key_change_set", sets::key_change_set),
    ("key_file", sts::key_file),
    ("link_address", link::link_address),
    ("meter_card", sts::meter_card),
    ("modbus", protocol::modbus),
    ("modbus_server", protocol::modbus_server),
    ("mqtt", headend::mqtt),
    ("order_file", files::order_file),
    ("pack", files::pack),
    ("pasted_text", sets::pasted_text),
    ("plan", files::plan),
    ("profile", files::profile),
    ("request_lines", sts::request_lines),
    ("smets_texts", smets::texts),
    ("sta_tables", sts::sta_tables),
    ("telnet", link::telnet),
    ("token_api", headend::token_api),
    ("token_text", sts::token_text),
    ("trace_file", link::trace_file),
    ("xmlvend", headend::xmlvend),
];
