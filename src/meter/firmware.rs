//! Firmware of a meter: what it tells of an image transfer, and the calls that bring it a new one (class 18).

use serde::Serialize;

use super::{Answer, MeterError};

/// State of the transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageStatus {
    /// Nothing begun.
    NotInitiated,
    /// Blocks are taken.
    Initiated,
    /// It is being checked.
    VerificationInitiated,
    /// Checked and good.
    VerificationSuccessful,
    /// Checked and not good.
    VerificationFailed,
    /// It is being switched to.
    ActivationInitiated,
    /// The meter runs it.
    ActivationSuccessful,
    /// It could not be switched to.
    ActivationFailed,
    /// A number the Blue Book does not give.
    Other(u8),
}

impl ImageStatus {
    /// The state of the number of attribute 6.
    pub const fn from_number(number: u8) -> Self {
        match number {
            0 => ImageStatus::NotInitiated,
            1 => ImageStatus::Initiated,
            2 => ImageStatus::VerificationInitiated,
            3 => ImageStatus::VerificationSuccessful,
            4 => ImageStatus::VerificationFailed,
            5 => ImageStatus::ActivationInitiated,
            6 => ImageStatus::ActivationSuccessful,
            7 => ImageStatus::ActivationFailed,
            other => ImageStatus::Other(other),
        }
    }

    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            ImageStatus::NotInitiated => "not-initiated",
            ImageStatus::Initiated => "initiated",
            ImageStatus::VerificationInitiated => "verification-initiated",
            ImageStatus::VerificationSuccessful => "verification-successful",
            ImageStatus::VerificationFailed => "verification-failed",
            ImageStatus::ActivationInitiated => "activation-initiated",
            ImageStatus::ActivationSuccessful => "activation-successful",
            ImageStatus::ActivationFailed => "activation-failed",
            ImageStatus::Other(_) => "unknown",
        }
    }

    /// Whether the meter is at work and is to be asked again.
    pub const fn is_busy(self) -> bool {
        matches!(self, ImageStatus::VerificationInitiated | ImageStatus::ActivationInitiated)
    }
}

/// An image a meter can switch to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldImage {
    /// Its octets.
    pub size: u64,
    /// Its identifier, as text or in hex.
    pub identifier: String,
    /// Its signature or hash in hex; empty when the meter gives none.
    pub signature: String,
}

/// What a meter tells of an image transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImageState {
    /// The object.
    pub object: String,
    /// Octets of a block.
    pub block_size: u32,
    /// Blocks the meter counts, and how many of them it holds.
    pub blocks: usize,
    /// Blocks it holds.
    pub blocks_held: usize,
    /// The first block it misses, from 0.
    pub first_missing: u32,
    /// Whether it takes images at all.
    pub is_enabled: bool,
    /// The state.
    pub status: ImageStatus,
    /// What it can switch to.
    pub images: Vec<HeldImage>,
}

/// A meter that takes firmware images.
pub trait FirmwareMeter {
    /// What it tells of the transfer.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn image(&mut self) -> Result<ImageState, MeterError>;

    /// The state alone.
    ///
    /// # Errors
    /// [`MeterError`].
    fn image_status(&mut self) -> Result<ImageStatus, MeterError>;

    /// Which blocks it holds, by number.
    ///
    /// # Errors
    /// [`MeterError`].
    fn held_blocks(&mut self) -> Result<Vec<bool>, MeterError>;

    /// Begins a transfer.
    ///
    /// # Errors
    /// [`MeterError`].
    fn begin_image(&mut self, identifier: &[u8], size: u32) -> Result<Answer, MeterError>;

    /// Sends one block; doing so twice does no harm.
    ///
    /// # Errors
    /// [`MeterError`].
    fn send_block(&mut self, number: u32, octets: &[u8]) -> Result<Answer, MeterError>;

    /// Has the image checked.
    ///
    /// # Errors
    /// [`MeterError`].
    fn verify_image(&mut self) -> Result<Answer, MeterError>;

    /// Has the meter switch to it.
    ///
    /// # Errors
    /// [`MeterError`].
    fn activate_image(&mut self) -> Result<Answer, MeterError>;
}
