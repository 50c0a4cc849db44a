//! The meter behind IEC 62056-21: readout and registers by their short OBIS codes, token entry after the password.
//!
//! No public standard fixes where a token is written over this protocol; `C.50.0` and its neighbours are the
//! simulator's own. The acknowledgement says that the token was taken up; the verdict stands in `C.53.0`.

use std::time::Duration;

use time::OffsetDateTime;
use time::macros::format_description;

use crate::protocol::iec62056_21::logs::Stamp;
use crate::protocol::iec62056_21::{Code, Identification, ServerOptions, Store};
use crate::sim::display::result_number;
use crate::sim::face::Protocols;
use crate::sim::meter::Meter;
use crate::sim::relay::OpenReason;

/// Where tokens are written.
const TOKEN: &str = "C.50.0";
/// Where the clock's date and time are.
const DATE: &str = "0.9.2";
const TIME: &str = "0.9.1";
/// Load profile and log book, by R5 and R6.
const LOAD_PROFILE: &str = "P.01";
const LOG_BOOK: &str = "P.98";
/// Longest block of a partial answer in characters.
const BLOCK: usize = 120;

/// How a meter with this device address behaves on the line. Mode E is offered where it leads to DLMS.
pub fn options(meter: &Meter, address: &str, shown: Protocols) -> ServerOptions {
    let faces = &meter.model().faces;
    let escapes = if faces.mode_e && shown.dlms { vec![b'2'] } else { Vec::new() };
    let ident = format!("{}V{}", meter.model().type_name, meter.firmware());
    ServerOptions {
        identification: Identification {
            manufacturer: meter.identity().manufacturer.clone(),
            speed_character: b'5',
            escapes,
            ident: ident.chars().take(16).collect(),
        },
        address: address.to_owned(),
        reaction: Duration::from_millis(faces.iec_reaction_ms.into()),
        block: BLOCK,
        repeats_option_select: true,
        line_ends: true,
    }
}

/// A meter as registers.
#[derive(Debug)]
pub struct Registers<'a> {
    /// The meter.
    pub meter: &'a mut Meter,
    /// Its device address.
    pub address: &'a str,
}

impl Registers<'_> {
    fn value(&self, address: &str) -> Option<String> {
        self.all().into_iter().find(|(name, _)| name == address).map(|(_, value)| value)
    }

    fn all(&self) -> Vec<(String, String)> {
        let meter = &*self.meter;
        let readings = meter.readings();
        let mut sets = vec![
            ("F.F".to_owned(), format!("{:08}", meter.tamper().bits())),
            ("0.0.0".to_owned(), self.address.to_owned()),
            ("C.1.0".to_owned(), meter.identity().serial.clone()),
            ("0.2.0".to_owned(), meter.firmware().to_owned()),
            (TIME.to_owned(), time_text(meter.clock())),
            (DATE.to_owned(), date_text(meter.clock())),
            ("1.8.0".to_owned(), kwh(meter.import().hundredths_kwh(), 6)),
            ("2.8.0".to_owned(), kwh(0, 6)),
            ("1.6.0".to_owned(), format!("{}*kW", thousandths(meter.demand().maximum_w, 2))),
            ("1.7.0".to_owned(), format!("{}*kW", thousandths(readings.total_power_w(), 2))),
            ("14.7.0".to_owned(), format!("{}.{:02}*Hz", readings.frequency_chz / 100, readings.frequency_chz % 100)),
        ];
        for (number, phase) in (1..).zip(&readings.phases) {
            let dv = phase.voltage_dv;
            sets.push((format!("{}.7.0", 12 + 20 * number), format!("{}.{}*V", dv / 10, dv % 10)));
            sets.push((format!("{}.7.0", 11 + 20 * number), format!("{}*A", thousandths(phase.current_ma, 3))));
        }
        if let Some(phase) = readings.phases.first() {
            let milli = phase.power_factor_milli;
            sets.push(("13.7.0".to_owned(), format!("{}.{:02}", milli / 1000, milli % 1000 / 10)));
        }
        sets.extend(self.payment());
        sets
    }

    fn payment(&self) -> Vec<(String, String)> {
        let meter = &*self.meter;
        let payment = meter.payment();
        let register = payment.register();
        let drn = meter.identity().pan.drn().to_string();
        vec![
            ("C.51.0".to_owned(), kwh(payment.credit().available().hundredths_kwh(), 4)),
            ("C.52.0".to_owned(), u8::from(meter.is_connected()).to_string()),
            ("C.52.1".to_owned(), meter.open_reason().map_or("", OpenReason::word).to_owned()),
            ("C.53.0".to_owned(), payment.last_result().map_or(0, result_number).to_string()),
            ("C.53.1".to_owned(), payment.lockout_seconds(meter.now()).to_string()),
            ("C.60.0".to_owned(), drn),
            ("C.60.1".to_owned(), register.sgc.map_or_else(|| "000000".to_owned(), |sgc| sgc.to_string())),
            ("C.60.2".to_owned(), register.krn.to_string()),
            ("C.60.3".to_owned(), register.kt.number().to_string()),
            ("C.60.4".to_owned(), format!("{:02}", register.ti.number())),
            ("C.60.5".to_owned(), register.ken.to_string()),
        ]
    }

    /// The rows of a span, as what stands between the first bracket and the last.
    fn load_profile(&self, span: &str) -> String {
        let meter = &*self.meter;
        let offset = time::Duration::seconds((meter.clock() - meter.now()).whole_seconds());
        let period_min = meter.model().load_profile.period_s / 60;
        let mut text = String::new();
        for row in meter.load_profile().rows() {
            let at = row.at + offset;
            if is_in_span(at, span) {
                if text.is_empty() {
                    text = format!("0{}{})(00000000)({period_min})(1)(1.8.0)(kWh)", date_text(at), time_text(at));
                }
                text.push_str(&format!("\r\n({:06}.{:03})", row.import_wh / 1000, row.import_wh % 1000));
            }
        }
        if text.is_empty() { "ERROR".to_owned() } else { text.trim_end_matches(')').to_owned() }
    }

    /// The entries of the event log of a span.
    fn log_book(&self, span: &str) -> String {
        let entries = self.meter.events().entries().filter(|event| is_in_span(event.at, span)).map(|event| {
            let (date, time) = (date_text(event.at), time_text(event.at));
            format!("0{date}{time})(00000000)()(1)(C.11.0)()({}", event.kind.number())
        });
        let entries: Vec<String> = entries.collect();
        if entries.is_empty() { "ERROR".to_owned() } else { entries.join(&format!(")\r\n{LOG_BOOK}(")) }
    }

    /// Sets the date or the time of day and keeps the other.
    fn set_clock(&mut self, address: &str, value: &str) -> Option<()> {
        let now = self.meter.clock();
        let time = if address == DATE {
            let date = time::Date::parse(&format!("20{value}"), format_description!("[year][month][day]")).ok()?;
            now.replace_date(date)
        } else {
            let time = time::Time::parse(value, format_description!("[hour][minute][second]")).ok()?;
            now.replace_time(time)
        };
        self.meter.set_clock(time);
        Some(())
    }
}

