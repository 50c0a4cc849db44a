//! The table of a status: short lines under plain headings, to be read at arm's length in the sun.

use std::fmt::Write;

use super::{Document, Style, fit, sanitize};
use crate::meter::status::{CreditState, Phase, Status, StsState};
use crate::output::in_words;
use crate::sts::Drn;

const LABEL: usize = 10;

impl Document for Status {
    const SCHEMA: &'static str = "wattkey/status/1";

    fn table(&self, style: Style) -> String {
        let mut page = Page { text: String::new(), style };
        page.line("METER", &identity(self));
        if let Some(firmware) = &self.meter.firmware {
            page.line("", &format!("firmware {firmware}"));
        }
        if let Some(credit) = &self.credit {
            page.credit(credit);
        }
        if let Some(relay) = &self.relay {
            let control = relay.control.as_ref().filter(|control| !says_the_same(relay.output.as_deref(), control));
            let mut text = relay.output.as_deref().map(str::to_uppercase).unwrap_or_default();
            for part in [control, relay.reason.as_ref()].into_iter().flatten() {
                let _ = write!(text, "{}{}", if text.is_empty() { "" } else { ", " }, in_words(part));
            }
            page.warn("RELAY", &text, relay.output.as_deref() == Some("open"));
        }
        if let Some(sts) = &self.sts {
            page.sts(sts);
        }
        if let Some(clock) = &self.clock {
            let drift = clock.drift_s.map(drift_words).unwrap_or_default();
            let flags = clock.flags.iter().fold(String::new(), |text, flag| format!("{text}, {flag}"));
            let text = format!("{}{drift}{flags}", clock.meter.as_deref().unwrap_or_default().replace('T', " "));
            page.warn("CLOCK", &text, !clock.flags.is_empty());
        }
        if let Some(energy) = &self.energy {
            let part = |name: &str, value: Option<f64>| value.map(|kwh| format!("{name} {} kWh", number(kwh, 2)));
            page.joined("ENERGY", &[part("in", energy.import_kwh), part("out", energy.export_kwh)]);
            let other = |name: &str, value: Option<f64>, unit: &str| {
                value.map(|value| format!("{name} {} {unit}", number(value, 2)))
            };
            page.joined(
                "",
                &[
                    other("reactive in", energy.reactive_import_kvarh, "kvarh"),
                    other("out", energy.reactive_export_kvarh, "kvarh"),
                    other("apparent", energy.apparent_kvah, "kVAh"),
                ],
            );
            for tariff in &energy.tariffs {
                let name = Some(format!("tariff {}", tariff.tariff));
                page.joined("", &[name, part("in", tariff.import_kwh), part("out", tariff.export_kwh)]);
            }
        }
        if let Some(supply) = &self.supply {
            for (index, phase) in supply.phases.iter().enumerate() {
                page.line(if index == 0 { "SUPPLY" } else { "" }, &phase_line(phase));
            }
            let label = if supply.phases.is_empty() { "SUPPLY" } else { "" };
            let part = |value: Option<f64>, unit: &str| value.map(|value| format!("{} {unit}", number(value, 0)));
            let factor = supply.power_factor.map(|factor| format!("PF {}", number(factor, 2)));
            let hertz = supply.frequency_hz.map(|hertz| format!("{} Hz", number(hertz, 2)));
            page.joined(label, &[part(supply.active_power_w, "W in all"), factor, hertz]);
            let neutral = supply.neutral_current_a.map(|amperes| format!("neutral {} A", number(amperes, 2)));
            let apparent = [part(supply.reactive_power_var, "var in all"), part(supply.apparent_power_va, "VA in all")];
            page.joined("", &[apparent.as_slice(), &[neutral]].concat());
            page.joined("", &[part(supply.demand_w, "W demand"), part(supply.maximum_demand_w, "W highest demand")]);
        }
        if let Some(limits) = &self.limits {
            let power = limits.power_w.map(|watts| format!("{} W", number(watts, 0)));
            let unbalance = limits.phase_unbalance_w.map(|watts| format!("{} W between phases", number(watts, 0)));
            let demand = limits.demand_w.map(|watts| format!("{} W demand", number(watts, 0)));
            page.joined("LIMITS", &[power, demand, unbalance]);
        }
        for (label, words) in [("TAMPER", &self.tamper), ("ALARMS", &self.alarms)] {
            if let Some(words) = words {
                let text = if words.is_empty() { "none".to_owned() } else { words.join(", ").to_uppercase() };
                page.warn(label, &text, !words.is_empty());
            }
        }
        for (index, (name, value)) in self.values.iter().enumerate() {
            let unit = value.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let shown = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
            page.line(if index == 0 { "VALUES" } else { "" }, &format!("{} {shown}{unit}", in_words(name)));
        }
        for (index, problem) in self.problems.iter().enumerate() {
            let label = if index == 0 { "NOT READ" } else { "" };
            page.line(label, &format!("{}: {}", problem.object, in_words(&problem.error)));
        }
        fit(style, &page.text, LABEL)
    }

