//! `--slip`: tokens on paper, for a meter that takes none over the line.

use std::path::PathBuf;

use crate::cli::global::words_parser;
use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::files;
use wattkey::output::slip::{Paper, Slip};

/// Where and on what.
#[derive(Debug, Clone, clap::Args)]
pub struct SlipOptions {
    /// Write a slip for print, to be keyed in by hand, as an HTML page to this file
    #[arg(long, value_name = "FILE")]
    slip: Option<PathBuf>,

    /// What the slip is printed on
    #[arg(long, value_name = "PAPER", requires = "slip", value_parser = words_parser(Paper::ALL, Paper::word, Paper::meaning))]
    slip_paper: Option<Paper>,
}

impl SlipOptions {
    /// Whether a slip is wanted.
    pub fn is_wanted(&self) -> bool {
        self.slip.is_some()
    }

    /// Writes the slip where one is wanted.
    pub fn write(&self, slip: &Slip, context: &Context) -> Result<(), CommandError> {
        let Some(path) = &self.slip else { return Ok(()) };
        let page = slip.page(&context.letterhead()?, self.slip_paper.unwrap_or_default());
        files::write_output(path, context.options.overwrite, &mut |out| out.write_all(page.as_bytes()))
            .map_err(|error| CommandError::new(Code::File, format!("cannot write {}: {error}", path.display())))
    }
}
