//! Linux tells of its ports in `/sys/class/tty`: one folder a terminal, with a link to the device behind it.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Port, PortKind, UsbBridge};

/// Folders between a terminal and its USB device at most.
const LONGEST_WAY_UP: usize = 6;

/// Ports under `class`, which is `/sys/class/tty` but in tests.
pub(super) fn ports(class: &Path) -> Vec<Port> {
    let Ok(entries) = fs::read_dir(class) else { return Vec::new() };
    entries.flatten().filter_map(|entry| port(&entry.path())).collect()
}

fn port(entry: &Path) -> Option<Port> {
    // Consoles and pseudo terminals have no device behind them.
    let device = fs::canonicalize(entry.join("device")).ok()?;
    let name = entry.file_name()?.to_string_lossy().into_owned();
    let usb = usb_device(&device).map(|folder| bridge(&folder));
    let driver = fs::canonicalize(device.join("driver")).ok();
    let driver = driver.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    // The 8250 driver keeps places for ports the board does not have; their type is 0.
    let is_placeholder = driver.as_deref() == Some("serial8250") || text(&entry.join("type")).as_deref() == Some("0");
    let kind = match (&usb, name.starts_with("ttyS") || name.starts_with("ttyAMA")) {
        (Some(_), _) => PortKind::Usb,
        (None, true) => PortKind::BuiltIn,
        (None, false) => PortKind::Other,
    };
    Some(Port { path: format!("/dev/{name}"), kind, is_idle: usb.is_none() && is_placeholder, usb })
}

/// The nearest folder upwards that describes a USB device.
fn usb_device(device: &Path) -> Option<PathBuf> {
    device.ancestors().take(LONGEST_WAY_UP).find(|folder| folder.join("idVendor").exists()).map(Path::to_path_buf)
}

fn bridge(folder: &Path) -> UsbBridge {
    let id =
        |name: &str| text(&folder.join(name)).and_then(|digits| u16::from_str_radix(&digits, 16).ok()).unwrap_or(0);
    UsbBridge {
        vendor: id("idVendor"),
        product: id("idProduct"),
        manufacturer: text(&folder.join("manufacturer")),
        name: text(&folder.join("product")),
        serial: text(&folder.join("serial")),
        location: folder.file_name().map(|name| name.to_string_lossy().into_owned()),
    }
}

fn text(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn usb_built_in_and_placeholder_ports_are_told_apart() {
        let root = tempfile::tempdir().unwrap();
        let usb = root.path().join("devices/usb1/1-1.2");
        let interface = usb.join("1-1.2:1.0/ttyUSB0");
        fs::create_dir_all(&interface).unwrap();
        for (name, value) in
            [("idVendor", "10c4\n"), ("idProduct", "ea60\n"), ("product", "IEC head\n"), ("serial", "0042\n")]
        {
            fs::write(usb.join(name), value).unwrap();
        }
        let class = root.path().join("class");
        for name in ["ttyUSB0", "ttyS0", "ttyS1", "tty0"] {
            fs::create_dir_all(class.join(name)).unwrap();
        }
        let board = root.path().join("devices/board");
        fs::create_dir_all(&board).unwrap();
        symlink(&interface, class.join("ttyUSB0/device")).unwrap();
        symlink(&board, class.join("ttyS0/device")).unwrap();
        symlink(&board, class.join("ttyS1/device")).unwrap();
        fs::write(class.join("ttyS0/type"), "4\n").unwrap();
        fs::write(class.join("ttyS1/type"), "0\n").unwrap();

        let mut found = ports(&class);
        found.sort_by(|left, right| left.path.cmp(&right.path));
        let seen: Vec<_> = found.iter().map(|port| (port.path.as_str(), port.kind, port.is_idle)).collect();
        assert_eq!(
            seen,
            [
                ("/dev/ttyS0", PortKind::BuiltIn, false),
                ("/dev/ttyS1", PortKind::BuiltIn, true),
                ("/dev/ttyUSB0", PortKind::Usb, false)
            ]
        );
        let bridge = found[2].usb.as_ref().unwrap();
        assert_eq!((bridge.vendor, bridge.product, bridge.serial.as_deref()), (0x10c4, 0xea60, Some("0042")));
        assert_eq!(bridge.location.as_deref(), Some("1-1.2"));

        // Pulled out, and plugged in again: the name has changed, the serial number has not.
        fs::remove_dir_all(class.join("ttyUSB0")).unwrap();
        fs::remove_dir_all(&usb).unwrap();
        assert!(ports(&class).iter().all(|port| port.kind != PortKind::Usb));
        let again = usb.join("1-1.2:1.0/ttyUSB1");
        fs::create_dir_all(&again).unwrap();
        for (name, value) in [("idVendor", "10c4\n"), ("idProduct", "ea60\n"), ("serial", "0042\n")] {
            fs::write(usb.join(name), value).unwrap();
        }
        fs::create_dir_all(class.join("ttyUSB1")).unwrap();
        symlink(&again, class.join("ttyUSB1/device")).unwrap();
        let found: Vec<_> = ports(&class).into_iter().filter(|port| port.kind == PortKind::Usb).collect();
        assert_eq!(found[0].path, "/dev/ttyUSB1");
        assert_eq!(found[0].usb.as_ref().unwrap().serial.as_deref(), Some("0042"));
    }
}
