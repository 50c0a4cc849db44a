//! Tokens for table: the table of one token, its one-line summary, and CSV.

use std::fmt::Write as _;

use crate::keys::KeyFile;
use crate::output::{Style, fit, sanitize};
use crate::sts::document::TidTime;
use crate::sts::parameters::{BaseDate, KeyExpiryNumber};
use crate::sts::{Check, MeterParameters, MeterTest, Reading, Tid, TokenClass, TokenContent, TokenDocument};

/// What would make an encrypted token readable, given what is known.
pub fn advice(known: &MeterParameters, keys: Option<&KeyFile>) -> &'static str {
    match (keys, known.drn, known.ti) {
        (None, ..) => "give --keys FILE and the meter's --drn, --sgc, --krn and --ti to read it",
        (_, None, _) => "give the meter's --drn, and --sgc, --krn and --ti unless the key file has its decoder key",
        (_, _, None) => "give --ti as well: vending keys make another key for every tariff index",
        _ => "the key file has no key for these parameters; `wattkey keys list` shows what it has",
    }
}

/// Lines of a label and a text, the labels of one width.
struct Lines(String);

impl Lines {
    const WIDTH: usize = 16;

    fn add(&mut self, label: &str, text: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{label:<width$}{text}", width = Self::WIDTH);
    }
}

fn coloured(style: Style, color: anstyle::AnsiColor, text: &str) -> String {
    if !style.color {
        return text.to_owned();
    }
    let ansi = anstyle::Style::new().fg_color(Some(color.into()));
    format!("{ansi}{text}{ansi:#}")
}

/// The table of one token.
pub fn table(document: &TokenDocument, advice: &str, style: Style) -> String {
    let mut lines = Lines(String::new());
    match document {
        TokenDocument::NotAToken { text, problem } => {
            lines.add("Text", sanitize(text));
            lines.add("Not a token", coloured(style, anstyle::AnsiColor::Red, &sanitize(&problem.to_string())));
        }
        TokenDocument::Token { reading, reveal_keys } => {
            lines.add("Token", reading.token.grouped());
            let subclass = reading.content().map(|content| format!(", subclass {}", content.subclass()));
            lines.add(
                "Kind",
                format_args!(
                    "{} ({}, class {}{})",
                    document.kind().meaning(),
                    document.kind(),
                    reading.token.class().number(),
                    subclass.unwrap_or_default()
                ),
            );
            lines.add("Check sum", check_sum(reading, advice, style));
            if let Some(key) = &reading.key {
                lines.add("Key", key_words(key));
            }
            if let Some(content) = reading.content() {
                add_fields(&mut lines, content, reading.base_date, *reveal_keys);
            }
        }
    }
    fit(style, &lines.0, Lines::WIDTH)
}

fn check_sum(reading: &Reading, advice: &str, style: Style) -> String {
    match &reading.check {
        Check::Ok(_) => coloured(style, anstyle::AnsiColor::Green, "fits"),
        Check::Bad if reading.token.class().is_encrypted() => {
            let wrong = coloured(style, anstyle::AnsiColor::Red, "does not fit");
            format!("{wrong}: mistyped, or made for another meter or key; `wattkey diagnose` looks further")
        }
        Check::Bad => {
            format!("{}: a digit is wrong", coloured(style, anstyle::AnsiColor::Red, "does not fit"))
        }
        Check::Unknown => format!("unknown: encrypted, and no key fits what is known; {advice}"),
        Check::None => "none is known for this class".to_owned(),
    }
}

