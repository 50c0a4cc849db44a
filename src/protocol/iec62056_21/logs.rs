//! Load profiles and logs as R5 and R6 give them (VDEW specification 2.1): `P.01` to `P.09` and `P.98`, `P.99`.
//!
//! A profile is `P.01(time)(status)(period)(n)(code)(unit)…` and a line of `n` values for each period; a new header comes
//! when status or time change their course. A log entry is `P.98(time)(status)(…)(n)(code)(unit)…(value)…`, where codes and
//! units go before all values, or value by value.

use time::{Date, Month, PrimitiveDateTime, Time};

use super::data::{DataBlock, DataSet};

/// Rows that are taken from one answer.
const MOST_ROWS: usize = 200_000;

/// A time stamp of ten to thirteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The meter's time.
    pub local: PrimitiveDateTime,
    /// Which time it is, where a digit in front says so.
    pub season: Option<Season>,
}

/// Which time a meter's stamp is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// Standard time (0).
    Standard,
    /// Summer time (1).
    Summer,
    /// UTC (2).
    Utc,
}

/// A run of rows under one header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileBlock {
    /// Time of the first row.
    pub begins: Stamp,
    /// The status word, as the meter writes it.
    pub status: String,
    /// Minutes from one row to the next.
    pub period_min: u32,
    /// Code and unit of each column.
    pub columns: Vec<(String, String)>,
    /// The values, as text, one row a period.
    pub rows: Vec<Vec<String>>,
}

/// An entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub at: Stamp,
    /// The status word, as the meter writes it.
    pub status: String,
    /// Codes with their values.
    pub values: Vec<(String, String)>,
}

impl Stamp {
    /// Reads `[z]YYMMDDhhmm[ss]`.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|octet| octet.is_ascii_digit()) {
            return None;
        }
        let (season, digits) = match text.len() {
            10 | 12 => (None, text),
            11 | 13 => {
                let (first, rest) = text.split_at_checked(1)?;
                (Some(Season::from_digit(first)?), rest)
            }
            _ => return None,
        };
        let mut pairs = digits
            .as_bytes()
            .chunks(2)
            .map(|pair| pair.iter().fold(0u8, |sum, digit| sum.wrapping_mul(10).wrapping_add(digit & 0x0F)));
        let mut next = || pairs.next();
        let (year, month, day) = (next()?, next()?, next()?);
        let (hour, minute, second) = (next()?, next()?, next().unwrap_or(0));
        let date =
            Date::from_calendar_date(i32::from(year).saturating_add(2000), Month::try_from(month).ok()?, day).ok()?;
        let time = Time::from_hms(hour, minute, second).ok()?;
        Some(Stamp { local: PrimitiveDateTime::new(date, time), season })
    }

    /// The stamp as a request has it: season 0, no seconds.
    pub fn to_request(local: PrimitiveDateTime) -> String {
        let (date, time) = (local.date(), local.time());
        format!(
            "0{:02}{:02}{:02}{:02}{:02}",
            date.year().rem_euclid(100),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute()
        )
    }
}

impl Season {
    fn from_digit(digit: &str) -> Option<Self> {
        match digit {
            "0" => Some(Season::Standard),
            "1" => Some(Season::Summer),
            "2" => Some(Season::Utc),
            _ => None,
        }
    }
}

fn texts(set: &DataSet) -> Vec<&str> {
    set.values.iter().map(|value| value.text.trim()).collect()
}

/// Whether an answer says that there is nothing: `P.01(ERROR)`.
pub fn is_empty_answer(block: &DataBlock) -> bool {
    block.sets.iter().all(|set| set.first().is_some_and(|value| value.text.trim().starts_with("ERROR")))
}

/// Reads a load profile.
///
/// # Errors
/// What is wrong with the answer, in a clause.
pub fn load_profile(block: &DataBlock) -> Result<Vec<ProfileBlock>, String> {
    if is_empty_answer(block) {
        return Ok(Vec::new());
    }
    let mut blocks: Vec<ProfileBlock> = Vec::new();
    let mut rows = 0usize;
    for set in &block.sets {
        let values = texts(set);
        if set.address.starts_with("P.") {
            blocks.push(header(&values)?);
            continue;
        }
        let current = blocks.last_mut().ok_or("values come before the head of the profile")?;
        if values.len() != current.columns.len() {
            return Err(format!("a row has {} values, and the head names {}", values.len(), current.columns.len()));
        }
        rows = rows.saturating_add(1);
        if rows > MOST_ROWS {
            return Err(format!("there are more than {MOST_ROWS} rows"));
        }
        current.rows.push(values.into_iter().map(str::to_owned).collect());
    }
    Ok(blocks)
}

fn header(values: &[&str]) -> Result<ProfileBlock, String> {
    let [stamp, status, period, count, rest @ ..] = values else {
        return Err("the head of the profile is cut short".to_owned());
    };
    let begins = Stamp::parse(stamp).ok_or_else(|| format!("{stamp:?} is no time stamp"))?;
    let period_min = period.parse().map_err(|_| format!("{period:?} is no period in minutes"))?;
    let count: usize = count.parse().map_err(|_| format!("{count:?} is no number of columns"))?;
    let pairs: Vec<(String, String)> = rest
        .chunks(2)
        .filter_map(|pair| match pair {
            [code, unit] => Some(((*code).to_owned(), (*unit).to_owned())),
            _ => None,
        })
        .collect();
    if pairs.len() != count {
        return Err(format!("the head of the profile names {} columns and says there are {count}", pairs.len()));
    }
    Ok(ProfileBlock { begins, status: (*status).to_owned(), period_min, columns: pairs, rows: Vec::new() })
}

