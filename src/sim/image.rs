//! The image transfer of a meter (class 18): a new firmware, taken block by block, checked, and switched to.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex;

/// Octets of a block.
const BLOCK: u32 = 200;
/// Longest image that is taken.
const LONGEST: u32 = 4 << 20;

/// State of the transfer, by the numbers of the Blue Book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageStatus {
    /// Nothing begun.
    NotInitiated,
    /// Blocks are taken.
    Initiated,
    /// Checked and good.
    Verified,
    /// Checked and not good.
    VerificationFailed,
    /// Switched to.
    Activated,
}

impl ImageStatus {
    /// The number of attribute 6.
    pub const fn number(self) -> u8 {
        match self {
            ImageStatus::NotInitiated => 0,
            ImageStatus::Initiated => 1,
            ImageStatus::Verified => 3,
            ImageStatus::VerificationFailed => 4,
            ImageStatus::Activated => 6,
        }
    }
}

/// What a meter holds of an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    status: ImageStatus,
    identifier: String,
    size: u32,
    /// Blocks that are here, by number.
    taken: Vec<bool>,
    /// The octets, in hex.
    content: String,
    /// How often an image was switched to.
    activations: u32,
}

impl Default for Image {
    fn default() -> Self {
        Image {
            status: ImageStatus::NotInitiated,
            identifier: String::new(),
            size: 0,
            taken: Vec::new(),
            content: String::new(),
            activations: 0,
        }
    }
}

impl Image {
    /// Octets of a block, attribute 2.
    pub const fn block_size(&self) -> u32 {
        BLOCK
    }

    /// The state.
    pub const fn status(&self) -> ImageStatus {
        self.status
    }

    /// Which blocks are here, attribute 3.
    pub fn taken(&self) -> &[bool] {
        &self.taken
    }

    /// Number of the first block that is missing, attribute 4; the number of blocks when none is.
    pub fn first_missing(&self) -> u32 {
        let place = self.taken.iter().position(|taken| !taken).unwrap_or(self.taken.len());
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Size, identifier and hash of the image that can be switched to, attribute 7.
    pub fn to_activate(&self) -> Option<(u32, Vec<u8>, Vec<u8>)> {
        matches!(self.status, ImageStatus::Verified | ImageStatus::Activated).then(|| {
            let content = hex::decode(&self.content).unwrap_or_default();
            (self.size, hex::decode(&self.identifier).unwrap_or_default(), Sha256::digest(content).to_vec())
        })
    }

    /// Begins a transfer; one of the same image goes on.
    pub fn initiate(&mut self, identifier: &[u8], size: u32) -> bool {
        if size == 0 || size > LONGEST {
            return false;
        }
        let identifier = hex::encode(identifier);
        let goes_on = self.status == ImageStatus::Initiated && self.identifier == identifier && self.size == size;
        if !goes_on {
            let (blocks, octets) = (size.div_ceil(BLOCK), usize::try_from(size).unwrap_or(0));
            self.taken = vec![false; usize::try_from(blocks).unwrap_or(0)];
            self.content = "00".repeat(octets);
            (self.identifier, self.size, self.status) = (identifier, size, ImageStatus::Initiated);
        }
        true
    }

    /// Takes a block.
    pub fn take(&mut self, number: u32, octets: &[u8]) -> bool {
        let begin = usize::try_from(number.saturating_mul(BLOCK)).unwrap_or(usize::MAX);
        let size = usize::try_from(self.size).unwrap_or(0);
        let wanted = size.saturating_sub(begin).min(BLOCK as usize);
        let place = usize::try_from(number).ok().and_then(|number| self.taken.get_mut(number));
        let (Some(place), ImageStatus::Initiated, true) = (place, self.status, octets.len() == wanted) else {
            return false;
        };
        *place = true;
        let range = begin.saturating_mul(2)..begin.saturating_add(wanted).saturating_mul(2);
        self.content.replace_range(range, &hex::encode(octets));
        true
    }

    /// Checks it: all blocks must be here.
    pub fn verify(&mut self) -> bool {
        let whole = matches!(self.status, ImageStatus::Initiated | ImageStatus::Verified)
            && self.taken.iter().all(|taken| *taken);
        self.status = if whole { ImageStatus::Verified } else { ImageStatus::VerificationFailed };
        whole
    }

    /// Switches to it, once; the name of the new firmware.
    pub fn activate(&mut self) -> Option<String> {
        (self.status == ImageStatus::Verified).then_some(())?;
        self.status = ImageStatus::Activated;
        self.activations = self.activations.saturating_add(1);
        let name = hex::decode(&self.identifier).unwrap_or_default();
        Some(String::from_utf8_lossy(&name).into_owned())
    }

    /// The octets, and how often they were switched to.
    pub fn installed(&self) -> (Vec<u8>, u32) {
        (hex::decode(&self.content).unwrap_or_default(), self.activations)
    }
}
