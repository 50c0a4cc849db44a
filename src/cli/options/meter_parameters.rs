//! Options that say what is known of a meter and its key, for every command that reads or makes tokens.

use crate::cli::{CommandError, Context};
use wattkey::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, FieldError, Iin, KeyRevisionNumber, KeyType,
    MeterCard, MeterParameters, SupplyGroupCode, TariffIndex,
};

const HEADING: &str = "Meter and key";

/// What is known of the meter; the meter card of `--meter-card` fills in the rest.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct MeterParameterOptions {
    /// Issuer, 600727 or 0000; follows from the DRN
    #[arg(long, value_name = "IIN", help_heading = HEADING)]
    pub iin: Option<Iin>,

    /// Meter number, 11 or 13 digits
    #[arg(long, value_name = "DRN", help_heading = HEADING)]
    pub drn: Option<Drn>,

    /// Supply group code, 6 digits
    #[arg(long, value_name = "SGC", help_heading = HEADING)]
    pub sgc: Option<SupplyGroupCode>,

    /// Key revision number, 1 to 9
    #[arg(long, value_name = "KRN", help_heading = HEADING)]
    pub krn: Option<KeyRevisionNumber>,

    /// Key type: 0 initial, 1 default, 2 unique, 3 common
    #[arg(long, value_name = "KT", help_heading = HEADING)]
    pub kt: Option<KeyType>,

    /// Tariff index, 0 to 99
    #[arg(long, value_name = "TI", help_heading = HEADING)]
    pub ti: Option<TariffIndex>,

    /// Encryption algorithm: 07 (STA) or 11 (MISTY1)
    #[arg(long, value_name = "EA", help_heading = HEADING)]
    pub ea: Option<EncryptionAlgorithm>,

    /// Decoder key generation algorithm: 02 or 04
    #[arg(long, value_name = "DKGA", help_heading = HEADING)]
    pub dkga: Option<DecoderKeyGenerationAlgorithm>,

    /// Base date of token identifiers: 1993, 2014 or 2035
    #[arg(long, value_name = "YEAR", help_heading = HEADING)]
    pub base_date: Option<BaseDate>,
}

impl MeterParameterOptions {
    /// The options as given.
    pub fn given(&self) -> MeterParameters {
        MeterParameters {
            iin: self.iin,
            drn: self.drn,
            sgc: self.sgc,
            krn: self.krn,
            kt: self.kt,
            ti: self.ti,
            ea: self.ea,
            dkga: self.dkga,
            base_date: self.base_date,
        }
    }

    /// The options, completed from the meter card of `--meter-card`, and checked against one another.
    pub fn resolve(&self, context: &Context) -> Result<MeterParameters, CommandError> {
        let card = match &context.options.meter_card {
            Some(text) => text.parse::<MeterCard>()?.parameters(),
            None => MeterParameters::default(),
        };
        let known = self.given().or(card);
        known.check()?;
        Ok(known)
    }
}

impl From<FieldError> for CommandError {
    fn from(error: FieldError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}
