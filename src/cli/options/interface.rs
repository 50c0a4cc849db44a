//! New keys and firmware for meters that are commissioned.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::cli::firmware::released_image;
use crate::cli::{CommandError, Context};
use wattkey::commission::{InterfaceMaterial, NewFirmware, NewSecrets};
use wattkey::error::Code;
use wattkey::keys::{Credentials, PendingSecrets};

/// What the steps `dlms-keys` and `firmware-update` need.
#[derive(Debug, Clone, Args)]
pub struct InterfaceOptions {
    /// Credentials file with the new keys of the step dlms-keys: for one meter, or for a fleet
    #[arg(long, value_name = "FILE")]
    new_credentials: Option<PathBuf>,

    /// Firmware image of the step firmware-update
    #[arg(long, value_name = "FILE", requires = "firmware_list")]
    firmware_image: Option<PathBuf>,

    /// The utility's list of released images (CSV)
    #[arg(long, value_name = "FILE", requires = "firmware_image")]
    firmware_list: Option<PathBuf>,
}

impl InterfaceOptions {
    /// Reads the files.
    pub fn material(&self, context: &Context) -> Result<InterfaceMaterial, CommandError> {
        let mut material = InterfaceMaterial::default();
        if let Some(path) = &self.new_credentials {
            let file = Credentials::load(path, context.exposure(), &mut |path| context.opener(path))?;
            let credentials = file.dlms.ok_or_else(|| {
                CommandError::new(Code::File, format!("{}: there is no section [dlms] with new keys", path.display()))
            })?;
            let pending = PendingSecrets::in_state(&context.folders.state()?);
            material.secrets = Some(Arc::new(NewSecrets { credentials, pending }));
        }
        if let (Some(path), list) = (&self.firmware_image, self.firmware_list.as_deref()) {
            let (image, released) = released_image(path, list, None, None)?;
            material.image = Some(Arc::new(NewFirmware { image, released }));
        }
        Ok(material)
    }
}
