//! `wattkey explain`: what a display, a short code, a result or an error code means.

mod program;
mod refusals;
mod smets;

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::knowledge::{Fit, Found, Kind, Query, Reading, glossary};
use wattkey::output::{Document, Style, paragraph, sanitize};

/// Tables beside the records of the field. A new table of codes joins by standing here.
const TABLES: &[fn() -> Vec<Reading>] = &[
    program::token_results,
    program::causes,
    program::error_codes,
    program::exit_codes,
    program::verdicts,
    glossary::readings,
    refusals::data_access_results,
    smets::response_codes,
    smets::dcc_alerts,
    smets::device_alerts,
    smets::requests,
    smets::roles,
];

/// Explain what a meter shows, a short code, a term, or a code of this program
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey explain AAAAA\n  \
    wattkey explain '#078#' 10 --vendor conlog\n  \
    wattkey explain 10 --hex\n  \
    wattkey explain krn-mismatch\n  \
    wattkey explain exit 6\n  \
    wattkey explain object-unavailable\n  \
    wattkey explain E19\n  \
    wattkey explain 0x8F48\n  \
    wattkey explain KRN\n  \
    wattkey explain vend fail\n  \
    wattkey explain no WAN\n\n\
    Case, blanks and slips are forgiven. A code that means different things on different meters is listed\n\
    with every meaning and its maker: --vendor and --model narrow it. Records of your own go into records.json\n\
    beside config.toml, in the form of the project's data/displays.json. Exit code 1: nothing is known of it.")]
pub struct Arguments {
    /// Text on the display, short code, result, cause, verdict, error code, exit code or term
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,

    /// Maker of the meter, or the utility's fleet; a part of the name is enough
    #[arg(long, value_name = "NAME")]
    pub vendor: Option<String>,

    /// Model; a part of the name is enough
    #[arg(long, value_name = "NAME")]
    pub model: Option<String>,

    /// Read a number as hexadecimal
    #[arg(long)]
    pub hex: bool,

    /// File with records of your own, besides records.json beside config.toml
    #[arg(long, value_name = "FILE")]
    pub records: Option<PathBuf>,
}

/// What was found.
#[derive(Debug, Serialize)]
struct Explanation<'a> {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    /// More than one meaning fits.
    ambiguous: bool,
    readings: Vec<Found<'a>>,
}

/// Looks the words up and prints every reading.
///
/// # Errors
/// A vendor no record is from; a file of records that does not parse.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut knowledge = context.knowledge(arguments.records.as_deref())?;
    for table in TABLES {
        knowledge.extend(table());
    }
    knowledge.extend(smets::own_texts(context)?);
    let text = arguments.words.join(" ");
    let query = Query {
        text: text.clone(),
        vendor: arguments.vendor.clone(),
        model: arguments.model.clone(),
        hex: arguments.hex,
    };
    if let Some(vendor) = &arguments.vendor
        && !knowledge.has_vendor(vendor)
    {
        return Err(CommandError::new(Code::BadValue, format!("--vendor {vendor:?}: no record is from such a maker"))
            .hint(format!("Known are: {}.", knowledge.vendors().join("; "))));
    }
    let mut readings = knowledge.lookup(&query);
    if !is_exact(&readings)
        && let Some((kinds, bare)) = kind_and_code(&text)
    {
        let mut again = knowledge.lookup(&Query { text: bare.to_owned(), ..query.clone() });
        again.retain(|found| kinds.contains(&found.reading.kind));
        if is_exact(&again) {
            readings = again;
        }
    }
    let answered = readings.iter().any(|found| found.fit != Fit::OtherVendor);
    let mut meanings: Vec<&str> = readings.iter().map(|found| found.reading.meaning.as_str()).collect();
    meanings.dedup();
    let explanation =
        Explanation { text, vendor: query.vendor, model: query.model, ambiguous: meanings.len() > 1, readings };
    context.print(&explanation)?;
    Ok(if answered { Exit::Done } else { Exit::AnswerNo })
}

