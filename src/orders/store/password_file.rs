//! Passwords in the form of PostgreSQL's `.pgpass`: `host:port:database:user:password`, `*` for any, `\` before `:` and `\`.

use crate::keys::Secret;

/// The password of the first line that fits.
pub(super) fn find(text: &str, host: &str, port: u16, database: &str, user: &str) -> Option<Secret> {
    let port = port.to_string();
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line.trim_end_matches('\r'))?;
        let wanted = [host, &port, database, user];
        let fits = fields.iter().zip(wanted).all(|(field, wanted)| field == "*" || field == wanted);
        fits.then(|| Secret::new(fields.last().cloned().unwrap_or_default()))
    })
}

/// The five fields of a line; what follows the fourth colon is the password whole.
fn fields(line: &str) -> Option<Vec<String>> {
    let mut fields = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            ':' if !escaped && fields.len() < 5 => fields.push(String::new()),
            c => fields.last_mut()?.push(c),
        }
        escaped = false;
    }
    (fields.len() == 5).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_holds() {
        let text =
            "# a comment:1:2:3:4\nother:5432:orders:planner:no\ndb:*:orders:planner:p\\:a\\\\ss:word\r\n*:*:*:*:last\n";
        let found = |host: &str, user: &str| find(text, host, 5432, "orders", user).unwrap().reveal().to_owned();
        assert_eq!(found("db", "planner"), "p:a\\ss:word");
        assert_eq!(found("db", "crew"), "last");
        assert!(find("db:5432:orders", "db", 5432, "orders", "x").is_none());
    }
}
