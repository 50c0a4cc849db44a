//! What differs between meters that speak DL/T 645.

use serde::{Deserialize, Serialize};

/// How a model speaks DL/T 645.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dlt645Rule {
    /// Password of level 02, six digits in the order of the wire.
    pub password_02: String,
    /// Password of level 04, six digits in the order of the wire.
    pub password_04: String,
    /// Wrong passwords in a row after which no password is taken any more; 0 means never.
    pub locks_after: u32,
    /// Seconds for which that lasts.
    pub lock_s: u32,
    /// Whether a security module (ESAM) refuses every plain password.
    pub security_module: bool,
    /// Octets of data in one answer, 8 to 200; longer items go on in following frames.
    pub longest_data: u8,
    /// Whether items may be read in blocks (FF in the identifier); single-phase meters often refuse.
    pub blocks: bool,
    /// Price of a kWh in hundredths of the currency: credit is then told as an amount; 0 tells it as energy.
    pub price: u32,
    /// Milliseconds before an answer.
    pub reaction_ms: u32,
}

impl Default for Dlt645Rule {
    fn default() -> Self {
        Dlt645Rule {
            password_02: "000000".to_owned(),
            password_04: "123456".to_owned(),
            locks_after: 3,
            lock_s: 86_400,
            security_module: false,
            longest_data: 200,
            blocks: false,
            price: 0,
            reaction_ms: 0,
        }
    }
}

impl Dlt645Rule {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// Dotted name of the value, and what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let password = |text: &str| text.len() == 6 && text.bytes().all(|digit| digit.is_ascii_digit());
        if !password(&self.password_02) {
            return Err(("dlt645.password_02", "must be six digits"));
        }
        if !password(&self.password_04) {
            return Err(("dlt645.password_04", "must be six digits"));
        }
        if !(8..=200).contains(&self.longest_data) {
            return Err(("dlt645.longest_data", "must be 8 to 200"));
        }
        Ok(())
    }
}