impl Store for Registers<'_> {
    fn readout(&mut self) -> Vec<(String, String)> {
        self.all()
    }

    fn read(&mut self, code: Code, address: &str, parameter: &str) -> Result<String, String> {
        let is_log = matches!(code, Code::READ_LOG | Code::READ_LOG_IN_BLOCKS);
        let value = match address {
            LOAD_PROFILE if is_log => Some(self.load_profile(parameter)),
            LOG_BOOK if is_log => Some(self.log_book(parameter)),
            _ if is_log => None,
            _ => self.value(address),
        };
        value.ok_or_else(|| "ER10".to_owned())
    }

    fn write(&mut self, _code: Code, address: &str, value: &str) -> Result<(), String> {
        match address {
            TOKEN => self.meter.enter(value.as_bytes()).map_err(|_| "ER16".to_owned()),
            DATE | TIME => self.set_clock(address, value).ok_or_else(|| "ER22".to_owned()),
            "C.52.0" if value == "0" => {
                self.meter.disconnect();
                Ok(())
            }
            "C.52.0" if value == "1" => {
                self.meter.reconnect();
                Ok(())
            }
            _ if self.value(address).is_some() => Err("ER20".to_owned()),
            _ => Err("ER10".to_owned()),
        }
    }

    fn opens(&mut self, code: Code, _operand: &str, password: &str) -> bool {
        code == Code::PASSWORD && password == self.meter.model().faces.iec_password
    }

    fn operand(&mut self) -> String {
        "00000000".to_owned()
    }
}

/// `012345.67*kWh` with so many digits before the point.
fn kwh(hundredths: i64, digits: usize) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let amount = hundredths.unsigned_abs();
    format!("{sign}{:0digits$}.{:02}*kWh", amount / 100, amount % 100)
}

fn thousandths(value: u32, digits: usize) -> String {
    format!("{:0digits$}.{:03}", value / 1000, value % 1000)
}

/// Whether a time is in the span of a request, `from;to` with either left out.
fn is_in_span(at: OffsetDateTime, span: &str) -> bool {
    let mut bounds = span.split(';').map(|text| Stamp::parse(text).map(|stamp| stamp.local.assume_utc()));
    let (from, to) = (bounds.next().flatten(), bounds.next().flatten());
    from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to)
}

/// YYMMDD.
fn date_text(time: OffsetDateTime) -> String {
    time.format(format_description!("[year repr:last_two][month][day]")).unwrap_or_default()
}

/// hhmmss.
fn time_text(time: OffsetDateTime) -> String {
    time.format(format_description!("[hour][minute][second]")).unwrap_or_default()
}
