//! Load records (class 06): blocks of six classes of values at one time.
//!
//! A block is `A0 A0`, the length of what follows up to the last `AA`, the time `mm hh DD MM YY` in BCD, six classes with
//! `AA` behind each, a check sum over all octets before it, and `E5`. A class that is not recorded is empty.

/// Octets of each class: voltages, currents and frequency; powers; power factors; energies; reactive energies by
/// quadrant; demands.
pub const CLASSES: [usize; 6] = [17, 24, 8, 16, 16, 6];

const BEGIN: [u8; 2] = [0xA0, 0xA0];
/// In place of the begin: what is stored there is damaged.
const DAMAGED: [u8; 2] = [0xE0, 0xE0];
const SEPARATOR: u8 = 0xAA;
const END: u8 = 0xE5;
const TIME: usize = 5;

/// Which load records are asked for, in the octets behind the data identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadSelection {
    /// The oldest, one.
    Oldest,
    /// So many from a time on, `mm hh DD MM YY` in BCD; 1 to 99.
    From(u8, [u8; 5]),
    /// The newest, one.
    Newest,
}

impl LoadSelection {
    /// The data identifier of all classes under this selection.
    pub const fn identifier(self) -> u32 {
        match self {
            LoadSelection::Oldest => 0x0600_0000,
            LoadSelection::From(..) => 0x0600_0001,
            LoadSelection::Newest => 0x0600_0002,
        }
    }

    /// The octets behind it.
    pub fn octets(self) -> Vec<u8> {
        match self {
            LoadSelection::Oldest | LoadSelection::Newest => vec![1],
            LoadSelection::From(count, time) => {
                let count = count.clamp(1, 99);
                let mut octets = vec![(count / 10) << 4 | (count % 10)];
                octets.extend(time);
                octets
            }
        }
    }
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadRecord {
    /// `mm hh DD MM YY` in BCD.
    pub time: [u8; 5],
    /// The octets of each class; `None` where it is not recorded.
    pub classes: [Option<Vec<u8>>; 6],
}

/// Why octets are no load records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadRecordError {
    /// A block ends early, or its classes have other lengths.
    #[error("a block of load records has another form than the standard's")]
    Form,
    /// The check sum does not fit.
    #[error("a block of load records has a wrong check sum")]
    CheckSum,
}

impl LoadRecord {
    /// Reads the blocks of an answer, put together from its parts. Blocks that the meter itself marks as damaged are left
    /// out; an answer of `FF` throughout holds none.
    ///
    /// # Errors
    /// [`LoadRecordError`].
    pub fn read_all(mut octets: &[u8]) -> Result<Vec<Self>, LoadRecordError> {
        let mut records = Vec::new();
        if octets.iter().all(|octet| *octet == 0xFF) {
            return Ok(records);
        }
        while !octets.is_empty() {
            let (head, rest) = octets.split_first_chunk::<3>().ok_or(LoadRecordError::Form)?;
            let [first, second, length] = *head;
            let begin = [first, second];
            if begin != BEGIN && begin != DAMAGED {
                return Err(LoadRecordError::Form);
            }
            let (inner, behind) = rest.split_at_checked(usize::from(length)).ok_or(LoadRecordError::Form)?;
            let (&[check, end], behind) = behind.split_first_chunk::<2>().ok_or(LoadRecordError::Form)?;
            if end != END {
                return Err(LoadRecordError::Form);
            }
            octets = behind;
            if begin == DAMAGED {
                continue;
            }
            let sum = head.iter().chain(inner).fold(0u8, |sum, octet| sum.wrapping_add(*octet));
            if sum != check {
                return Err(LoadRecordError::CheckSum);
            }
            records.push(LoadRecord::read(inner).ok_or(LoadRecordError::Form)?);
        }
        Ok(records)
    }

    /// Time and classes. A class that begins with the separator is empty: no BCD digits are `AA`.
    fn read(octets: &[u8]) -> Option<Self> {
        let (time, mut rest) = octets.split_first_chunk::<TIME>()?;
        let mut classes: [Option<Vec<u8>>; 6] = Default::default();
        for (class, length) in classes.iter_mut().zip(CLASSES) {
            if rest.first() != Some(&SEPARATOR) {
                let (value, behind) = rest.split_at_checked(length)?;
                *class = Some(value.to_vec());
                rest = behind;
            }
            let (separator, behind) = rest.split_first()?;
            if *separator != SEPARATOR {
                return None;
            }
            rest = behind;
        }
        rest.is_empty().then_some(LoadRecord { time: *time, classes })
    }

    /// The block. Classes of another length than the standard's are left empty.
    pub fn to_octets(&self) -> Vec<u8> {
        let mut inner = self.time.to_vec();
        for (class, length) in self.classes.iter().zip(CLASSES) {
            inner.extend(class.iter().filter(|class| class.len() == length).flatten());
            inner.push(SEPARATOR);
        }
        let mut octets = BEGIN.to_vec();
        octets.push(u8::try_from(inner.len()).unwrap_or(u8::MAX));
        octets.extend(inner);
        let check = octets.iter().fold(0u8, |sum, octet| sum.wrapping_add(*octet));
        octets.extend([check, END]);
        octets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> LoadRecord {
        let classes = [Some(vec![0x01; 17]), None, None, Some(vec![0x22; 16]), None, None];
        LoadRecord { time: [0x15, 0x12, 0x30, 0x11, 0x26], classes }
    }

    #[test]
    fn blocks_round_trip_and_follow_each_other() {
        let full = LoadRecord { classes: CLASSES.map(|length| Some(vec![0x11; length])), ..record() };
        assert_eq!(full.to_octets().len(), 103);
        let octets = [record().to_octets(), full.to_octets()].concat();
        assert_eq!(LoadRecord::read_all(&octets), Ok(vec![record(), full]));
        assert_eq!(LoadRecord::read_all(&[]), Ok(Vec::new()));
        assert_eq!(LoadRecord::read_all(&[0xFF; 8]), Ok(Vec::new()));
    }

    #[test]
    fn what_is_damaged_is_no_value() {
        let mut spoilt = record().to_octets();
        spoilt[10] ^= 1;
        assert_eq!(LoadRecord::read_all(&spoilt), Err(LoadRecordError::CheckSum));
        let whole = record().to_octets();
        for end in 1..whole.len() {
            assert_eq!(LoadRecord::read_all(&whole[..end]), Err(LoadRecordError::Form), "{end}");
        }
        let mut marked = record().to_octets();
        marked[..2].copy_from_slice(&DAMAGED);
        assert_eq!(LoadRecord::read_all(&[marked, whole].concat()), Ok(vec![record()]));
    }

    #[test]
    fn a_selection_names_count_and_time() {
        let time = [0x00, 0x12, 0x30, 0x11, 0x26];
        assert_eq!(LoadSelection::From(12, time).octets(), [0x12, 0x00, 0x12, 0x30, 0x11, 0x26]);
        assert_eq!(LoadSelection::Newest.identifier(), 0x0600_0002);
    }
}
