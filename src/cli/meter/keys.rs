//! What the key file adds to a status.

use crate::cli::{CommandError, Context};
use crate::entry;
use crate::meter::status::StsState;

/// Adds base date and DKGA when exactly one vending key at hand fits what the meter tells of its key.
///
/// # Errors
/// A key file that cannot be used.
pub fn derive_from_keys(sts: &mut StsState, context: &Context) -> Result<(), CommandError> {
    if let Some(file) = context.key_file()? {
        entry::derive(sts, file.vending_keys());
    }
    Ok(())
}
