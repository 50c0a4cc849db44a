//! What a plan needs to give a meter new keys of its interface, or a new firmware.

use std::sync::Arc;

use crate::change::firmware_list::ReleasedImage;
use crate::change::{ChangeError, FirmwareImage, PreparedSecrets, WantedSecrets};
use crate::keys::{DlmsCredentials, PendingSecrets};
use crate::meter::{Meter, MeterError};

/// New secrets and firmware for the steps `dlms-keys` and `firmware-update`.
#[derive(Debug, Clone, Default)]
pub struct InterfaceMaterial {
    /// Credentials with the new secrets of every meter of the run.
    pub secrets: Option<Arc<NewSecrets>>,
    /// The image, which was checked against the list of the utility.
    pub image: Option<Arc<NewFirmware>>,
}

/// New secrets, and where they are kept until they are proved.
#[derive(Debug)]
pub struct NewSecrets {
    /// The `[dlms]` section with the new secrets.
    pub credentials: DlmsCredentials,
    /// Where they are kept.
    pub pending: PendingSecrets,
}

/// An image and what the utility's list says of it.
#[derive(Debug)]
pub struct NewFirmware {
    /// The image.
    pub image: FirmwareImage,
    /// Its row in the list.
    pub released: Option<ReleasedImage>,
}

impl NewSecrets {
    /// Finds out what the meter holds of them; it uses the secrets it holds from then on.
    pub(super) fn find(&self, meter: &mut dyn Meter) -> Result<PreparedSecrets, ChangeError> {
        let not_dlms = || MeterError::NotSupported("keys of the interface are changed over DLMS only".to_owned());
        let names = meter.keyed().ok_or_else(not_dlms)?.names()?;
        let new = self.credentials.new_secrets_of(&names).map_err(MeterError::CredentialsMissing)?;
        let wanted = WantedSecrets::New(new);
        PreparedSecrets::find(meter, self.pending.clone(), &names, &wanted)
    }
}
