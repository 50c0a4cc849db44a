//! Names of USB serial bridges by vendor and product id, from `data/usb-serial-adapters.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

/// A known bridge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adapter {
    /// Vendor id, four hex digits.
    vendor: String,
    /// Product id, four hex digits; absent for any product of the vendor.
    product: Option<String>,
    /// What to call it.
    pub name: String,
    /// What a user should know of it.
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    adapter: Vec<Adapter>,
}

fn table() -> &'static [Adapter] {
    static TABLE: OnceLock<Vec<Adapter>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../../data/usb-serial-adapters.toml");
        toml::from_str::<Table>(text).map(|table| table.adapter).unwrap_or_default()
    })
}

/// The bridge with these ids; the vendor alone when the product is not known.
pub fn find(vendor: u16, product: u16) -> Option<&'static Adapter> {
    let (vendor, product) = (format!("{vendor:04x}"), format!("{product:04x}"));
    let of_vendor = || table().iter().filter(|adapter| adapter.vendor == vendor);
    let exact = of_vendor().find(|adapter| adapter.product.as_ref() == Some(&product));
    exact.or_else(|| of_vendor().find(|adapter| adapter.product.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_its_ids_are_hex() {
        let text = include_str!("../../../data/usb-serial-adapters.toml");
        let table: Table = toml::from_str(text).unwrap();
        assert!(table.adapter.len() >= 8);
        for adapter in &table.adapter {
            for id in std::iter::once(&adapter.vendor).chain(&adapter.product) {
                assert!(id.len() == 4 && u16::from_str_radix(id, 16).is_ok() && *id == id.to_lowercase(), "{id}");
            }
        }
    }

    #[test]
    fn products_win_over_vendors() {
        assert_eq!(find(0x10c4, 0xea60).unwrap().name, "Silicon Labs CP210x");
        assert_eq!(find(0x0403, 0x6001).unwrap().name, "FTDI FT232R");
        assert_eq!(find(0x0403, 0x9999).unwrap().name, "FTDI");
        assert_eq!(find(0xffff, 0), None);
    }
}
