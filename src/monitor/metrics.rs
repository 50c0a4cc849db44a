//! The last readings for those who fetch them: an endpoint in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::measurements::{Measured, Measurement, of_reading};

/// How long the head of a request may take to come, and the answer to go.
const PATIENCE: Duration = Duration::from_secs(2);
/// Requests that are answered at once; more have to come again.
const AT_ONCE: usize = 8;
/// Wait between looks for the next request.
const LOOK: Duration = Duration::from_millis(50);
/// Longest head of a request.
const LONGEST_HEAD: usize = 8_192;

/// The last readings of all meters, by line and name.
#[derive(Debug, Clone, Default)]
pub struct LastReadings(Arc<Mutex<BTreeMap<(String, String), Measured>>>);

impl LastReadings {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(String, String), Measured>> {
        // Whoever holds it only puts whole readings in.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a record; only readings matter.
    pub fn take(&self, document: &Value) {
        if let Some(measured) = of_reading(document) {
            self.lock().insert((measured.line.clone(), measured.meter.clone()), measured);
        }
    }

    /// All of it in the text format 0.0.4. Of a meter that did not answer only that is told: its old values would pass for
    /// new ones.
    pub fn exposition(&self) -> String {
        let readings = self.lock();
        let mut families = Families::default();
        for measured in readings.values() {
            let meter = [("line", measured.line.as_str()), ("meter", measured.meter.as_str())];
            families.add(
                "wattkey_up",
                "gauge",
                "Whether the meter answered",
                &meter,
                if measured.answered { 1.0 } else { 0.0 },
            );
            let seconds = measured.time.unix_timestamp() as f64;
            families.add("wattkey_poll_timestamp_seconds", "gauge", "When the last poll ended", &meter, seconds);
            if measured.answered {
                measured.values.iter().for_each(|value| value_of(&mut families, &meter, value));
            }
        }
        families.text()
    }
}

/// Samples by the name of their family, with its type and help.
#[derive(Default)]
struct Families(BTreeMap<String, (&'static str, String, String)>);

impl Families {
    fn add(&mut self, name: &str, kind: &'static str, help: &str, labels: &[(&str, &str)], value: f64) {
        let family = self.0.entry(name.to_owned()).or_insert_with(|| (kind, help.to_owned(), String::new()));
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
        let _ = writeln!(family.2, "{name}{{{}}} {value}", labels.join(","));
    }

    fn text(&self) -> String {
        let family = |(name, (kind, help, samples)): (&String, &(&str, String, String))| {
            format!("# HELP {name} {help}\n# TYPE {name} {kind}\n{samples}")
        };
        self.0.iter().map(family).collect()
    }
}

fn value_of(families: &mut Families, meter: &[(&str, &str); 2], one: &Measurement) {
    let mut labels = meter.to_vec();
    if one.is_own {
        let number = one.value.as_f64().or_else(|| one.value.as_bool().map(|on| if on { 1.0 } else { 0.0 }));
        let Some(number) = number else { return };
        labels.push(("name", one.name.as_str()));
        labels.extend(one.unit.as_deref().map(|unit| ("unit", unit)));
        return families.add("wattkey_value", "gauge", "A value that the meter's profile names", &labels, number);
    }
    match (one.name.as_str(), &one.value) {
        ("relay", Value::String(state)) => {
            let closed = if state == "closed" { 1.0 } else { 0.0 };
            families.add("wattkey_relay_closed", "gauge", "Whether the supply relay is closed", &labels, closed);
        }
        ("tamper" | "alarms", Value::String(words)) => {
            for word in words.split_whitespace() {
                let labels = [labels.as_slice(), &[("condition", word)]].concat();
                families.add("wattkey_condition", "gauge", "A tamper condition or alarm that holds", &labels, 1.0);
            }
        }
        (name, Value::Number(number)) => {
            let Some(number) = number.as_f64() else { return };
            let (quantity, part) = quantity_of(name, one.unit.as_deref());
            labels.extend(part.as_ref().map(|(label, value)| (*label, value.as_str())));
            let unit = one.unit.as_deref().and_then(unit_in_words).map(|unit| format!("_{unit}")).unwrap_or_default();
            let (ending, kind) = if one.is_counter() { ("_total", "counter") } else { ("", "gauge") };
            let of = part.as_ref().map_or("meter", |(label, _)| *label);
            let help = format!("{} of the {of}", quantity.replace('_', " "));
            // Apart from the whole: a sum over a family must not count anything twice.
            let which = part.as_ref().map(|(label, _)| format!("{label}_")).unwrap_or_default();
            families.add(&format!("wattkey_{which}{quantity}{unit}{ending}"), kind, &help, &labels, number);
        }
        _ => {}
    }
}

/// A name without its unit, phase and tariff, and the label that stands for one of these.
fn quantity_of(name: &str, unit: Option<&str>) -> (String, Option<(&'static str, String)>) {
    let ending = unit.map(|unit| format!("_{}", if unit == "%" { "percent".to_owned() } else { unit.to_lowercase() }));
    let bare = ending.and_then(|ending| name.strip_suffix(&ending)).unwrap_or(name);
    for phase in ["l1", "l2", "l3"] {
        if let Some(quantity) = bare.strip_suffix(&format!("_{phase}")) {
            return (quantity.to_owned(), Some(("phase", phase.to_uppercase())));
        }
    }
    match bare.rsplit_once("_tariff_") {
        Some((quantity, tariff)) => (quantity.to_owned(), Some(("tariff", tariff.to_owned()))),
        None => (bare.to_owned(), None),
    }
}

/// A unit as names of metrics write it.
fn unit_in_words(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "kWh" => "kwh",
        "kvarh" => "kvarh",
        "kVAh" => "kvah",
        "W" => "watts",
        "var" => "vars",
        "VA" => "voltamperes",
        "V" => "volts",
        "A" => "amperes",
        "Hz" => "hertz",
        "%" => "percent",
        "s" => "seconds",
        _ => return None,
    })
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// An endpoint that answers until it is dropped.
#[derive(Debug)]
pub struct MetricsServer {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl MetricsServer {
    /// Listens at `address`, such as `127.0.0.1:9464`, and answers `GET /metrics`.
    ///
    /// # Errors
    /// An address that cannot be listened at.
    pub fn start(address: &str, readings: LastReadings) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let busy = Arc::new(AtomicUsize::new(0));
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((stream, _)) if busy.load(Ordering::Relaxed) < AT_ONCE => {
                        busy.fetch_add(1, Ordering::Relaxed);
                        let (busy, readings) = (Arc::clone(&busy), readings.clone());
                        std::thread::spawn(move || {
                            // Whoever hangs up or says nothing sensible has no answer.
                            drop(answer(stream, &readings));
                            busy.fetch_sub(1, Ordering::Relaxed);
                        });
                    }
                    Ok(_) => {}
                    Err(_) => std::thread::sleep(LOOK),
                }
            }
        });
        Ok(MetricsServer { address, stop, thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for MetricsServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A panic there has been told.
            drop(thread.join());
        }
    }
}

