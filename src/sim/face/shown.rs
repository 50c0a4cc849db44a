//! Which faces a meter shows.

use std::fmt;
use std::str::FromStr;

use crate::sim::model::Model;

/// The faces one meter shows on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faces {
    /// DLMS/COSEM over HDLC.
    pub dlms: bool,
    /// IEC 62056-21; together with DLMS its mode E too.
    pub iec62056_21: bool,
    /// DL/T 645-2007.
    pub dlt645: bool,
    /// Modbus RTU.
    pub modbus: bool,
}

impl Faces {
    /// Those of a model.
    pub fn of(model: &Model) -> Self {
        Faces { dlms: model.faces.dlms, iec62056_21: model.faces.iec62056_21, ..Faces::default() }
    }

    /// Words of the faces shown, as for `--protocol`.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let Faces { dlms, iec62056_21, dlt645, modbus } = self;
        let all = [(dlms, "dlms"), (iec62056_21, "iec62056-21"), (dlt645, "dlt645"), (modbus, "modbus")];
        all.into_iter().filter(|(shown, _)| *shown).map(|(_, word)| word)
    }
}

impl FromStr for Faces {
    type Err = String;

    /// Reads `dlt645`, or several joined by `+`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut faces = Faces::default();
        for word in text.split('+').map(str::trim) {
            match word {
                "dlms" => faces.dlms = true,
                "iec62056-21" => faces.iec62056_21 = true,
                "dlt645" => faces.dlt645 = true,
                "modbus" => faces.modbus = true,
                _ => return Err(format!("{word:?} is not a face: use dlms, iec62056-21, dlt645 or modbus")),
            }
        }
        Ok(faces)
    }
}

impl fmt::Display for Faces {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words().collect::<Vec<_>>().join("+"))
    }
}

/// The faces of the meters on a line, given out in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceOrder(Vec<Faces>);

impl FaceOrder {
    /// The faces of the meter in this place, counted from 0.
    pub fn of(&self, place: usize) -> Faces {
        self.0.iter().copied().cycle().nth(place.checked_rem(self.0.len()).unwrap_or(0)).unwrap_or_default()
    }
}

impl FromStr for FaceOrder {
    type Err = String;

    /// Reads `dlt645,modbus`: the first meter speaks DL/T 645, the second Modbus, the third DL/T 645 again.
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(FaceOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_joined_and_given_out_in_turn() {
        let order: FaceOrder = "dlt645,modbus+dlms".parse().unwrap();
        assert_eq!(order.of(0).to_string(), "dlt645");
        assert_eq!(order.of(1).to_string(), "dlms+modbus");
        assert_eq!(order.of(2), order.of(0));
        assert!("dlt645,".parse::<FaceOrder>().is_err() && "m-bus".parse::<Faces>().is_err());
    }
}
