//! `wattkey token decode`: reads tokens.

use std::io::{self, Write};

use serde::Serialize;

use super::stream;
use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::options::slip::SlipOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::slip::{Slip, SlipToken};
use wattkey::output::token as table;
use wattkey::output::{self, Document, Format, Style};
use wattkey::sts::{Keyring, MeterParameters, Token, TokenDocument, document, pasted};

/// Read tokens: what they are and, with keys, what they carry
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/token/decode.txt"))]
pub struct Arguments {
    /// Tokens as pasted, or - to read lines from standard input
    #[arg(required = true, value_name = "TOKEN")]
    pub tokens: Vec<String>,

    /// Show the key halves that key-change tokens carry
    #[arg(long)]
    pub reveal_keys: bool,

    /// What is known of the meter.
    #[command(flatten)]
    pub meter: MeterParameterOptions,

    /// The tokens on paper.
    #[command(flatten)]
    pub slip: SlipOptions,
}

/// Decodes and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let known = arguments.meter.resolve(context)?;
    let key_file = context.key_file()?;
    let keyring = key_file.as_ref().map(Keyring::from).unwrap_or_default();
    if arguments.tokens.iter().any(|token| token == "-") {
        if arguments.tokens.len() > 1 {
            return Err(CommandError::new(Code::Usage, "- reads tokens from standard input and stands alone")
                .hint("Give either - or tokens."));
        }
        let form = context.options.format.unwrap_or(if context.options.json { Format::Json } else { Format::Jsonl });
        let keyring = keyring.prepared_for_search();
        return stream::run(stream::Task { keyring, known, reveal_keys: arguments.reveal_keys, form });
    }
    let results: Vec<Decoded> = pasted::tokens(&arguments.tokens)
        .iter()
        .map(|text| Decoded {
            document: decode(text, &known, &keyring, arguments.reveal_keys),
            advice: table::advice(&known, key_file.as_ref()),
        })
        .collect();
    if results.is_empty() {
        return Err(CommandError::new(Code::Usage, "there is no token to decode").hint("Give 20 digits, or - ."));
    }
    if arguments.slip.is_wanted() {
        arguments.slip.write(&slip(&results, known.drn.map(|drn| drn.grouped()))?, context)?;
    }
    print(&results, context)?;
    let bad = results.iter().any(|result| result.document.is_bad());
    Ok(if bad { Exit::AnswerNo } else { Exit::Done })
}

/// The tokens on paper, as far as they are tokens at all.
fn slip(results: &[Decoded], meter: Option<String>) -> Result<Slip, CommandError> {
    let token = |result: &Decoded| match &result.document {
        TokenDocument::Token { reading, .. } if !result.document.is_bad() => {
            Ok(SlipToken { digits: reading.token.grouped(), what: result.document.kind().meaning().to_owned() })
        }
        _ => Err(CommandError::new(Code::BadValue, "no slip is written: one of them is no good token")
            .hint("Leave out what does not read.")),
    };
    Ok(Slip { meter, tokens: results.iter().map(token).collect::<Result<_, _>>()?, notes: Vec::new() })
}

/// What can be told of one text.
pub fn decode(text: &str, known: &MeterParameters, keyring: &Keyring, reveal_keys: bool) -> TokenDocument {
    match text.parse::<Token>() {
        Ok(token) => TokenDocument::Token { reading: keyring.read(token, known), reveal_keys },
        Err(problem) => TokenDocument::not_a_token(text.trim(), problem),
    }
}

/// Several tokens at once: tables apart, one JSON array, one JSON line each, or rows of one CSV.
fn print(results: &[Decoded], context: &Context) -> Result<(), CommandError> {
    if let [single] = results {
        return context.print(single);
    }
    let mut stdout = io::stdout().lock();
    match context.format() {
        Format::Json => {
            let tagged: Vec<_> = results.iter().map(|result| Tagged(&result.document)).collect();
            serde_json::to_writer_pretty(&mut stdout, &tagged).map_err(io::Error::from)?;
            writeln!(stdout)?;
        }
        Format::Csv => {
            for (result, first) in results.iter().zip(std::iter::once(true).chain(std::iter::repeat(false))) {
                output::write_csv(result, first, &mut stdout)?;
            }
        }
        format @ (Format::Table | Format::Jsonl) => {
            for (index, result) in results.iter().enumerate() {
                if index > 0 && format == Format::Table {
                    writeln!(stdout)?;
                }
                output::write_document(result, format, context.style(), &mut stdout)?;
            }
        }
    }
    stdout.flush()?;
    Ok(())
}

/// A document with its schema, for arrays.
struct Tagged<'a>(&'a TokenDocument);

impl Serialize for Tagged<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", document::SCHEMA)?;
        self.0.write_into(&mut map)?;
        map.end()
    }
}

/// A decoded token with what to do when it could not be read.
struct Decoded {
    document: TokenDocument,
    advice: &'static str,
}

impl Serialize for Decoded {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

impl Document for Decoded {
    const SCHEMA: &'static str = document::SCHEMA;

    fn table(&self, style: Style) -> String {
        table::table(&self.document, self.advice, style)
    }

    fn csv_header(&self) -> Vec<String> {
        table::csv_header()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![table::csv_row(&self.document)]
    }
}
