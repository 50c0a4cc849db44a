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

/// A table of one column of texts. Servers plan a join with it much faster than a long list after `IN`.
pub(super) fn values(first: usize, count: usize) -> String {
    let mut text = String::with_capacity(count.saturating_mul(24));
    text.push_str("VALUES ");
    for place in first..first.saturating_add(count) {
        if place > first {
            text.push_str(", ");
        }
        text.push_str(&format!("(CAST(${place} AS TEXT))"));
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