/// A key in words.
fn key_words(key: &MeterParameters) -> String {
    let parts = [
        key.drn.map(|drn| format!("decoder key of meter {drn}")),
        key.sgc.map(|sgc| format!("SGC {sgc}")),
        key.krn.map(|krn| format!("KRN {krn}")),
        key.kt.map(|kt| format!("KT {kt} ({})", kt.abbreviation())),
        key.ti.map(|ti| format!("TI {ti}")),
        key.ea.map(|ea| format!("EA {ea} ({})", ea.name())),
        key.dkga.map(|dkga| format!("DKGA {dkga}")),
        key.base_date.map(|base| format!("base date {base}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn add_fields(lines: &mut Lines, content: &TokenContent, base_date: Option<BaseDate>, reveal_keys: bool) {
    match content {
        TokenContent::Credit { amount, commodity, .. } => {
            lines.add("Amount", format_args!("{} {}", amount.tenths(), commodity.unit()));
        }
        TokenContent::CurrencyCredit { amount, .. } => {
            lines.add("Amount", format_args!("{amount} of the base currency"));
        }
        TokenContent::MeterTest(test) => add_test(lines, *test),
        TokenContent::SetMaximumPowerLimit { limit, .. } | TokenContent::SetPhaseUnbalanceLimit { limit, .. } => {
            lines.add("Limit", format_args!("{} W", limit.units()));
        }
        TokenContent::ClearCredit { register, .. } => match register.name() {
            Some(name) => lines.add("Register", format_args!("{} ({name})", register.0)),
            None => lines.add("Register", register.0),
        },
        TokenContent::SetTariffRate { rate, .. } => lines.add("Rate", rate),
        TokenContent::SetWaterFactor { factor, .. } => lines.add("Factor", factor),
        TokenContent::KeyChange1 { ken_high, krn, rollover, three_tokens, kt, .. } => {
            lines.add("New KRN", krn);
            lines.add("New key type", format_args!("{kt} ({}: {})", kt.abbreviation(), kt.meaning()));
            lines.add("New KEN", format_args!("high half {ken_high}"));
            let forgets = if *rollover { "yes: the meter forgets the tokens it has taken" } else { "no" };
            lines.add("Roll-over", forgets);
            if *three_tokens {
                lines.add("Set", "announces three tokens");
            }
        }
        TokenContent::KeyChange2 { ken_low, ti, .. } => {
            lines.add("New TI", ti);
            lines.add("New KEN", format_args!("low half {ken_low}"));
        }
        TokenContent::KeyChangeSupplyGroup { sgc } => {
            lines.add("New SGC", format_args!("{sgc} (layout from a single source)"))
        }
        TokenContent::Proprietary { class: TokenClass::Test, subclass, payload } => {
            if let Some((code, control, bits)) = payload.manufacturer_fields(*subclass) {
                lines.add("Manufacturer code", code);
                lines.add("Control", format_args!("{control:0width$x}", width = bits / 4));
            }
        }
        TokenContent::KeyChange3 { sgc_low, .. } => lines.add("New SGC", format_args!("low half {sgc_low}")),
        TokenContent::KeyChange4 { sgc_high, .. } => lines.add("New SGC", format_args!("high half {sgc_high}")),
        TokenContent::ClearTamper { .. }
        | TokenContent::ExtendedRead(_)
        | TokenContent::ExtendedSet(_)
        | TokenContent::Proprietary { .. }
        | TokenContent::Reserved { .. } => {}
    }
    if content.is_key_change() {
        match key_part(content).filter(|_| reveal_keys) {
            Some(part) => lines.add("Key part", format_args!("{part:08x}")),
            None if key_part(content).is_none() => {}
            None => lines.add("Key part", "[redacted], shown with --reveal-keys"),
        }
    }
    if let Some(tid) = content.tid() {
        lines.add("TID", tid_words(tid, base_date));
    }
    if let Some(rnd) = content.rnd() {
        lines.add("RND", rnd.number());
    }
}

fn add_test(lines: &mut Lines, test: MeterTest) {
    let maker = match test.manufacturer_code() {
        0 => "0 (any)".to_owned(),
        code => code.to_string(),
    };
    lines.add("Manufacturer", maker);
    lines.add("Control bits", test.control_hex());
    for name in test.tests() {
        lines.add("Test", format_args!("{name}: {}", name.shows()));
    }
    for number in test.unknown_bits() {
        lines.add("Test", format_args!("test-{number}: not known"));
    }
    if test.opens_load_switch() {
        lines.add("Caution", "the meter opens its load switch: the supply is cut");
    }
}

const fn key_part(content: &TokenContent) -> Option<u32> {
    match content {
        TokenContent::KeyChange1 { key_part, .. }
        | TokenContent::KeyChange2 { key_part, .. }
        | TokenContent::KeyChange3 { key_part, .. }
        | TokenContent::KeyChange4 { key_part, .. } => Some(key_part.bits()),
        _ => None,
    }
}

fn tid_words(tid: Tid, base_date: Option<BaseDate>) -> String {
    match base_date {
        Some(base) => {
            let time = TidTime(tid, base).to_string();
            let (date, clock) = time.split_once('T').unwrap_or((&time, ""));
            let reserved = if tid.is_reserved() { ", a minute kept for special tokens" } else { "" };
            format!("{tid} = {date} {} UTC, counted from {base}{reserved}", clock.get(..5).unwrap_or_default())
        }
        None => {
            let readings: Vec<String> = BaseDate::ALL
                .iter()
                .map(|base| format!("{} from {base}", TidTime(tid, *base).to_string().get(..10).unwrap_or_default()))
                .collect();
            format!("{tid} (base date unknown: {})", readings.join(", "))
        }
    }
}

/// One line for a stream of tokens.
pub fn summary(document: &TokenDocument) -> String {
    match document {
        TokenDocument::NotAToken { text, problem } => sanitize(&format!("{text}  not-a-token  {problem}")),
        TokenDocument::Token { reading, .. } => {
            let mut line =
                format!("{}  {:<7}  {}", reading.token.grouped(), document.crc().unwrap_or("-"), document.kind());
            if let Some(content) = reading.content() {
                let mut lines = Lines(String::new());
                add_fields(&mut lines, content, reading.base_date, false);
                for field in lines.0.lines().filter(|field| !field.starts_with("RND")) {
                    let _ = write!(line, "  {}", field.split_whitespace().collect::<Vec<_>>().join(" "));
                }
            }
            line
        }
    }
}

const COLUMNS: [&str; 6] = ["token", "class", "subclass", "kind", "crc", "problem"];
const KEY_COLUMNS: [&str; 9] = ["iin", "drn", "sgc", "krn", "kt", "ti", "ea", "dkga", "base_date"];
const FIELD_COLUMNS: [&str; 23] = [
    "rnd",
    "tid",
    "tid_time",
    "amount",
    "value",
    "unit",
    "register",
    "rate",
    "factor",
    "manufacturer_code",
    "control",
    "tests",
    "krn",
    "kt",
    "ti",
    "ken_high",
    "ken_low",
    "rollover",
    "three_tokens",
    "sgc",
    "sgc_low",
    "sgc_high",
    "key_part",
];

/// Columns of the CSV form. Those of the key begin with `key_`; the others are named as in JSON.
pub fn csv_header() -> Vec<String> {
    let plain = COLUMNS.iter().map(|name| (*name).to_owned());
    let key = KEY_COLUMNS.iter().map(|name| format!("key_{name}"));
    let fields = FIELD_COLUMNS.iter().map(|name| match *name {
        "krn" | "kt" | "ti" => format!("new_{name}"),
        _ => (*name).to_owned(),
    });
    plain.chain(key).chain(fields).collect()
}

/// One token as CSV. Tests are joined by spaces.
pub fn csv_row(document: &TokenDocument) -> Vec<String> {
    let value = serde_json::to_value(document).unwrap_or_default();
    let cell = |value: Option<&serde_json::Value>| match value {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(serde_json::Value::Array(items)) => {
            items.iter().filter_map(serde_json::Value::as_str).collect::<Vec<_>>().join(" ")
        }
        Some(other) => other.to_string(),
    };
    let part = |name: &str| value.get(name);
    let plain = COLUMNS.iter().map(|name| cell(part(name)));
    let key = KEY_COLUMNS.iter().map(|name| cell(part("key").and_then(|key| key.get(name))));
    let fields = FIELD_COLUMNS.iter().map(|name| cell(part("fields").and_then(|fields| fields.get(name))));
    plain.chain(key).chain(fields).collect()
}

/// A KEN with its meaning.
pub fn ken_words(ken: KeyExpiryNumber) -> String {
    if ken == KeyExpiryNumber::NEVER { format!("{ken} (never within its base date)") } else { ken.to_string() }
}