/// Reads a log, and counts the lines that are no entries of it.
pub fn log_entries(block: &DataBlock) -> (Vec<LogEntry>, usize) {
    if is_empty_answer(block) {
        return (Vec::new(), 0);
    }
    let entries: Vec<LogEntry> = block.sets.iter().filter_map(|set| log_entry(&texts(set))).collect();
    let misread = block.sets.len().saturating_sub(entries.len()).saturating_add(block.malformed.len());
    (entries, misread)
}

fn log_entry(values: &[&str]) -> Option<LogEntry> {
    let [stamp, status, rest @ ..] = values else { return None };
    let at = Stamp::parse(stamp)?;
    let entry = |values| Some(LogEntry { at, status: (*status).to_owned(), values });
    // An empty pair of brackets stands between status and count.
    let [_, count, rest @ ..] = rest else { return entry(Vec::new()) };
    let Ok(count) = count.parse::<usize>() else { return entry(Vec::new()) };
    let (heads, told) = rest.split_at_checked(count.checked_mul(2)?).unwrap_or((rest, &[]));
    // A changed parameter tells its code alone.
    let codes = heads.chunks(2).filter_map(|pair| pair.first());
    let values = codes
        .enumerate()
        .map(|(index, code)| ((*code).to_owned(), told.get(index).copied().unwrap_or_default().to_owned()));
    entry(values.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn block(text: &str) -> DataBlock {
        DataBlock::parse(text.as_bytes())
    }

    /// Telegrams in the form of EMH meters (Runamook/iec_62056-21, parser), with values of our own.
    #[test]
    fn a_profile_with_two_heads() {
        let text = "P.01(1220823234500)(00000000)(15)(2)(1.5)(kW)(1-1:2.29)(kWh)\r\n(0.18374)(0.00078)\r\n\
                    P.01(0220824001500)(00000080)(15)(2)(1.5)(kW)(1-1:2.29)(kWh)\r\n(0.10000)(0.00000)\r\n(0.2)(0.1)\r\n";
        let blocks = load_profile(&block(text)).unwrap();
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].begins, Stamp { local: datetime!(2022-08-23 23:45), season: Some(Season::Summer) });
        assert_eq!(blocks[0].columns, [("1.5".into(), "kW".into()), ("1-1:2.29".into(), "kWh".into())]);
        assert_eq!((blocks[0].rows.len(), blocks[1].rows.len(), blocks[1].period_min), (1, 2, 15));
        assert_eq!(blocks[1].rows[1], ["0.2", "0.1"]);
        assert_eq!(load_profile(&block("P.01(ERROR)")), Ok(Vec::new()));
        for (from, to, expected) in [
            ("(0.2)(0.1)", "(0.2)", "a row has 1 values, and the head names 2"),
            ("(15)(2)(1.5)", "(15)(3)(1.5)", "names 2 columns and says there are 3"),
            ("P.01(1220823234500)", "P.01(1221323234500)", "is no time stamp"),
        ] {
            let problem = load_profile(&block(&text.replace(from, to))).unwrap_err();
            assert!(problem.contains(expected), "{problem}");
        }
    }

    /// Entries in the forms of EMH and MetCom (the same source).
    #[test]
    fn logs_of_two_makers() {
        let text = "P.98(1220826235646)(00008020)()(2)(0.9.1)()(0.9.2)()(1235703)(1220826)\r\n\
                    P.98(1220901000000)(00000010)()(0)\r\nP.98(0180813152310)(00)()(2)(91.11.0)()(91.11.10)()(1)(0)\r\n\
                    P.99(1201021132243)(00002000)()(0)(1.8.0)\r\nnoise\r\n";
        let (entries, misread) = log_entries(&block(text));
        assert_eq!((entries.len(), misread), (4, 1));
        assert_eq!(entries[0].values, [("0.9.1".into(), "1235703".into()), ("0.9.2".into(), "1220826".into())]);
        assert_eq!((entries[1].status.as_str(), entries[1].values.len()), ("00000010", 0));
        assert_eq!(entries[2].values[0], ("91.11.0".into(), "1".into()));
        assert_eq!(log_entries(&block("P.98(ERROR)")), (Vec::new(), 0));
    }

    #[test]
    fn stamps_have_a_season_and_seconds_or_not() {
        let local = datetime!(2022-11-21 20:24);
        for (text, season) in [("2211212024", None), ("02211212024", Some(Season::Standard)), ("221121202400", None)] {
            assert_eq!(Stamp::parse(text), Some(Stamp { local, season }));
        }
        assert_eq!(Stamp::to_request(local), "02211212024");
        for bad in ["", "22112120", "221121202", "9221121202400", "2213212024", "22112120é4"] {
            assert_eq!(Stamp::parse(bad), None, "{bad}");
        }
    }
}
