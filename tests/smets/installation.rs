//! A whole dual-fuel installation, message by message from files, as the installer's evening goes: with the WAN and without, with
//! a command that is not yet sent, a refusal that is put right, and an alert that takes something back.

use std::cell::Cell;
use std::fs;

use serde_json::Value;

use crate::messages::{Flag, envelope_at, gbcs, payload, response_message, signed};
use crate::{HUB, METER, Place, SUPPLIER};

const GAS_METER: &str = "00-DB-12-34-56-78-90-A1";
const GAS_PROXY: &str = "00-DB-12-34-56-78-90-A3";
const DISPLAY: &str = "00-DB-12-34-56-78-90-A4";

/// One part of a command, carried out and refused, by DLMS.
const DONE: &[u8] = &[0xda, 0x20, 0, 0, 0, 0, 0, 1, 0, 1, 3, 0];
const REFUSED: &[u8] = &[0xda, 0x20, 0, 0, 0, 0, 0, 1, 0, 1, 2, 3];
/// One ZigBee frame: the default response to a command, status 0.
const GAS_DONE: &[u8] = &[1, 9, 1, 0, 7, 0, 0, 5, 0x18, 1, 0x0b, 0, 0];
/// Joined.
const JOINED: &[u8] = &[2, 1, 0];
/// Replaced credentials: one part, an enumeration that says success.
const REPLACED: &[u8] = &[0x30, 3, 0x0a, 1, 0];

struct Site {
    place: Place,
    counter: Cell<u64>,
}

impl Site {
    fn new(wan: &str) -> Self {
        let site = Site { place: Place::new(), counter: Cell::new(0) };
        let devices: Vec<String> =
            [("CHF", HUB), ("ESME", METER), ("GSME", GAS_METER), ("GPF", GAS_PROXY), ("PPMID", DISPLAY)]
                .iter()
                .map(|(kind, id)| format!("--device={kind}={id}"))
                .collect();
        let devices: Vec<&str> = devices.iter().map(String::as_str).collect();
        site.run(&[&["start", "--mpxn", "1312345678907", "--mpxn", "3938424403"], devices.as_slice()].concat());
        site.run(&["wan", wan]);
        site
    }

    fn run(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.place.run(&[&["smets", "install"], arguments].concat());
        assert_eq!(code, 0, "{arguments:?}: {out}{err}");
        out
    }

    /// Writes a message to a file of its own and feeds it; gives the steps it settled, with their status.
    fn feed(&self, text: &str) -> Vec<(String, String)> {
        let name = format!("message-{:02}.xml", self.counter.get());
        fs::write(self.place.path(&name), text).unwrap();
        let (code, fed) = self.place.json(&["smets", "install", "feed", &name]);
        let word = |change: &Value, field: &str| change[field].as_str().unwrap().to_owned();
        let changes = fed["changes"].as_array().unwrap_or_else(|| panic!("{fed}")).iter();
        let changes: Vec<_> = changes.map(|change| (word(change, "step"), word(change, "status"))).collect();
        assert_eq!(code, i32::from(changes.is_empty()), "{fed}");
        changes
    }

    /// A minute on: each message has its own counter and time.
    fn next(&self) -> (u64, String) {
        let counter = self.counter.get() + 1;
        self.counter.set(counter);
        (counter, format!("2026-11-21T{:02}:{:02}:00Z", 10 + counter / 60, counter % 60))
    }

    fn id(to: &str, counter: u64) -> String {
        format!("{SUPPLIER}:{to}:{counter}")
    }

    /// What the DCC answers for itself.
    fn dcc(&self, srv: &str, device: &str, code: &str) -> Vec<(String, String)> {
        let (counter, time) = self.next();
        let inner = response_message(srv, &format!("<sr:DeviceID>{device}</sr:DeviceID>"));
        self.feed(&envelope_at(&Self::id("90-B3-D5-1F-30-00-00-02", counter), code, &inner, &time))
    }

    /// What a device answers.
    fn device(&self, srv: &str, device: &str, code: u16, content: &[u8]) -> Vec<(String, String)> {
        let (counter, time) = self.next();
        let id = Self::id(device, counter);
        let answer = signed(gbcs(Flag::Response, &id, code, content));
        self.feed(&envelope_at(&id, "I0", &response_message(srv, &payload(&answer)), &time))
    }

