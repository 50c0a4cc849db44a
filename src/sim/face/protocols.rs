//! Which protocols a simulated meter speaks.

use std::fmt;
use std::str::FromStr;

use crate::sim::model::Model;

/// The protocols one meter speaks on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Protocols {
    /// DLMS/COSEM over HDLC.
    pub dlms: bool,
    /// IEC 62056-21; together with DLMS its mode E too.
    pub iec62056_21: bool,
    /// DL/T 645-2007.
    pub dlt645: bool,
    /// Modbus RTU.
    pub modbus: bool,
}

impl Protocols {
    /// Those of a model.
    pub fn of(model: &Model) -> Self {
        Protocols { dlms: model.faces.dlms, iec62056_21: model.faces.iec62056_21, ..Protocols::default() }
    }

    /// Their words, as for `--protocol`.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let Protocols { dlms, iec62056_21, dlt645, modbus } = self;
        let all = [(dlms, "dlms"), (iec62056_21, "iec62056-21"), (dlt645, "dlt645"), (modbus, "modbus")];
        all.into_iter().filter(|(shown, _)| *shown).map(|(_, word)| word)
    }
}

impl FromStr for Protocols {
    type Err = String;

    /// Reads `dlt645`, or several joined by `+`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut spoken = Protocols::default();
        for word in text.split('+').map(str::trim) {
            match word {
                "dlms" => spoken.dlms = true,
                "iec62056-21" => spoken.iec62056_21 = true,
                "dlt645" => spoken.dlt645 = true,
                "modbus" => spoken.modbus = true,
                _ => return Err(format!("{word:?} is not a protocol: use dlms, iec62056-21, dlt645 or modbus")),
            }
        }
        Ok(spoken)
    }
}

impl fmt::Display for Protocols {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words().collect::<Vec<_>>().join("+"))
    }
}

/// The protocols of the meters on a line, given out in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolOrder(Vec<Protocols>);

impl ProtocolOrder {
    /// The protocols of the meter in this place, counted from 0.
    pub fn of(&self, place: usize) -> Protocols {
        self.0.iter().copied().cycle().nth(place.checked_rem(self.0.len()).unwrap_or(0)).unwrap_or_default()
    }
}

impl FromStr for ProtocolOrder {
    type Err = String;

    /// Reads `dlt645,modbus`: the first meter speaks DL/T 645, the second Modbus, the third DL/T 645 again.
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(ProtocolOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_are_joined_and_given_out_in_turn() {
        let order: ProtocolOrder = "dlt645,modbus+dlms".parse().unwrap();
        assert_eq!(order.of(0).to_string(), "dlt645");
        assert_eq!(order.of(1).to_string(), "dlms+modbus");
        assert_eq!(order.of(2), order.of(0));
        assert!("dlt645,".parse::<ProtocolOrder>().is_err() && "m-bus".parse::<Protocols>().is_err());
    }
}
