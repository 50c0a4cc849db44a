//! `wattkey keys list`: what keys a file holds, never the keys.

use std::path::PathBuf;

use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::keys::{KeyFile, expiry};
use wattkey::output::{Document, Style, grid};
use wattkey::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, Iin, KeyExpiryNumber, KeyRevisionNumber,
    KeyType, SupplyGroupCode,
};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  wattkey keys list bench.json\n\n\
    kcv is the key check value of a DES vending key: the first three octets of eight zero octets encrypted under it, as\n\
    security modules print it. Compare it with the office to see that both have the same key.")]
pub struct Arguments {
    /// Key file; without it that of --keys
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct KeyList {
    file: String,
    encrypted: bool,
    lab: bool,
    sta_tables: &'static str,
    vending_keys: Vec<VendingKeyRow>,
    decoder_keys: Vec<DecoderKeyRow>,
}

#[derive(Debug, Serialize)]
struct VendingKeyRow {
    sgc: SupplyGroupCode,
    krn: KeyRevisionNumber,
    kt: KeyType,
    dkga: DecoderKeyGenerationAlgorithm,
    ea: EncryptionAlgorithm,
    base_date: BaseDate,
    ken: KeyExpiryNumber,
    expires: String,
    /// Key check value, where one is defined.
    #[serde(skip_serializing_if = "Option::is_none")]
    kcv: Option<String>,
}

#[derive(Debug, Serialize)]
struct DecoderKeyRow {
    iin: Iin,
    drn: Drn,
    ea: EncryptionAlgorithm,
}

pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let path = super::file(arguments.file.as_deref(), context)?;
    let file = KeyFile::load(path, context.exposure(), context.opener(path))?;
    context.print(&KeyList::of(&file))?;
    Ok(Exit::Done)
}

impl KeyList {
    fn of(file: &KeyFile) -> Self {
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
        let mut out = format!("{}  {form}{lab}, STA tables {}\n", self.file, self.sta_tables);
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
