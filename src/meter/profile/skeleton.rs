//! The beginning of a register map, from what a unit was found to hold.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::protocol::modbus::{RegisterType, Table, WordOrder};

/// What is known of a unit whose map is to be written.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Name of the profile to be.
    pub name: String,
    /// Speed and character form the unit answered at, where the line has them.
    pub line: Option<(u32, String)>,
    /// Number of the unit.
    pub unit: Option<String>,
    /// Registers that can be read, by function and number.
    pub found: BTreeMap<u8, BTreeMap<u16, u16>>,
}

/// A profile that loads, with every register found in its comments: the raw number, and what it could be. Nothing is taken for
/// granted: places are for a person to fill in.
pub fn skeleton(survey: &Survey) -> String {
    let mut text = format!(
        "name = \"{}\"\ndescription = \"What stands on the label\"\nprotocol = \"modbus\"\n# maker = \"\"\n# models = [\"\"]\n",
        survey.name
    );
    if let Some((baud, frame)) = &survey.line {
        let _ = write!(text, "\n[line]\nbaud = {baud}\nframe = \"{frame}\"\n");
    }
    let function =
        survey.found.iter().max_by_key(|(_, registers)| registers.len()).map_or(3, |(function, _)| *function);
    text.push_str("\n[modbus]\n");
    if let Some(unit) = &survey.unit {
        let _ = writeln!(text, "unit = {unit}");
    }
    let _ = write!(
        text,
        "function = {function}                # of every place below that names none\n\
         type = \"u16\"\n\
         bare = true                 # take this line out once there are places\n\
         \n\
         [modbus.registers]\n\
         # voltage-l1 = {{ register = 0x0000, scale = 0.1, unit = \"V\", limits = [0, 600] }}\n\
         # power = {{ register = 0x0000, type = \"i32\", unit = \"W\", limits = [-1000000, 1000000] }}\n\
         # energy-import = {{ register = 0x0000, type = \"u32\", scale = 0.01, unit = \"kWh\", limits = [0, 100000000] }}\n"
    );
    for (function, registers) in &survey.found {
        let contents = Table::read_by(*function).map_or("registers", Table::contents);
        let _ = write!(text, "\n# What the unit's {contents} (function {function}) held:\n");
        for (number, value) in registers {
            let next = number.checked_add(1).and_then(|next| registers.get(&next)).copied();
            let guesses = guesses(*value, next);
            let mark = if guesses.is_empty() { String::new() } else { format!("   {}", guesses.join("; ")) };
            let _ = writeln!(text, "#   0x{number:04X}  {value:04X}  {value:>5}{mark}");
        }
    }
    text.push_str(
        "\n[sources]\n\"modbus\" = \"the maker's paper, page …; the registers above were read from a meter\"\n",
    );
    if survey.line.is_some() {
        text.push_str("\"line\" = \"a meter answered at this\"\n");
    }
    text
}

/// What a register, with the next one, could be: voltages and frequencies of a usual supply in usual forms.
fn guesses(value: u16, next: Option<u16>) -> Vec<String> {
    let mut guesses = Vec::new();
    let mut consider = |form: &str, number: f64, scale: f64| {
        let scaled = number * scale;
        let what = if (49.0..=51.0).contains(&scaled) || (59.5..=60.5).contains(&scaled) {
            "frequency"
        } else if (100.0..=130.0).contains(&scaled) || (205.0..=255.0).contains(&scaled) {
            "voltage"
        } else {
            return;
        };
        let by = if scale == 1.0 { String::new() } else { format!(" by {scale}") };
        guesses.push(format!("{form}{by}: {scaled:.2}, a {what}?"));
    };
    for scale in [0.1, 0.01] {
        consider("u16", f64::from(value), scale);
    }
    if let Some(next) = next {
        let pair = [value, next];
        for (order, words) in [(WordOrder::Big, "f32"), (WordOrder::Swapped, "f32, words swapped")] {
            if let Some(number) = RegisterType::F32.decode(&pair, order) {
                consider(words, number, 1.0);
                consider(words, number, 0.1);
            }
        }
        if value == 0 || next == 0 {
            let (order, words) =
                if value == 0 { (WordOrder::Big, "u32") } else { (WordOrder::Swapped, "u32, words swapped") };
            if let Some(number) = RegisterType::U32.decode(&pair, order) {
                [0.1, 0.01, 0.001].iter().for_each(|scale| consider(words, number, *scale));
            }
        }
    }
    guesses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::profile::Library;
    use crate::meter::profile::check::check;

    #[test]
    fn a_skeleton_loads_and_names_what_may_be_what() {
        let registers = BTreeMap::from([(0, 0x4366), (1, 0x8000), (6, 2_301), (7, 17)]);
        let survey = Survey {
            name: "yard".to_owned(),
            line: Some((9_600, "8n1".to_owned())),
            unit: Some("7".to_owned()),
            found: BTreeMap::from([(4, registers)]),
        };
        let text = skeleton(&survey);
        for words in ["f32: 230.50, a voltage?", "u16 by 0.1: 230.10, a voltage?", "0x0007  0011     17\n", "unit = 7"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
        let profile = Library::default().parse("yard", &text).unwrap();
        assert_eq!(check(&text, &profile), Vec::<String>::new(), "{text}");
    }
}