fn is_exact(readings: &[Found<'_>]) -> bool {
    readings.first().is_some_and(|found| found.fit == Fit::Exact)
}

/// The kinds that a word before a code names, and the code: of `SRV 8.1.1` and `DCC alert N24` the last word.
fn kind_and_code(text: &str) -> Option<(&'static [Kind], &str)> {
    const WORDS: [(&str, &[Kind]); 6] = [
        ("service request", &[Kind::Request]),
        ("srv", &[Kind::Request]),
        ("dcc alert", &[Kind::DccAlert]),
        ("alert", &[Kind::DeviceAlert, Kind::DccAlert]),
        ("response code", &[Kind::ResponseCode]),
        ("exit code", &[Kind::ExitCode]),
    ];
    let (word, code) = text.trim().rsplit_once(' ')?;
    let (_, kinds) = WORDS.iter().find(|(known, _)| word.trim().eq_ignore_ascii_case(known))?;
    Some((*kinds, code))
}

impl Explanation<'_> {
    /// The command that weighs what a display showed together with the token, when the display speaks of a token.
    fn diagnosis(&self) -> Option<String> {
        let speaks_of_a_token = |found: &&Found<'_>| {
            found.reading.kind == Kind::Display
                && found.reading.maps_to.is_some_and(|maps_to| maps_to.result().is_some())
        };
        let reading = self.readings.iter().filter(|found| found.fit == Fit::Exact).find(speaks_of_a_token)?.reading;
        let vendor = self.vendor.as_ref().or(reading.vendor.as_ref().filter(|_| !self.ambiguous));
        let vendor = vendor.map(|vendor| format!(" --vendor \"{}\"", sanitize(vendor))).unwrap_or_default();
        Some(format!("wattkey diagnose TOKEN{vendor} --display \"{}\"", sanitize(&self.text)))
    }
}

impl Document for Explanation<'_> {
    const SCHEMA: &'static str = "wattkey/explain/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let text = sanitize(&self.text);
        let vendor = self.vendor.as_deref().map(sanitize).unwrap_or_default();
        match self.readings.first().map(|found| found.fit) {
            None => {
                return format!(
                    "Nothing is known of {text:?}. Check the spelling, or leave --vendor and --model out.\n"
                );
            }
            Some(Fit::Exact) => {}
            Some(fit @ (Fit::Near | Fit::Mention)) => {
                let of_makers = self.readings.iter().any(|found| found.reading.vendor.is_some());
                let ask =
                    if of_makers && self.vendor.is_none() { " Which maker is it? --vendor narrows it." } else { "" };
                let what = if fit == Fit::Near { "It may be" } else { "It is mentioned in" };
                out.push_str(&format!("{text:?} itself is not known.{ask} {what}:\n\n"));
            }
            Some(Fit::OtherVendor) => out.push_str(&format!(
                "{text:?} is not known for {}. On other meters it means:\n\n",
                if vendor.is_empty() { "this model" } else { vendor.as_str() }
            )),
        }
        for (index, found) in self.readings.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            out.push_str(&block(found.reading, style));
        }
        let is_exact = is_exact(&self.readings);
        if is_exact
            && self.ambiguous
            && self.vendor.is_none()
            && self.readings.iter().any(|found| found.reading.vendor.is_some())
        {
            out.push_str("\nMore than one meaning: name the maker with --vendor.\n");
        }
        if let Some(command) = self.diagnosis() {
            out.push_str(&format!("\n{}", paragraph(style, "", 0, &format!("With the token at hand: {command}"))));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["match", "kind", "vendor", "models", "text", "meaning", "maps_to", "likely_causes", "next_steps", "source"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.readings
            .iter()
            .map(|found| {
                let reading = found.reading;
                vec![
                    serde_json::to_value(found.fit)
                        .ok()
                        .and_then(|fit| fit.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    reading.kind.title().to_owned(),
                    reading.vendor.clone().unwrap_or_default(),
                    reading.models.clone().unwrap_or_default(),
                    reading.text.clone(),
                    reading.meaning.clone(),
                    reading.maps_to.map(|maps_to| maps_to.word().to_owned()).unwrap_or_default(),
                    reading.likely_causes.join("; "),
                    reading.next_steps.join("; "),
                    reading.source.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}

/// One reading, drawn for people.
fn block(reading: &Reading, style: Style) -> String {
    let (bold, reset) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut place = vec![reading.kind.title().to_owned()];
    place.extend(reading.vendor.clone());
    place.extend(reading.models.clone());
    let mut out = format!("{bold}{}{reset}  ({})\n", sanitize(&reading.text), sanitize(&place.join(", ")));
    let result = reading
        .maps_to
        .and_then(|maps_to| maps_to.result())
        .filter(|result| result.word() != reading.text)
        .map(|result| format!(" [{}]", result.word()));
    let doubt = if reading.unverified { "unverified: " } else { "" };
    out.push_str(&paragraph(style, "", 2, &format!("{doubt}{}{}", reading.meaning, result.unwrap_or_default())));
    if let Some(class) = &reading.class {
        out.push_str(&paragraph(style, "  class:", 12, class));
    }
    match reading.recipients.as_deref() {
        None => {}
        Some([]) => out.push_str("  sent to:  nobody, it is only logged\n"),
        Some(recipients) => out.push_str(&paragraph(style, "  sent to:", 12, &recipients.join(", "))),
    }
    for (title, lines) in [("  likely:", &reading.likely_causes), ("  do:", &reading.next_steps)] {
        for (index, line) in lines.iter().enumerate() {
            out.push_str(&paragraph(style, if index == 0 { title } else { "" }, 12, line));
        }
    }
    if let Some(source) = &reading.source {
        out.push_str(&format!("  source: {}\n", sanitize(source)));
    }
    out
}
