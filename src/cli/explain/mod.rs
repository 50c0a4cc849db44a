//! `wattkey explain`: what a display, a short code, a result or an error code means.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::explain::smets::OWN_TEXTS;
use wattkey::documents::explain::{Explanation, is_exact, program, smets};
use wattkey::error::{Code, Exit};
use wattkey::knowledge::{Fit, Kind, KnowledgeEntry, Query, glossary, refusals};
use wattkey::smets::codes::texts::Texts;
use wattkey::smets::codes::{device_alert, response};

/// Tables beside the records of the field. A new table of codes joins by standing here.
const TABLES: &[fn() -> Vec<KnowledgeEntry>] = &[
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
#[command(after_long_help = include_str!("../../../data/help/explain.txt"))]
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

/// Looks the words up and prints every reading.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut knowledge = context.knowledge(arguments.records.as_deref())?;
    for table in TABLES {
        knowledge.extend(table());
    }
    knowledge.extend(own_texts(context)?);
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

/// The user's texts, each as a reading of the kind its code has.
pub fn own_texts(context: &Context) -> Result<Vec<KnowledgeEntry>, CommandError> {
    let Some(path) = context.folders.records_file().map(|records| records.with_file_name(OWN_TEXTS)) else {
        return Ok(Vec::new());
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(CommandError::new(Code::File, format!("{} cannot be read: {error}", path.display())));
        }
    };
    let texts = Texts::parse(&text).map_err(|error| {
        CommandError::new(Code::Config, format!("{}: {error}", path.display())).hint("Correct it, or move it away.")
    })?;
    let kind = |code: &str| match (response::find(code), device_alert::find(code)) {
        (Some(_), _) => Kind::ResponseCode,
        (None, Some(_)) => Kind::DeviceAlert,
        (None, None) => Kind::DccAlert,
    };
    let reading = |(code, text): (&str, &str)| {
        let mut reading = KnowledgeEntry::new(kind(code), code, text);
        reading.source = Some(path.display().to_string());
        reading
    };
    Ok(texts.all().map(reading).collect())
}
