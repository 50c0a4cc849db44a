//! What the packages bring, against the tables it is made from.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_udev_rule_knows_the_adapters_of_the_table() {
    let table: toml::Table = read("data/usb-serial-adapters.toml").parse().unwrap();
    let adapters = table["adapter"].as_array().unwrap();
    let rule = |adapter: &toml::Value| {
        let product = adapter.get("product").and_then(toml::Value::as_str);
        let product = product.map(|product| format!(", ENV{{ID_MODEL_ID}}==\"{product}\"")).unwrap_or_default();
        format!("ENV{{ID_VENDOR_ID}}==\"{}\"{product}, TAG+=\"uaccess\"", adapter["vendor"].as_str().unwrap())
    };
    let expected: Vec<String> = adapters.iter().map(rule).collect();
    let rules = read("packaging/debian/60-wattkey.rules");
    let found: Vec<&str> = rules.lines().filter(|line| line.contains("TAG")).collect();
    assert_eq!(found, expected, "packaging/debian/60-wattkey.rules has a line for each adapter");
}
