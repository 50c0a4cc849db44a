//! Pieces of SQL that every engine takes.

/// `$FIRST, $FIRST+1, …`: places for so many parameters.
pub(super) fn list(first: usize, count: usize) -> String {
    let mut text = String::with_capacity(count.saturating_mul(6));
    for place in first..first.saturating_add(count) {
        if place > first {
            text.push_str(", ");
        }
        text.push('$');
        text.push_str(&place.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_are_numbered_on() {
        assert_eq!(super::list(2, 3), "$2, $3, $4");
        assert_eq!(super::list(1, 0), "");
    }
}
