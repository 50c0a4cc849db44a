//! Which meter a question is about: as the options say, or as the meter on the link says.

use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, Context, meter};
use wattkey::error::{Code, Exit};
use wattkey::headend::{Found, HeadEnd};
use wattkey::meter::Status;
use wattkey::sts::Drn;

/// The meter by its numbers; without a meter number it is read from the meter on --link.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct MeterOptions {
    #[command(flatten)]
    parameters: MeterParameterOptions,

    /// Serial number; a pack finds the meter by it, and with --link another meter is refused
    #[arg(long, value_name = "SERIAL", help_heading = "Meter and key")]
    serial: Option<String>,
}

/// A meter, and what it says of itself.
#[derive(Debug, Clone)]
pub struct MeterAsked {
    /// Its number.
    pub drn: Drn,
    /// What it says; from the options where no meter was read.
    pub found: Found,
    /// Tokens in a set it takes, where it tells.
    pub sections: Option<u8>,
}

impl MeterOptions {
    /// Reads the meter when a link is given, else takes what the options say.
    pub fn resolve(&self, head_end: &mut dyn HeadEnd, context: &mut Context) -> Result<MeterAsked, CommandError> {
        let given = self.parameters.resolve(context)?;
        if context.options.link.is_some() {
            return self.on_link(context);
        }
        let drn = match (given.drn, &self.serial) {
            (Some(drn), _) => drn,
            (None, Some(serial)) => head_end.meter_of_serial(serial)?.ok_or_else(|| {
                CommandError::new(Code::BadValue, format!("no meter of {} has serial number {serial}", head_end.name()))
                    .hint("Give the meter number with --drn.")
            })?,
            (None, None) => {
                return Err(CommandError::new(Code::Usage, "which meter? No number is given")
                    .hint("Give --drn, or --link to read it from the meter; a pack also takes --serial."));
            }
        };
        let found = Found { parameters: given, serial: self.serial.clone(), ..Found::default() };
        Ok(MeterAsked { drn, found, sections: None })
    }

    fn on_link(&self, context: &mut Context) -> Result<MeterAsked, CommandError> {
        let mut read = None;
        let outcome = meter::with(context, |meter, context| {
            read = Some(context.read_status(meter)?);
            Ok(Exit::Done)
        })?;
        if outcome == Exit::Interrupted {
            return Err(CommandError::new(Code::Interrupted, "interrupted"));
        }
        let status = read.unwrap_or_default();
        self.of_status(&status, context)
    }

    /// What a status tells, completed from the options and held against them.
    pub fn of_status(&self, status: &Status, context: &Context) -> Result<MeterAsked, CommandError> {
        let given = self.parameters.resolve(context)?;
        let mut found = Found::from(status);
        if let (Some(wanted), Some(met)) = (given.drn, found.parameters.drn)
            && wanted != met
        {
            return Err(CommandError::new(
                Code::WrongMeter,
                format!("the meter on the link is {met}, and {wanted} is meant"),
            ));
        }
        if let (Some(wanted), Some(met)) = (&self.serial, &found.serial)
            && !wattkey::meter::status::same_number(wanted, met)
        {
            let message = format!("the meter on the link has serial number {met}, and {wanted} is meant");
            return Err(CommandError::new(Code::WrongMeter, message));
        }
        found.parameters = found.parameters.or(given);
        let drn = found.parameters.drn.ok_or_else(|| {
            CommandError::new(Code::NotOffered, "the meter does not tell its meter number")
                .hint("Give --drn from its label.")
        })?;
        let sections = status.sts.as_ref().and_then(|sts| sts.kct_supported);
        Ok(MeterAsked { drn, found, sections })
    }
}
