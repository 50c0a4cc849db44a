//! The documents of `wattkey firmware`.

use serde::Serialize;

use crate::meter::firmware::ImageState;
use crate::output::{Document, Style, fit, in_words};

#[derive(Debug, Serialize)]
pub struct Firmware {
    pub link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Version the meter runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    pub transfer: ImageState,
}

impl Document for Firmware {
    const SCHEMA: &'static str = "wattkey/firmware/1";

    fn table(&self, style: Style) -> String {
        let transfer = &self.transfer;
        let mut text = format!("FIRMWARE  {}\n", self.firmware.as_deref().unwrap_or("not told"));
        let state = if transfer.is_enabled { "" } else { ", disabled" };
        text.push_str(&format!("TRANSFER  {}{state}\n", in_words(transfer.status.word())));
        text.push_str(&format!(
            "BLOCKS    {} of {}, each of {} octets\n",
            transfer.blocks_held, transfer.blocks, transfer.block_size
        ));
        for image in &transfer.images {
            text.push_str(&format!("IMAGE     {}, {} octets", image.identifier, image.size));
            let signature = if image.signature.is_empty() { "" } else { ", signature " };
            text.push_str(&format!("{signature}{}\n", image.signature));
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "firmware", "status", "block_size", "blocks", "blocks_held"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![vec![
            text(&self.serial),
            text(&self.firmware),
            self.transfer.status.word().to_owned(),
            self.transfer.block_size.to_string(),
            self.transfer.blocks.to_string(),
            self.transfer.blocks_held.to_string(),
        ]]
    }
}

#[derive(Debug, Serialize)]
pub struct FirmwareTransfer {
    pub link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    pub identifier: String,
    pub sha256: String,
    pub size: usize,
    pub blocks: usize,
    /// Blocks that were sent by this run.
    pub blocks_sent: usize,
    /// `accepted` (the meter holds and has verified it), `refused`, `failed` or `incomplete`.
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Document for FirmwareTransfer {
    const SCHEMA: &'static str = "wattkey/firmware-transfer/1";

    fn table(&self, style: Style) -> String {
        let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
        let text = format!(
            "IMAGE     {}, {} octets, SHA-256 {}\nBLOCKS    {} sent of {}\nOUTCOME   {}{reason}\n",
            self.identifier, self.size, self.sha256, self.blocks_sent, self.blocks, self.outcome
        );
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "identifier", "sha256", "size", "blocks", "blocks_sent", "outcome", "reason"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![vec![
            text(&self.serial),
            self.identifier.clone(),
            self.sha256.clone(),
            self.size.to_string(),
            self.blocks.to_string(),
            self.blocks_sent.to_string(),
            self.outcome.to_owned(),
            text(&self.reason),
        ]]
    }
}

#[derive(Debug, Serialize)]
pub struct FirmwareActivation {
    pub link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// `accepted`, `refused`, `failed` or `unknown`.
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Document for FirmwareActivation {
    const SCHEMA: &'static str = "wattkey/firmware-activation/1";

    fn table(&self, style: Style) -> String {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "not told".to_owned());
        let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
        let text = format!(
            "BEFORE    {}\nAFTER     {}\nOUTCOME   {}{reason}\n",
            text(&self.before),
            text(&self.after),
            self.outcome
        );
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "before", "after", "outcome", "reason"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![vec![
            text(&self.serial),
            text(&self.before),
            text(&self.after),
            self.outcome.to_owned(),
            text(&self.reason),
        ]]
    }
}
