//! The document of `wattkey keys list`.

use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use crate::keys::{KeyFile, expiry};
use crate::output::{Document, Style, fit, grid, sanitize};
use crate::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, Iin, KeyExpiryNumber, KeyRevisionNumber,
    KeyType, SupplyGroupCode,
};

#[derive(Debug, Serialize)]
pub struct KeyList {
    pub file: String,
    pub encrypted: bool,
    pub lab: bool,
    pub sta_tables: &'static str,
    pub vending_keys: Vec<VendingKeyRow>,
    pub decoder_keys: Vec<DecoderKeyRow>,
}

#[derive(Debug, Serialize)]
pub struct VendingKeyRow {
    pub sgc: SupplyGroupCode,
    pub krn: KeyRevisionNumber,
    pub kt: KeyType,
    pub dkga: DecoderKeyGenerationAlgorithm,
    pub ea: EncryptionAlgorithm,
    pub base_date: BaseDate,
    pub ken: KeyExpiryNumber,
    pub expires: String,
    /// Key check value, where one is defined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kcv: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct DecoderKeyRow {
    pub iin: Iin,
    pub drn: Drn,
    pub ea: EncryptionAlgorithm,
}

impl KeyList {
    pub fn of(file: &KeyFile) -> Self {
        KeyList {
            file: file.path().display().to_string(),
            encrypted: file.is_sealed(),
            lab: file.is_lab(),
            sta_tables: file.tables().name(),
            vending_keys: file
                .vending_keys()
                .iter()
                .map(|key| {
                    let id = key.id();
                    VendingKeyRow {
                        sgc: id.sgc,
                        krn: id.krn,
                        kt: id.kt,
                        dkga: id.dkga,
                        ea: id.ea,
                        base_date: id.base_date,
                        ken: id.ken,
                        expires: expiry(id).format(&Rfc3339).unwrap_or_default(),
                        kcv: key.check_value(),
                    }
                })
                .collect(),
            decoder_keys: file
                .decoder_keys()
                .iter()
                .map(|entry| DecoderKeyRow { iin: entry.drn.iin(), drn: entry.drn, ea: entry.key.algorithm() })
                .collect(),
        }
    }
}

impl Document for KeyList {
    const SCHEMA: &'static str = "wattkey/key-list/1";

    fn table(&self, style: Style) -> String {
        let lab = if self.lab { ", bench keys" } else { "" };
        let form = if self.encrypted { "encrypted" } else { "plain" };
        let head = format!("{}  {form}{lab}, STA tables {}\n", sanitize(&self.file), sanitize(self.sta_tables));
        let mut out = fit(style, &head, 2);
        if !self.vending_keys.is_empty() {
            let rows: Vec<Vec<String>> = self
                .vending_keys
                .iter()
                .map(|row| {
                    let day = row.expires.split('T').next().unwrap_or_default().to_owned();
                    let (sgc, krn, kt) = (row.sgc.to_string(), row.krn.to_string(), row.kt.number().to_string());
                    let (dkga, ea) = (row.dkga.to_string(), row.ea.to_string());
                    let kcv = row.kcv.clone().unwrap_or_default();
                    vec![sgc, krn, kt, dkga, ea, row.base_date.to_string(), row.ken.to_string(), day, kcv]
                })
                .collect();
            out.push_str("\nVending keys\n");
            out.push_str(&grid(
                style,
                &["sgc", "krn", "kt", "dkga", "ea", "base date", "ken", "runs out", "kcv"],
                &rows,
            ));
        }
        if !self.decoder_keys.is_empty() {
            let rows: Vec<Vec<String>> = self
                .decoder_keys
                .iter()
                .map(|row| vec![row.drn.to_string(), row.iin.to_string(), row.ea.to_string()])
                .collect();
            out.push_str("\nDecoder keys\n");
            out.push_str(&grid(style, &["drn", "iin", "ea"], &rows));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["type", "sgc", "krn", "kt", "dkga", "ea", "base_date", "ken", "expires", "iin", "drn", "kcv"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let vending = self.vending_keys.iter().map(|row| {
            vec![
                "vending".to_owned(),
                row.sgc.to_string(),
                row.krn.to_string(),
                row.kt.number().to_string(),
                row.dkga.to_string(),
                row.ea.to_string(),
                row.base_date.to_string(),
                row.ken.to_string(),
                row.expires.clone(),
                String::new(),
                String::new(),
                row.kcv.clone().unwrap_or_default(),
            ]
        });
        let decoder = self.decoder_keys.iter().map(|row| {
            let mut cells = vec![String::new(); 9];
            if let Some(kind) = cells.first_mut() {
                "decoder".clone_into(kind);
            }
            if let Some(ea) = cells.get_mut(5) {
                *ea = row.ea.to_string();
            }
            cells.extend([row.iin.to_string(), row.drn.to_string(), String::new()]);
            cells
        });
        vending.chain(decoder).collect()
    }
}