/// Answers one request.
fn answer(mut stream: TcpStream, readings: &LastReadings) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let until = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut buffer = [0u8; 1_024];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || head.len() > LONGEST_HEAD {
            return Err(ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut buffer)? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            count => head.extend_from_slice(buffer.get(..count).unwrap_or_default()),
        }
    }
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let parsed = request.parse(&head);
    let path = request.path.unwrap_or_default().split('?').next().unwrap_or_default();
    let (status, body) = match (parsed, request.method, path) {
        (Ok(_), Some("GET" | "HEAD"), "/metrics") => ("200 OK", readings.exposition()),
        (Ok(_), Some("GET" | "HEAD"), _) => ("404 Not Found", "the readings are at /metrics\n".to_owned()),
        (Ok(_), _, _) => ("405 Method Not Allowed", "only GET is answered\n".to_owned()),
        (Err(_), _, _) => ("400 Bad Request", "not a request of HTTP\n".to_owned()),
    };
    let content = if status.starts_with("200") { "text/plain; version=0.0.4; charset=utf-8" } else { "text/plain" };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if request.method != Some("HEAD") {
        stream.write_all(body.as_bytes())?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn readings() -> LastReadings {
        let readings = LastReadings::default();
        readings.take(&json!({"schema": "wattkey/reading/1", "line": "tcp:a:1", "meter": "say \"1\"",
            "time": "2026-11-30T12:00:00Z", "answered": true, "import_kwh": 12.5, "relay": "open", "tamper": ["magnet"],
            "clock_drift_s": -3, "tariffs": [{"tariff": 1, "import_kwh": 4.0}],
            "phases": [{"phase": "L1", "voltage_v": 230.1, "power_factor": 0.9}],
            "values": {"room": {"value": 21.5, "unit": "°C"}}}));
        readings
    }

    #[test]
    fn values_have_families_with_phases_and_tariffs_as_labels() {
        let text = readings().exposition();
        let meter = "line=\"tcp:a:1\",meter=\"say \\\"1\\\"\"";
        for line in [
            format!("wattkey_up{{{meter}}} 1"),
            "# TYPE wattkey_import_kwh_total counter".to_owned(),
            format!("wattkey_import_kwh_total{{{meter}}} 12.5"),
            format!("wattkey_tariff_import_kwh_total{{{meter},tariff=\"1\"}} 4"),
            format!("wattkey_phase_voltage_volts{{{meter},phase=\"L1\"}} 230.1"),
            format!("wattkey_phase_power_factor{{{meter},phase=\"L1\"}} 0.9"),
            format!("wattkey_relay_closed{{{meter}}} 0"),
            format!("wattkey_condition{{{meter},condition=\"magnet\"}} 1"),
            format!("wattkey_clock_drift_seconds{{{meter}}} -3"),
            format!("wattkey_value{{{meter},name=\"room\",unit=\"°C\"}} 21.5"),
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_silent_meter_shows_no_old_values() {
        let readings = readings();
        readings.take(&json!({"schema": "wattkey/reading/1", "line": "tcp:a:1", "meter": "say \"1\"",
            "time": "2026-11-30T12:00:30Z", "answered": false, "problem": "no-reply"}));
        let text = readings.exposition();
        assert!(
            text.contains("wattkey_up{line=\"tcp:a:1\",meter=\"say \\\"1\\\"\"} 0") && !text.contains("volts"),
            "{text}"
        );
    }

    #[test]
    fn the_endpoint_answers_what_is_asked_and_nothing_else() {
        let server = MetricsServer::start("127.0.0.1:0", readings()).unwrap();
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        assert!(ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").contains("wattkey_up"));
        assert!(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(ask("POST /metrics HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 405"));
        assert!(ask("\0\0\r\n\r\n").starts_with("HTTP/1.1 400"));
    }
}
