//! The list of ports as a document.

use serde::Serialize;

use crate::link::ports::{self, Port, PortKind};
use crate::output::{Document, Style, grid};

/// The result of `wattkey ports`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Ports {
    pub ports: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub path: String,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adapter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usb_location: Option<String>,
    pub access: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Ports {
    /// The ports there are now; those without hardware only when `all` is wanted.
    pub fn now(all: bool) -> Self {
        let ports: Vec<Row> = ports::list().into_iter().filter(|port| all || !port.is_idle).map(row).collect();
        let intruders = ports::intruders();
        let has_usb = ports.iter().any(|port| port.kind == "usb");
        let warning = |name: &&str| {
            format!(
                "{name} is running: it writes to new serial ports for some seconds after an adapter is plugged in; stop it with `sudo systemctl stop {name}`"
            )
        };
        let warnings = if has_usb { intruders.iter().map(warning).collect() } else { Vec::new() };
        Ports { ports, warnings }
    }
}

fn row(port: Port) -> Row {
    let known = port.adapter();
    let (access, reason) = access(&port.path);
    let usb = port.usb.unwrap_or_default();
    let id = |id: u16| (port.kind == PortKind::Usb).then(|| format!("{id:04x}"));
    Row {
        kind: match port.kind {
            PortKind::Usb => "usb",
            PortKind::BuiltIn => "built-in",
            PortKind::Other => "other",
        },
        adapter: known.map(|adapter| adapter.name.clone()),
        vid: id(usb.vendor),
        pid: id(usb.product),
        path: port.path,
        manufacturer: usb.manufacturer,
        product: usb.name,
        serial: usb.serial,
        usb_location: usb.location,
        access,
        reason,
        note: known.and_then(|adapter| adapter.note.clone()),
    }
}

#[cfg(unix)]
fn access(path: &str) -> (&'static str, Option<String>) {
    use crate::link::serial::access::{Access, examine};
    match examine(path) {
        Access::Open => ("ok", None),
        Access::Absent(reason) => ("absent", Some(reason)),
        Access::Denied(remedy) => ("denied", remedy),
        Access::Busy(holder) => ("busy", holder.map(|holder| format!("held by {holder}"))),
    }
}

/// Opening a port for a look raises DTR on Windows, so nothing is tried there.
#[cfg(not(unix))]
fn access(_path: &str) -> (&'static str, Option<String>) {
    ("unknown", None)
}

impl Document for Ports {
    const SCHEMA: &'static str = "wattkey/ports/1";

    fn table(&self, style: Style) -> String {
        if self.ports.is_empty() {
            return "No serial port was found. Plug the adapter in, or name the port with --link; --all shows ports without hardware.\n"
                .to_owned();
        }
        let rows: Vec<Vec<String>> = self
            .ports
            .iter()
            .map(|row| {
                let own_name = row.product.clone().unwrap_or_else(|| row.kind.to_owned());
                let use_it = match (&row.reason, row.access) {
                    (Some(reason), access) => format!("{access}: {reason}"),
                    (None, access) => access.to_owned(),
                };
                vec![
                    row.path.clone(),
                    row.adapter.clone().unwrap_or(own_name),
                    row.serial.clone().unwrap_or_default(),
                    use_it,
                ]
            })
            .collect();
        let mut text = grid(style, &["port", "adapter", "serial", "access"], &rows);
        for warning in &self.warnings {
            text.push_str(&format!("Warning: {warning}\n"));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        [
            "path",
            "kind",
            "adapter",
            "vid",
            "pid",
            "manufacturer",
            "product",
            "serial",
            "usb_location",
            "access",
            "reason",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        self.ports
            .iter()
            .map(|row| {
                vec![
                    row.path.clone(),
                    row.kind.to_owned(),
                    text(&row.adapter),
                    text(&row.vid),
                    text(&row.pid),
                    text(&row.manufacturer),
                    text(&row.product),
                    text(&row.serial),
                    text(&row.usb_location),
                    row.access.to_owned(),
                    text(&row.reason),
                ]
            })
            .collect()
    }
}
