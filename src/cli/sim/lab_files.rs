//! `wattkey sim keys` and `wattkey sim credentials`: files that open simulated meters, and nothing else.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::hex;
use wattkey::keys::write_private;
use wattkey::sim::face::dlms::{AUTHENTICATION_KEY, ENCRYPTION_KEY, MANAGER_CLIENT};
use wattkey::sim::{Model, lab_keys};

/// System title of the client in the credentials file: `TECH0001`.
const CLIENT_TITLE: &[u8; 8] = b"TECH0001";

/// Where to write.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// File to write; standard output without it
    pub file: Option<PathBuf>,

    /// Replace the file when it is there
    #[arg(long)]
    pub force: bool,
}

/// Writes the key file.
pub fn keys(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let text = serde_json::to_string_pretty(&lab_keys::key_file())
        .map_err(|error| CommandError::new(Code::Internal, error.to_string()))?;
    write(arguments, &format!("{text}\n"), context)
}

/// Writes the credentials file.
pub fn credentials(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let model =
        Model::named(Model::default_name()).map_err(|error| CommandError::new(Code::Internal, error.to_string()))?;
    let text = format!(
        "# Test patterns of simulated meters.\n\
         [dlms]\n\
         client = {MANAGER_CLIENT}\n\
         auth = \"hls-gmac\"\n\
         system_title = \"{}\"\n\
         encryption_key = \"{}\"\n\
         authentication_key = \"{}\"\n\
         [iec62056_21]\n\
         password = \"{}\"\n\
         [dlt645]\n\
         password = \"02{}\"\n",
        hex::encode(CLIENT_TITLE),
        hex::encode(&ENCRYPTION_KEY),
        hex::encode(&AUTHENTICATION_KEY),
        model.faces.iec_password,
        model.dlt645.password_02,
    );
    write(arguments, &text, context)
}

fn write(arguments: &Arguments, text: &str, context: &Context) -> CommandResult {
    match arguments.file.as_deref().filter(|path| *path != Path::new("-")) {
        None => io::stdout().write_all(text.as_bytes())?,
        Some(path) => {
            write_private(path, text.as_bytes(), arguments.force).map_err(|error| {
                let error = CommandError::new(Code::File, error.to_string());
                if arguments.force || !path.exists() {
                    error
                } else {
                    error.hint("Give --force to replace it, or another file.")
                }
            })?;
            context.note(format!("wrote {} for simulated meters only", path.display()));
        }
    }
    Ok(Exit::Done)
}
