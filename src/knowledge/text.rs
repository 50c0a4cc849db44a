//! When two texts are the same to a person in front of a small display.

/// `text` in small letters without blanks, hyphens and quotes: `Loc Out` and `LOCOUT` are one text.
pub(super) fn normal(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\'' | '"' | '\u{2019}' | ',' | ';'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The normal form with look-alikes of a seven-segment display folded together (O and 0, I, l and 1, S and 5,
/// B and 8, Z and 2) and leading zeros of numbers dropped: `Err 06` and `Error6` still differ, `EEEEE 02` and `eeeee 2` do not.
pub(super) fn look_alike(text: &str) -> String {
    let mut out = String::new();
    let mut in_number = false;
    let text = normal(text);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let leading_zero = c == '0' && !in_number && rest.peek().is_some_and(char::is_ascii_digit);
        in_number = c.is_ascii_digit() && (in_number || !leading_zero);
        if !leading_zero {
            out.push(match c {
                'o' => '0',
                'i' | 'l' => '1',
                's' => '5',
                'b' => '8',
                'z' => '2',
                other => other,
            });
        }
    }
    out
}

/// Whether `text` (in normal form) is what `pattern` (in normal form) describes: `?` stands for any one digit,
/// and two whole numbers joined by `..` for every number between them.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    if let Some((low, high)) = pattern.split_once("..")
        && let (Ok(low), Ok(high)) = (low.parse::<u32>(), high.parse::<u32>())
    {
        return text.parse::<u32>().is_ok_and(|number| (low..=high).contains(&number));
    }
    pattern.chars().count() == text.chars().count()
        && pattern.chars().zip(text.chars()).all(|(p, c)| p == c || (p == '?' && c.is_ascii_digit()))
}

/// Whether two texts differ by no more than a slip: one edit up to seven characters, two above; an edit is a
/// character changed, left out, added, or swapped with its neighbour. Texts under four characters and numbers
/// must be equal: there every neighbour is another code.
pub(super) fn near(left: &str, right: &str) -> bool {
    let length = left.chars().count().max(right.chars().count());
    let numeric = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if length < 4 || numeric(left) || numeric(right) {
        return left == right;
    }
    distance(left, right) <= if length < 8 { 1 } else { 2 }
}

/// Edits between two texts (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().take(64).collect();
    let right: Vec<char> = right.chars().take(64).collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let change = at(&last, j) + usize::from(a != b);
            let mut best = change.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && left.get(i - 1) == Some(b) && right.get(j - 1) == Some(a);
            if swapped {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_case_and_hyphens_do_not_matter() {
        assert_eq!(normal("Loc Out"), normal("LOC-out"));
        assert_ne!(normal("#10#"), normal("10"));
    }

    #[test]
    fn seven_segment_look_alikes_are_one() {
        assert_eq!(look_alike("OOOOO"), "00000");
        assert_eq!(look_alike("EEEEE 02"), look_alike("eeeee 2"));
        assert_eq!(look_alike("100"), "100");
        assert_eq!(look_alike("007"), "7");
    }

    #[test]
    fn patterns_take_digits_and_ranges() {
        assert!(fits("456??", "45605"));
        assert!(!fits("456??", "456xx"));
        assert!(fits("17..255", "99"));
        assert!(!fits("17..255", "16"));
        assert!(fits("?:??.??", "0:01.58"));
    }

    #[test]
    fn slips_are_near_and_numbers_are_not() {
        assert!(near("rejcet", "reject"));
        assert!(near("lockout", "locout"));
        assert!(!near("2002", "2003"));
        assert!(!near("old", "oid"));
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
