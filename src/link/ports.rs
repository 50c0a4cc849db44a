//! Serial ports this machine has. The list is for choosing only: a named port is opened whether or not it is here.

pub mod adapters;
#[cfg(target_os = "linux")]
mod sysfs;

/// What kind of port it is, in the order in which lists show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortKind {
    /// Behind a USB bridge.
    Usb,
    /// On the board or a plug-in card.
    BuiltIn,
    /// Bluetooth, virtual, or not told.
    Other,
}

/// One serial port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The name to open it by.
    pub path: String,
    /// Its kind.
    pub kind: PortKind,
    /// What is known of the USB bridge.
    pub usb: Option<UsbBridge>,
    /// Whether it is of no use: a driver's placeholder without hardware, or the dial-in twin of a macOS port.
    pub is_idle: bool,
}

impl Port {
    /// What the adapter table knows of its USB bridge.
    pub fn adapter(&self) -> Option<&'static adapters::Adapter> {
        self.usb.as_ref().and_then(|usb| adapters::find(usb.vendor, usb.product))
    }
}

/// A USB bridge as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UsbBridge {
    /// Vendor id.
    pub vendor: u16,
    /// Product id.
    pub product: u16,
    /// Maker's name.
    pub manufacturer: Option<String>,
    /// Product name.
    pub name: Option<String>,
    /// Serial number: tells two adapters of one kind apart, and stays when the port name changes.
    pub serial: Option<String>,
    /// Where it is plugged in, such as `1-1.2`.
    pub location: Option<String>,
}

/// Every serial port, USB first, then by name.
pub fn list() -> Vec<Port> {
    let mut ports = found();
    ports.sort_by_key(|port| (port.kind, natural(&port.path)));
    ports
}

/// An adapter that the adapter table knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAdapter {
    /// The name to open its port by.
    pub path: String,
    /// What the table calls it.
    pub name: &'static str,
    /// Its serial number.
    pub serial: Option<String>,
}

/// The adapters of the table that are plugged in: those that a meter may be behind. A board's own ports and modems are
/// none of them.
pub fn known_adapters() -> Vec<KnownAdapter> {
    list().into_iter().filter_map(known).collect()
}

fn known(port: Port) -> Option<KnownAdapter> {
    let adapter = port.adapter().filter(|_| !port.is_idle)?;
    Some(KnownAdapter { path: port.path, name: &adapter.name, serial: port.usb.and_then(|usb| usb.serial) })
}

/// Name and number apart, so that `ttyUSB10` comes after `ttyUSB9`.
fn natural(path: &str) -> (String, u64) {
    let name = path.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = path.get(name.len()..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    (name.to_owned(), number)
}

#[cfg(target_os = "linux")]
fn found() -> Vec<Port> {
    sysfs::ports(std::path::Path::new("/sys/class/tty"))
}

#[cfg(not(target_os = "linux"))]
fn found() -> Vec<Port> {
    let listed = serialport::available_ports().unwrap_or_default();
    listed
        .into_iter()
        .map(|port| {
            let (kind, usb) = match port.port_type {
                serialport::SerialPortType::UsbPort(usb) => {
                    let bridge = UsbBridge {
                        vendor: usb.vid,
                        product: usb.pid,
                        manufacturer: usb.manufacturer,
                        name: usb.product,
                        serial: usb.serial_number,
                        location: None,
                    };
                    (PortKind::Usb, Some(bridge))
                }
                serialport::SerialPortType::PciPort => (PortKind::BuiltIn, None),
                _ => (PortKind::Other, None),
            };
            let is_idle = super::names::macos_callout_twin(&port.port_name).is_some();
            Port { path: port.port_name, kind, usb, is_idle }
        })
        .collect()
}

/// Programs now running that are known to write to serial ports on their own.
pub fn intruders() -> Vec<&'static str> {
    const KNOWN: [&str; 2] = ["ModemManager", "brltty"];
    let running: Vec<String> = std::fs::read_dir("/proc")
        .map(|processes| {
            let names = processes.flatten().map(|process| std::fs::read_to_string(process.path().join("comm")));
            names.flatten().map(|name| name.trim().to_owned()).collect()
        })
        .unwrap_or_default();
    KNOWN.into_iter().filter(|known| running.iter().any(|name| name == known)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut paths = ["/dev/ttyUSB10", "/dev/ttyUSB9", "/dev/ttyS0", "/dev/ttyACM2"];
        paths.sort_by_key(|path| natural(path));
        assert_eq!(paths, ["/dev/ttyACM2", "/dev/ttyS0", "/dev/ttyUSB9", "/dev/ttyUSB10"]);
    }
}