    /// A pre-command for a device: nothing has reached it.
    fn pre_command(&self, srv: &str, device: &str, code: u16) -> Vec<(String, String)> {
        let (counter, time) = self.next();
        let id = Self::id(device, counter);
        let command = gbcs(Flag::Command, &id, code, &[0xd9, 0x20, 0, 0, 0, 0, 0]);
        let inner = response_message(srv, &format!("<sr:PreCommand>{}</sr:PreCommand>", payload(&command)));
        self.feed(&envelope_at(&id, "I0", &inner, &time))
    }

    /// The result of a change of the hub's list of devices.
    fn device_log(&self, code: &str, request: u64) -> Vec<(String, String)> {
        let (counter, time) = self.next();
        let inner = format!(
            "<sr:DCCAlertMessage><sr:DCCAlertCode>{code}</sr:DCCAlertCode><sr:DCCAlert><sr:UpdateHANDeviceLogResult>\
             <sr:UpdateHANDeviceLogServiceRequestID>{}</sr:UpdateHANDeviceLogServiceRequestID>\
             </sr:UpdateHANDeviceLogResult></sr:DCCAlert></sr:DCCAlertMessage>",
            Self::id(HUB, request)
        );
        self.feed(&envelope_at(&Self::id(HUB, counter), "I0", &inner, &time))
    }

    fn alert(&self, device: &str, code: &str) -> Vec<(String, String)> {
        let (counter, time) = self.next();
        let inner = format!("<sr:DeviceAlertMessage><sr:AlertCode>{code}</sr:AlertCode></sr:DeviceAlertMessage>");
        self.feed(&envelope_at(&Self::id(device, counter), "I0", &inner, &time))
    }

    fn show(&self) -> Value {
        serde_json::from_str(&self.run(&["show", "--json"])).unwrap()
    }

    #[track_caller]
    fn is_open(&self, step: &str) {
        let shown = self.show();
        let found = shown["steps"].as_array().unwrap().iter().find(|found| found["key"] == step).unwrap().clone();
        assert_ne!(found["status"], "done", "{found}");
    }
}

#[track_caller]
fn settles(changes: &[(String, String)], wanted: &[(&str, &str)]) {
    let changes: Vec<(&str, &str)> = changes.iter().map(|(step, status)| (step.as_str(), status.as_str())).collect();
    assert_eq!(changes, wanted);
}

/// Everything up to the joined HAN.
fn onto_the_han(site: &Site) {
    settles(&site.dcc("12.1", HUB, "I0"), &[("coverage", "done")]);
    for (device, name) in [(HUB, "CHF"), (METER, "ESME"), (GAS_METER, "GSME"), (DISPLAY, "PPMID")] {
        settles(&site.dcc("12.2", device, "I0"), &[(&format!("announce/{name}"), "done")]);
    }
    site.run(&["done", "hub"]);
    site.run(&["done", "meter/ESME"]);
    site.run(&["done", "meter/GSME"]);
}