    fn csv_header(&self) -> Vec<String> {
        flat(self).into_iter().map(|(name, _)| name).collect()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![flat(self).into_iter().map(|(_, value)| value).collect()]
    }
}

/// Every field of the document by its dotted name; lists joined by a blank.
fn flat(status: &Status) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Ok(value) = serde_json::to_value(status) {
        flatten("", &value, &mut fields);
    }
    fields
}

fn flatten(path: &str, value: &serde_json::Value, fields: &mut Vec<(String, String)>) {
    use serde_json::Value::{Array, Null, Object, String as Text};
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Object(map) => map.iter().for_each(|(key, value)| flatten(&under(key), value, fields)),
        Array(items) if items.iter().any(serde_json::Value::is_object) => {
            items.iter().enumerate().for_each(|(index, item)| flatten(&under(&index.to_string()), item, fields));
        }
        Array(items) => {
            let words: Vec<String> =
                items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
            fields.push((path.to_owned(), words.join(" ")));
        }
        Text(text) => fields.push((path.to_owned(), text.clone())),
        Null => fields.push((path.to_owned(), String::new())),
        other => fields.push((path.to_owned(), other.to_string())),
    }
}

struct Page {
    text: String,
    style: Style,
}

impl Page {
    fn line(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(self.text, "{label:<LABEL$}{}", sanitize(text));
        }
    }

    /// A line that asks for attention: marked by `!` and, where allowed, by colour as well.
    fn warn(&mut self, label: &str, text: &str, attention: bool) {
        if !attention {
            return self.line(label, text);
        }
        let text = sanitize(text);
        let _ = if self.style.color {
            writeln!(self.text, "{label:<LABEL$}\u{1b}[1;31m{text} !\u{1b}[0m")
        } else {
            writeln!(self.text, "{label:<LABEL$}{text} !")
        };
    }

    fn joined(&mut self, label: &str, parts: &[Option<String>]) {
        let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
        self.line(label, &parts.join("   "));
    }

    fn credit(&mut self, credit: &CreditState) {
        let unit = credit.unit.as_deref().unwrap_or_default();
        let amount = credit.available.map(|amount| format!("{} {unit}", number(amount, 2)).trim_end().to_owned());
        let state = credit.state.as_deref().unwrap_or_default();
        let threshold = credit.low_threshold.map(|low| format!("warns below {}", number(low, 2)));
        let parts: Vec<String> =
            [amount, Some(in_words(state)), threshold].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        self.warn("CREDIT", &parts.join("   "), matches!(state, "low-credit" | "out-of-credit"));
    }

    fn sts(&mut self, sts: &StsState) {
        let part = |name: &str, value: Option<String>| value.map(|value| format!("{name} {value}"));
        self.joined("STS", &[part("DRN", sts.drn.map(Drn::grouped)), part("IIN", sts.iin.map(|iin| iin.to_string()))]);
        self.joined(
            "KEY",
            &[
                part("SGC", sts.sgc.map(|sgc| sgc.to_string())),
                part("KRN", sts.krn.map(|number| number.to_string())),
                part("TI", sts.ti.map(|number| format!("{:02}", number.number()))),
                part("KT", sts.kt.map(|number| number.to_string())),
                part("KEN", sts.ken.map(|number| number.to_string())),
            ],
        );
        let derived = |name: &str| if sts.derived.iter().any(|field| field == name) { " (key file)" } else { "" };
        self.joined(
            "",
            &[
                part("EA", sts.ea.map(|ea| ea.to_string())),
                sts.dkga.as_ref().map(|dkga| format!("DKGA {dkga}{}", derived("dkga"))),
                sts.base_date.as_ref().map(|base| format!("base date {base}{}", derived("base_date"))),
            ],
        );
        if let Some(pending) = sts.kct_pending.as_ref().filter(|pending| !pending.is_empty()) {
            let sections: Vec<String> = pending.iter().map(u8::to_string).collect();
            self.warn("", &format!("key change unfinished, holds section {}", sections.join(", ")), true);
        }
        if let Some(seconds) = sts.lockout_s.filter(|seconds| *seconds > 0) {
            self.warn("", &format!("locked for {seconds} s"), true);
        }
        let last = sts.last_token.as_ref().map(|last4| format!("…{last4}"));
        self.joined("TOKEN", &[last, sts.last_result.map(|result| in_words(result.word()))]);
    }
}

