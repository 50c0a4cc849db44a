//! Values that stand one behind the other under one name, such as the harmonics of a voltage.

use super::modbus::{ModbusProfile, RegisterPlace};

impl RegisterPlace {
    /// Registers from one value of a series to the next.
    pub fn series_step(&self) -> u16 {
        self.step.unwrap_or_else(|| self.registers())
    }

    /// The value of a series with this number; `None` when it has none of it, or is no series.
    pub fn of_series(&self, number: u16) -> Option<RegisterPlace> {
        let [first, last] = self.series?;
        if !(first..=last).contains(&number) {
            return None;
        }
        let register = number.checked_sub(first)?.checked_mul(self.series_step())?.checked_add(self.register)?;
        Some(RegisterPlace { register, series: None, step: None, ..self.clone() })
    }
}

impl ModbusProfile {
    /// The named value as the user asks for it; one of a series has its number behind it, `voltage-l1-harmonic-5`.
    pub fn named_place(&self, name: &str) -> Option<RegisterPlace> {
        if let Some(place) = self.named.get(name).filter(|place| place.series.is_none()) {
            return Some(place.clone());
        }
        let (series, number) = name.rsplit_once('-')?;
        self.named.get(series)?.of_series(number.parse().ok()?)
    }

    /// The named values that stand in the status, those of series one by one.
    pub fn shown(&self) -> Vec<(String, RegisterPlace)> {
        let shown = self.named.iter().filter(|(_, place)| place.show);
        let one_by_one = shown.flat_map(|(name, place)| match place.series {
            None => vec![(name.clone(), place.clone())],
            Some([first, last]) => (first..=last)
                .filter_map(|number| Some((format!("{name}-{number}"), place.of_series(number)?)))
                .collect(),
        });
        one_by_one.collect()
    }

    /// The names under which values can be asked for, series in short.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.named.iter().map(|(name, place)| match place.series {
            None => name.clone(),
            Some([first, last]) => format!("{name}-{first} to -{last}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::meter::profile::Library;

    const MAP: &str = r#"
name = "x"
description = "what a series is"
protocol = "modbus"
[modbus]
function = 4
[modbus.registers]
[modbus.named]
harmonic = { register = 100, type = "f32", unit = "%", limits = [0, 100], series = [2, 4], show = true }
tall = { register = 10, type = "u16", series = [0, 1], step = 5 }
"#;

    #[test]
    fn the_values_of_a_series_have_their_number_behind_the_name() {
        let map = Library::default().parse("x", MAP).unwrap().modbus;
        let register = |name: &str| map.named_place(name).map(|place| place.register);
        assert_eq!(
            ["harmonic-2", "harmonic-4", "harmonic-5", "harmonic-1", "harmonic", "tall-1"].map(register),
            [Some(100), Some(104), None, None, None, Some(15)]
        );
        let shown: Vec<_> = map.shown().into_iter().map(|(name, place)| (name, place.register)).collect();
        assert_eq!(shown, [("harmonic-2".into(), 100), ("harmonic-3".into(), 102), ("harmonic-4".into(), 104)]);
        assert_eq!(map.names().collect::<Vec<_>>(), ["harmonic-2 to -4", "tall-0 to -1"]);
    }
}
