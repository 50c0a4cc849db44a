//! Which reads fetch a set of registers in as few requests as the map permits.

use crate::protocol::modbus::{MAXIMUM_READ, MAXIMUM_READ_BITS, Table};

/// Registers that stand together: one value, or one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Function 1 to 4.
    pub function: u8,
    /// First register.
    pub first: u16,
    /// How many.
    pub count: u16,
}

impl Span {
    /// A single register.
    pub fn one(function: u8, register: u16) -> Self {
        Span { function, first: register, count: 1 }
    }

    /// Whether it is of coils or discrete inputs.
    fn is_bits(self) -> bool {
        Table::read_by(self.function).is_some_and(Table::holds_bits)
    }

    fn end(self) -> u32 {
        u32::from(self.first).saturating_add(u32::from(self.count))
    }

    /// Whether `other` lies inside.
    pub fn covers(self, other: Span) -> bool {
        self.function == other.function && self.first <= other.first && self.end() >= other.end()
    }
}

/// The fewest requests that cover all `wanted` values, each whole in one of them. A request has at most `longest`
/// registers, or as many bits as a frame holds, and reads over at most `bridge` that nobody wants, in a row.
///
/// Taken from the lowest register upwards, each request as far as it goes: no other choice needs fewer.
pub fn requests(wanted: &[Span], longest: u16, bridge: u16) -> Vec<Span> {
    let longest = u32::from(longest.clamp(1, MAXIMUM_READ));
    let most = |span: Span| if span.is_bits() { u32::from(MAXIMUM_READ_BITS) } else { longest };
    let mut sorted: Vec<Span> = wanted.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut requests: Vec<Span> = Vec::new();
    for span in sorted {
        if let Some(last) = requests.last_mut()
            && last.function == span.function
        {
            let end = last.end().max(span.end());
            let length = end.saturating_sub(u32::from(last.first));
            let gap = u32::from(span.first).saturating_sub(last.end());
            if length <= most(span) && gap <= u32::from(bridge) {
                last.count = u16::try_from(length).unwrap_or(last.count);
                continue;
            }
        }
        requests.push(span);
    }
    requests
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: u16, count: u16) -> Span {
        Span { function: 4, first, count }
    }

    #[test]
    fn neighbours_and_bridged_gaps_share_a_request() {
        let wanted = [span(0x48, 2), span(0, 2), span(2, 2), span(0x46, 2)];
        assert_eq!(requests(&wanted, 80, 80), [span(0, 0x4A)]);
        assert_eq!(requests(&wanted, 80, 0), [span(0, 4), span(0x46, 4)]);
        assert_eq!(requests(&wanted, 0x49, 80), [span(0, 0x48), span(0x48, 2)]);
    }

    #[test]
    fn functions_are_not_mixed_and_values_not_cut() {
        let holding = Span { function: 3, ..span(2, 2) };
        assert_eq!(requests(&[span(0, 2), holding], 125, 10), [holding, span(0, 2)]);
        assert_eq!(requests(&[span(0, 4), span(4, 4)], 6, 0), [span(0, 4), span(4, 4)]);
    }

    #[test]
    fn what_overlaps_is_read_once() {
        assert_eq!(requests(&[span(0, 8), span(2, 2), span(6, 4)], 125, 0), [span(0, 10)]);
    }

    #[test]
    fn every_value_is_covered_whatever_the_limits() {
        let mut random = fastrand::Rng::with_seed(4);
        for _ in 0..500 {
            let wanted: Vec<Span> =
                (0..random.usize(1..30)).map(|_| span(random.u16(..300), random.u16(1..5))).collect();
            let (longest, bridge) = (random.u16(5..130), random.u16(..40));
            let made = requests(&wanted, longest, bridge);
            for value in &wanted {
                assert!(made.iter().any(|request| request.covers(*value)), "{value:?} {made:?}");
            }
            assert!(made.iter().all(|request| request.count <= longest.min(125)));
        }
    }
}
