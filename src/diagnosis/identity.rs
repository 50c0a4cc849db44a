//! Which key a token was made under, and how that differs from what the meter says of itself.

use super::cause::Cause;
use super::evidence::Readout;
use crate::sts::MeterParameters;

/// A parameter in which two keys may differ, in the order in which differences are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// Supply group code.
    SupplyGroup,
    /// Key revision number.
    KeyRevision,
    /// Key type.
    KeyType,
    /// Tariff index.
    TariffIndex,
    /// Base date.
    BaseDate,
    /// Encryption algorithm.
    EncryptionAlgorithm,
    /// Decoder key generation algorithm.
    DecoderKeyGeneration,
}

impl Parameter {
    /// The cause a difference in this parameter is.
    pub const fn cause(self) -> Cause {
        match self {
            Parameter::SupplyGroup => Cause::SgcMismatch,
            Parameter::KeyRevision => Cause::KrnMismatch,
            Parameter::KeyType => Cause::KeyTypeMismatch,
            Parameter::TariffIndex => Cause::TiMismatch,
            Parameter::BaseDate => Cause::BaseDateMismatch,
            Parameter::EncryptionAlgorithm | Parameter::DecoderKeyGeneration => Cause::AlgorithmMismatch,
        }
    }

    /// Its abbreviation in the trade.
    pub const fn abbreviation(self) -> &'static str {
        match self {
            Parameter::SupplyGroup => "SGC",
            Parameter::KeyRevision => "KRN",
            Parameter::KeyType => "KT",
            Parameter::TariffIndex => "TI",
            Parameter::BaseDate => "base date",
            Parameter::EncryptionAlgorithm => "EA",
            Parameter::DecoderKeyGeneration => "DKGA",
        }
    }
}

/// One parameter in which token and meter are known to differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which parameter.
    pub parameter: Parameter,
    /// Its value in the key that reads the token.
    pub token: String,
    /// Its value in the meter's readout.
    pub meter: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.parameter.abbreviation();
        write!(formatter, "the token was made for {name} {}, the meter has {name} {}", self.token, self.meter)
    }
}

/// Every known difference between the key that reads a token and the readout, in the order of the parameters.
/// What either side does not tell is no difference.
pub fn differences(key: &MeterParameters, meter: &Readout) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |parameter, token: Option<String>, meter: Option<String>| {
        if let (Some(token), Some(meter)) = (token, meter)
            && token != meter
        {
            found.push(Difference { parameter, token, meter });
        }
    };
    fn text<T: ToString>(value: Option<T>) -> Option<String> {
        value.map(|value| value.to_string())
    }
    compare(Parameter::SupplyGroup, text(key.sgc), text(meter.sgc));
    compare(Parameter::KeyRevision, text(key.krn), text(meter.krn));
    compare(Parameter::KeyType, text(key.kt), text(meter.kt));
    compare(Parameter::TariffIndex, text(key.ti), text(meter.ti));
    compare(Parameter::BaseDate, text(key.base_date), text(meter.base_date));
    compare(Parameter::EncryptionAlgorithm, text(key.ea), text(meter.ea));
    compare(Parameter::DecoderKeyGeneration, text(key.dkga), text(meter.dkga));
    found
}

/// How many parameters are known to differ, the tariff index left out. Faster than [`differences`].
pub fn count_besides_tariff(key: &MeterParameters, meter: &Readout) -> usize {
    fn differs<T: PartialEq>(one: Option<T>, other: Option<T>) -> usize {
        usize::from(matches!((one, other), (Some(one), Some(other)) if one != other))
    }
    // One change of algorithm usually changes both EA and DKGA: they count as one step.
    let algorithm = differs(key.ea, meter.ea).max(differs(key.dkga, meter.dkga));
    differs(key.sgc, meter.sgc)
        + differs(key.krn, meter.krn)
        + differs(key.kt, meter.kt)
        + differs(key.base_date, meter.base_date)
        + algorithm
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sts::{BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, KeyType};

    fn identity() -> MeterParameters {
        MeterParameters {
            drn: "01234567897".parse().ok(),
            sgc: "123456".parse().ok(),
            krn: "1".parse().ok(),
            kt: Some(KeyType::Unique),
            ti: "7".parse().ok(),
            ea: Some(EncryptionAlgorithm::Ea07),
            dkga: Some(DecoderKeyGenerationAlgorithm::Dkga02),
            base_date: Some(BaseDate::Base1993),
            ..MeterParameters::default()
        }
    }

    #[test]
    fn differences_come_in_the_order_of_the_contract() {
        let meter = Readout {
            sgc: "654321".parse().ok(),
            krn: "2".parse().ok(),
            kt: Some(KeyType::Default),
            ti: "8".parse().ok(),
            base_date: Some(BaseDate::Base2014),
            ea: Some(EncryptionAlgorithm::Ea11),
            dkga: Some(DecoderKeyGenerationAlgorithm::Dkga04),
            ..Readout::default()
        };
        let causes: Vec<_> = differences(&identity(), &meter).iter().map(|d| d.parameter.cause()).collect();
        assert_eq!(
            causes,
            [
                Cause::SgcMismatch,
                Cause::KrnMismatch,
                Cause::KeyTypeMismatch,
                Cause::TiMismatch,
                Cause::BaseDateMismatch,
                Cause::AlgorithmMismatch,
                Cause::AlgorithmMismatch
            ]
        );
        assert_eq!(count_besides_tariff(&identity(), &meter), 5);
    }

    #[test]
    fn the_unknown_is_no_difference() {
        assert!(differences(&identity(), &Readout::default()).is_empty());
        let known = Readout { krn: "1".parse().ok(), ..Readout::default() };
        assert!(differences(&identity(), &known).is_empty());
    }
}