fn identity(status: &Status) -> String {
    let meter = &status.meter;
    let serial = meter.serial.as_ref().or(meter.device_name.as_ref());
    let parts: Vec<&str> =
        [serial, meter.manufacturer.as_ref(), meter.model.as_ref()].into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() { "unnamed".to_owned() } else { parts.join("   ") }
}

fn says_the_same(output: Option<&str>, control: &str) -> bool {
    matches!((output, control), (Some("closed"), "connected") | (Some("open"), "disconnected"))
}

fn drift_words(drift_s: i64) -> String {
    let amount = drift_s.unsigned_abs();
    let amount = if amount < 120 { format!("{amount} s") } else { format!("{} min", amount / 60) };
    match drift_s {
        0 => "   on time".to_owned(),
        late if late < 0 => format!("   {amount} slow"),
        _ => format!("   {amount} fast"),
    }
}

fn phase_line(phase: &Phase) -> String {
    let part = |value: Option<f64>, unit: &str, decimals: usize| {
        value.map(|value| format!("{:>8} {unit}", number(value, decimals)))
    };
    let parts: Vec<String> = [
        part(phase.voltage_v, "V", 1),
        part(phase.current_a, "A", 2),
        part(phase.active_power_w, "W", 0),
        phase.power_factor.map(|factor| format!("   PF {}", number(factor, 2))),
        part(phase.reactive_power_var, "var", 0),
        part(phase.apparent_power_va, "VA", 0),
        part(phase.voltage_thd_percent, "% THD(U)", 1),
        part(phase.current_thd_percent, "% THD(I)", 1),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("{}{}", phase.phase, parts.concat())
}

/// A number with at most so many decimals; more digits than that help nobody in front of a meter.
fn number(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Status {
        serde_json::from_str(include_str!("status_example.json")).unwrap()
    }

    #[test]
    fn the_table_is_short_and_marks_what_asks_for_attention() {
        let text = example().table(Style::default());
        assert_eq!(text, include_str!("status_example.txt"));
        assert!(text.lines().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let colored = example().table(Style { color: true, width: 80 });
        let stripped = colored.replace("\u{1b}[1;31m", "").replace("\u{1b}[0m", "");
        assert_eq!(stripped, example().table(Style::default()));
    }

    #[test]
    fn csv_has_every_field_by_its_path() {
        let status = example();
        let header = status.csv_header();
        let rows = status.csv_rows();
        let column = header.iter().position(|name| name == "sts.drn").unwrap();
        assert_eq!(rows[0][column], "01234567897");
        assert!(header.contains(&"supply.phases.0.voltage_v".to_owned()));
        assert_eq!(header.len(), rows[0].len());
    }
}
