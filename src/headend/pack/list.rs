//! The utility's list from which a pack is made: JSON Lines, or a table out of a spreadsheet.

use std::io::{BufRead, Read};

use serde_json::{Map, Value, json};

use super::content::PackRecord;
use super::driver::KEY_CHANGE;
use crate::sts::Token;

/// A record as the utility lists it: that of a pack, with the code itself in the place of its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedMeter {
    /// The vend code.
    pub vend_code: Option<String>,
    /// Everything else.
    pub record: PackRecord,
}

/// Columns of a table whose cells go into the field of the same name as texts, and those that are numbers.
const TEXTS: [&str; 14] = [
    "drn",
    "standing",
    "iin",
    "serial",
    "maker",
    "model",
    "sgc",
    "ea",
    "dkga",
    "base_date",
    "tct",
    "certificate",
    "operator_message",
    "vend_code",
];
const NUMBERS: [&str; 5] = ["krn", "kt", "ti", "power_limit_w", "phase_unbalance_w"];

/// Columns for tokens: the kinds without a value, and those whose cell is `VALUE=TOKEN`.
const PLAIN_TOKENS: [(&str, &str); 3] =
    [("clear_tamper", "clear-tamper"), ("clear_credit", "clear-credit"), ("first_credit", "first-credit")];
const VALUED_TOKENS: [(&str, &str); 3] =
    [("power_limit", "power-limit"), ("phase_unbalance", "phase-unbalance"), ("water_factor", "water-factor")];

/// Reads JSON lines.
///
/// # Errors
/// The line and what is wrong with it.
pub fn read_lines(input: impl BufRead) -> Result<Vec<ListedMeter>, String> {
    let mut meters = Vec::new();
    for (line, number) in input.lines().zip(1u64..) {
        let line = line.map_err(|error| format!("line {number}: {error}"))?;
        let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
        if line.trim().is_empty() {
            continue;
        }
        let fields = serde_json::from_str(line).map_err(|error| format!("line {number}: {}", without_place(&error)))?;
        meters.push(listed(fields).map_err(|problem| format!("line {number}: {problem}"))?);
    }
    Ok(meters)
}

/// What the parser says, without the place in its own text.
fn without_place(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}

fn listed(mut fields: Map<String, Value>) -> Result<ListedMeter, String> {
    let vend_code = match fields.remove("vend_code") {
        None | Some(Value::Null) => None,
        Some(Value::String(code)) => Some(code),
        Some(_) => return Err("vend_code is no text; write it in quotes".to_owned()),
    };
    let record = serde_json::from_value(Value::Object(fields)).map_err(|error| without_place(&error))?;
    Ok(ListedMeter { vend_code, record })
}

/// Reads a table with a header line; columns are named as the fields of a record, `customer_name`, `from_krn` and
/// `to_krn` for what lies within, `firmware_allowed` with `;` or `/` between versions, `key_change` with the tokens of
/// a set, `clear_tamper` and so on with a token, `power_limit` with `VALUE=TOKEN`. The separator is a comma or a
/// semicolon.
///
/// # Errors
/// The line and column and what is wrong with it.
pub fn read_csv(mut input: impl Read) -> Result<Vec<ListedMeter>, String> {
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(|error| format!("not a text in UTF-8: {error}"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(|name| name.to_ascii_lowercase().replace([' ', '-'], "_"))
        .collect();
    for (index, column) in columns.iter().enumerate() {
        if columns.iter().take(index).any(|earlier| earlier == column) {
            return Err(format!("line 1: column {column:?} stands in it twice"));
        }
        if !is_known(column) {
            return Err(format!("line 1: column {column:?} is not known; docs/headend.md lists the columns"));
        }
    }
    let mut meters = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let number = row.position().map_or(0, csv::Position::line);
        let cells = columns.iter().map(String::as_str).zip(row.iter()).filter(|(_, cell)| !cell.is_empty());
        let meter = fields_of(cells).and_then(listed);
        meters.push(meter.map_err(|problem| format!("line {number}: {problem}"))?);
    }
    Ok(meters)
}

/// Whether a column of this name is one of a record.
pub fn is_known(column: &str) -> bool {
    let key_state = |rest: &str| matches!(rest, "sgc" | "krn" | "kt" | "ti" | "base_date");
    TEXTS.contains(&column)
        || NUMBERS.contains(&column)
        || matches!(column, "firmware_allowed" | "key_change")
        || PLAIN_TOKENS.iter().chain(&VALUED_TOKENS).any(|(name, _)| *name == column)
        || column
            .strip_prefix("customer_")
            .is_some_and(|rest| matches!(rest, "name" | "address" | "account" | "location"))
        || column.strip_prefix("from_").is_some_and(key_state)
        || column.strip_prefix("to_").is_some_and(key_state)
}

/// The record of a meter from columns beside its number; a meter is active unless the cells say otherwise.
///
/// # Errors
/// The column and what is wrong with it.
pub fn record_of<'a>(drn: &str, cells: impl Iterator<Item = (&'a str, &'a str)>) -> Result<PackRecord, String> {
    let mut fields = fields_of(cells)?;
    fields.insert("drn".to_owned(), json!(drn));
    fields.entry("standing").or_insert_with(|| json!("active"));
    let record: PackRecord = serde_json::from_value(Value::Object(fields)).map_err(|error| without_place(&error))?;
    record.check()?;
    Ok(record)
}

