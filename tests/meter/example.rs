//! The example of the documentation.

#[path = "../../examples/status.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod status;

#[test]
fn a_program_of_twenty_lines_prints_a_status() {
    let text = status::status("sim:example?fresh").unwrap();
    let status: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status["link"], "sim:example?fresh");
    assert!(status["meter"]["serial"].is_string() && status["sts"]["sgc"].is_string(), "{text}");
    let lines = include_str!("../../examples/status.rs").lines().count();
    assert!(lines <= 20, "the example has {lines} lines");
}
