//! `wattkey token card`: reads an STS meter card.

use std::io::{self, BufRead, Read};

use serde::Serialize;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style};
use wattkey::sts::card::{DateOfExpiry, TokenCarrierType};
use wattkey::sts::{Drn, EncryptionAlgorithm, Iin, KeyRevisionNumber, MeterCard, Pan, SupplyGroupCode, TariffIndex};

/// Longest line taken from a swipe reader, in bytes.
const LONGEST_SWIPE: u64 = 4096;

/// Read an STS meter card from its text
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey token card 60072701234567897700000207123456011\n  \
    wattkey token card ';600727012345678977=0000=0207123456011?'\n  \
    wattkey token card -\n\n\
    The identity record has 35 digits: PAN 18, date of expiry 4, token carrier type 2, EA 2, SGC 6, TI 2, KRN 1.\n\
    With - the next line of standard input is read: swipe the card. Both check digits of the PAN are verified.\n\
    Where a command asks for the meter's parameters, --meter-card TEXT gives them all at once.")]
pub struct Arguments {
    /// The 35 digits or track 2 (in quotes), or - for the next line of standard input
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
}

/// Reads the card and prints it.
///
/// # Errors
/// A text that is no meter card; a failing standard input or output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let text = match arguments.text.as_slice() {
        [only] if only == "-" => swiped()?,
        words => words.join(" "),
    };
    context.print(&CardDocument::of(&text.parse::<MeterCard>()?))?;
    Ok(Exit::Done)
}

fn swiped() -> Result<String, CommandError> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .take(LONGEST_SWIPE)
        .read_line(&mut line)
        .map_err(|error| CommandError::new(Code::File, format!("cannot read standard input: {error}")))?;
    Ok(line)
}

#[derive(Debug, Serialize)]
struct CardDocument {
    pan: Pan,
    iin: Iin,
    drn: Drn,
    manufacturer_code: u16,
    date_of_expiry: DateOfExpiry,
    tct: TokenCarrierType,
    ea: EncryptionAlgorithm,
    sgc: SupplyGroupCode,
    ti: TariffIndex,
    krn: KeyRevisionNumber,
}

impl CardDocument {
    fn of(card: &MeterCard) -> Self {
        CardDocument {
            pan: card.pan,
            iin: card.pan.iin(),
            drn: card.pan.drn(),
            manufacturer_code: card.pan.drn().manufacturer_code(),
            date_of_expiry: card.date_of_expiry,
            tct: card.tct,
            ea: card.ea,
            sgc: card.sgc,
            ti: card.ti,
            krn: card.krn,
        }
    }

    fn rows(&self) -> [(&'static str, &'static str, String); 10] {
        let carrier = match self.tct.meaning() {
            Some(meaning) => format!("{} ({meaning})", self.tct),
            None => self.tct.to_string(),
        };
        let expiry = match self.date_of_expiry.to_string().as_str() {
            "0000" => "0000 (none)".to_owned(),
            digits => format!("{digits} (YYMM)"),
        };
        [
            ("pan", "PAN", format!("{} (both check digits right)", self.pan)),
            ("iin", "IIN", self.iin.to_string()),
            ("drn", "DRN", self.drn.to_string()),
            ("manufacturer_code", "Manufacturer", self.manufacturer_code.to_string()),
            ("date_of_expiry", "Date of expiry", expiry),
            ("tct", "Token carrier", carrier),
            ("ea", "EA", format!("{} ({})", self.ea, self.ea.name())),
            ("sgc", "SGC", self.sgc.to_string()),
            ("ti", "TI", self.ti.to_string()),
            ("krn", "KRN", self.krn.to_string()),
        ]
    }
}

impl Document for CardDocument {
    const SCHEMA: &'static str = "wattkey/meter-card/1";

    fn table(&self, _style: Style) -> String {
        self.rows().iter().map(|(_, label, text)| format!("{label:<16}{text}\n")).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        self.rows().iter().map(|(name, ..)| (*name).to_owned()).collect()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.pan.to_string(),
            self.iin.to_string(),
            self.drn.to_string(),
            self.manufacturer_code.to_string(),
            self.date_of_expiry.to_string(),
            self.tct.to_string(),
            self.ea.to_string(),
            self.sgc.to_string(),
            self.ti.to_string(),
            self.krn.to_string(),
        ]]
    }
}