/// The fields of a record from the cells of a row that are not empty.
fn fields_of<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Map<String, Value>, String> {
    let mut fields = Map::new();
    let (mut customer, mut from, mut to) = (Map::new(), Map::new(), Map::new());
    let (mut key_change, mut tokens) = (None, Vec::new());
    for (column, cell) in cells {
        if let Some(rest) = column.strip_prefix("customer_") {
            customer.insert(rest.to_owned(), json!(cell));
        } else if let Some(rest) = column.strip_prefix("from_") {
            from.insert(rest.to_owned(), value(rest, cell)?);
        } else if let Some(rest) = column.strip_prefix("to_") {
            to.insert(rest.to_owned(), value(rest, cell)?);
        } else if column == "key_change" {
            key_change = Some(token_list(column, cell)?);
        } else if column == "firmware_allowed" {
            let versions: Vec<&str> = cell.split([';', '/']).map(str::trim).filter(|text| !text.is_empty()).collect();
            fields.insert(column.to_owned(), json!(versions));
        } else if let Some((_, kind)) = PLAIN_TOKENS.iter().find(|(name, _)| *name == column) {
            tokens.push(json!({"kind": kind, "tokens": token_list(column, cell)?}));
        } else if let Some((_, kind)) = VALUED_TOKENS.iter().find(|(name, _)| *name == column) {
            let (amount, token) =
                cell.split_once('=').ok_or_else(|| format!("{column}: write it as VALUE=TOKEN, such as 9200=0000…"))?;
            tokens.push(json!({"kind": format!("{kind}={}", amount.trim()), "tokens": token_list(column, token)?}));
        } else {
            fields.insert(column.to_owned(), value(column, cell)?);
        }
    }
    if let Some(set) = key_change {
        let mut issued = json!({"kind": KEY_CHANGE, "tokens": set});
        for (name, state) in [("from", from), ("to", to)] {
            if !state.is_empty()
                && let Some(issued) = issued.as_object_mut()
            {
                issued.insert(name.to_owned(), Value::Object(state));
            }
        }
        tokens.insert(0, issued);
    }
    if !tokens.is_empty() {
        fields.insert("tokens".to_owned(), Value::Array(tokens));
    }
    if !customer.is_empty() {
        fields.insert("customer".to_owned(), Value::Object(customer));
    }
    Ok(fields)
}

fn value(column: &str, cell: &str) -> Result<Value, String> {
    if NUMBERS.contains(&column) {
        let whole = cell.parse::<u32>().map(|number| json!(number)).ok();
        let broken = || cell.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| json!(number));
        return whole.or_else(broken).ok_or_else(|| format!("{column}: {cell:?} is no number"));
    }
    match column {
        "drn" | "serial" if is_scientific(cell) => Err(rounded(column, cell)),
        "standing" => Ok(json!(cell.to_ascii_lowercase())),
        _ => Ok(json!(cell)),
    }
}

/// The tokens of a cell, twenty digits each, with whatever stands between them.
fn token_list(column: &str, cell: &str) -> Result<Vec<Token>, String> {
    if is_scientific(cell) {
        return Err(rounded(column, cell));
    }
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let strange = cell
        .chars()
        .find(|c| !c.is_ascii_digit() && !c.is_whitespace() && !matches!(c, '-' | '/' | ',' | ';' | '+' | '|'));
    if let Some(strange) = strange {
        return Err(format!("{column}: {strange:?} does not belong in a token"));
    }
    let bytes = digits.as_bytes();
    if bytes.is_empty() || !bytes.len().is_multiple_of(20) {
        return Err(format!("{column}: it has {} digits, and a token has 20", bytes.len()));
    }
    bytes
        .chunks_exact(20)
        .map(|token| {
            let token = std::str::from_utf8(token).unwrap_or_default();
            token.parse().map_err(|error| format!("{column}: {error}"))
        })
        .collect()
}

/// Whether a spreadsheet has turned the digits into a rounded number, such as 1.2E+19.
fn is_scientific(cell: &str) -> bool {
    cell.contains(['e', 'E']) && cell.parse::<f64>().is_ok()
}

fn rounded(column: &str, cell: &str) -> String {
    format!("{column}: {cell:?} was rounded by a spreadsheet; make the column text there and export again")
}