#[test]
fn a_dual_fuel_installation_with_wan_ends_finished() {
    let site = Site::new("up");
    onto_the_han(&site);
    settles(&site.dcc("8.14.1", HUB, "I99"), &[("hub-report", "done")]);
    // Three devices wait for the hub's list: an alert that names none of them settles none.
    settles(&site.device_log("N24", 700), &[]);
    let listed = |device: &str| {
        let entry = format!(
            "<sr:Device><sr:DeviceID>{device}</sr:DeviceID><sr:DeviceStatus>Whitelisted</sr:DeviceStatus></sr:Device>"
        );
        let (counter, time) = site.next();
        let inner = response_message("8.2", &format!("<sr:DSPInventory>{entry}</sr:DSPInventory>"));
        site.feed(&envelope_at(&Site::id("90-B3-D5-1F-30-00-00-02", counter), "I0", &inner, &time))
    };
    settles(&listed(METER), &[("whitelist/ESME", "done")]);
    settles(&listed(GAS_METER), &[("whitelist/GSME", "done")]);
    // Now one waits: its alert settles it, a doubtful one about the same request takes that back.
    settles(&site.device_log("N24", 701), &[("whitelist/PPMID", "done")]);
    settles(&site.device_log("N25", 702), &[]);
    settles(&site.device_log("N25", 701), &[("whitelist/PPMID", "open")]);
    settles(&listed(DISPLAY), &[("whitelist/PPMID", "done")]);
    for (device, name) in [(METER, "ESME"), (GAS_METER, "GSME")] {
        settles(&site.alert(device, "8183"), &[(&format!("join/{name}"), "done")]);
    }
    site.run(&["done", "join/PPMID"]);
    // The clock: first a pre-command, then a meter that refuses, then one that takes it.
    settles(&site.pre_command("8.1.1", METER, 0x0062), &[]);
    site.is_open("commission/ESME");
    settles(&site.device("8.1.1", METER, 0x0062, REFUSED), &[("commission/ESME", "failed")]);
    settles(&site.device("8.1.1", METER, 0x0062, DONE), &[("commission/ESME", "done")]);
    let gas_clock = [&[0x30, 0x14, 0x18, 0x0f], b"20261121103000Z".as_slice(), &[2, 1, 0]].concat();
    settles(&site.device("8.1.1", GAS_METER, 0x007f, &gas_clock), &[("commission/GSME", "done")]);
    settles(&site.device("6.20.1", METER, 0x004c, DONE), &[("meter-point/ESME", "done")]);
    settles(&site.device("6.20.1", GAS_METER, 0x0087, GAS_DONE), &[("meter-point/GSME", "done")]);
    for (device, name) in [(METER, "ESME"), (GAS_METER, "GSME")] {
        settles(&site.device("6.15.1", device, 0x0102, REPLACED), &[(&format!("credentials/{name}"), "done")]);
    }
    // A tariff alone does not settle mode, calendar and alerts.
    for (device, name, content, codes) in [
        (METER, "ESME", DONE, [0x0019, 0x001a, 0x0046, 0x00ac]),
        (GAS_METER, "GSME", GAS_DONE, [0x006b, 0x006c, 0x007e, 0x00ad]),
    ] {
        for ((srv, code), status) in
            ["1.1.1", "1.6", "6.8", "6.22"].iter().zip(codes).zip(["open", "open", "open", "done"])
        {
            let step = format!("tariff/{name}");
            settles(&site.device(srv, device, code, content), &[(&step, status)]);
        }
    }
    // Join the gas meter to the hub's gas proxy, and the display to the meter.
    settles(&site.device("8.7.2", GAS_METER, 0x000e, JOINED), &[("gas-proxy/GSME", "done")]);
    settles(&site.device("8.7.1", DISPLAY, 0x00af, JOINED), &[("bind/PPMID", "done")]);
    site.run(&["done", "bind-gas/PPMID", "--evidence", "the display shows gas"]);
    site.run(&["done", "hand-over"]);
    let shown = site.show();
    let open: Vec<&Value> = shown["steps"].as_array().unwrap().iter().filter(|step| step["status"] != "done").collect();
    assert!(open.is_empty() && shown["finished"] == true, "{shown}");
    let page = site.run(&["page"]);
    for words in ["8.1.1 answered I0", "27 of 27 steps settled", "8.7.1", "3938424403"] {
        assert!(page.contains(words), "the page lacks {words}");
    }
}

#[test]
fn a_dual_fuel_installation_without_wan_goes_by_local_delivery() {
    let site = Site::new("none");
    onto_the_han(&site);
    settles(&site.dcc("8.14.2", HUB, "I0"), &[("hub-report-no-wan", "done")]);
    let shown = site.show();
    let whitelist = shown["steps"].as_array().unwrap().iter().find(|step| step["key"] == "whitelist/ESME").unwrap();
    assert!(whitelist["without_wan"].as_str().unwrap().contains("8.13"), "{whitelist}");
    // The command came back to be delivered by hand: nothing is done yet.
    let (counter, time) = site.next();
    let id = Site::id(HUB, counter);
    let command = signed(gbcs(Flag::Command, &id, 1, &[0xd9, 0x20, 0, 0, 0, 0, 0]));
    let inner = response_message("8.11", &format!("<sr:LocalCommand>{}</sr:LocalCommand>", payload(&command)));
    settles(&site.feed(&envelope_at(&id, "I0", &inner, &time)), &[]);
    site.is_open("whitelist/ESME");
    let next = site.run(&["next"]);
    assert!(next.contains("8.13"), "{next}");
}
