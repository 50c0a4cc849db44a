//! The document of `wattkey token card`.

use serde::Serialize;

use crate::output::{Document, Style};
use crate::sts::card::{DateOfExpiry, TokenCarrierType};
use crate::sts::{Drn, EncryptionAlgorithm, Iin, KeyRevisionNumber, MeterCard, Pan, SupplyGroupCode, TariffIndex};

#[derive(Debug, Serialize)]
pub struct CardDocument {
    pub pan: Pan,
    pub iin: Iin,
    pub drn: Drn,
    pub manufacturer_code: u16,
    pub date_of_expiry: DateOfExpiry,
    pub tct: TokenCarrierType,
    pub ea: EncryptionAlgorithm,
    pub sgc: SupplyGroupCode,
    pub ti: TariffIndex,
    pub krn: KeyRevisionNumber,
}

impl CardDocument {
    pub fn of(card: &MeterCard) -> Self {
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

    pub fn rows(&self) -> [(&'static str, &'static str, String); 10] {
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
