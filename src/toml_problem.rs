//! What is wrong with a TOML file, in one clause with its line and without any value of the file: what stands there may
//! be a password in the wrong place, or a file of secrets given for another.

/// Names longer than this, and names of digits only, may be a secret that slipped to the left of the equals sign.
const LONGEST_NAME: usize = 40;

/// The problem as `line 3: …`. Names of fields are told, values are not.
///
/// ```
/// let text = "client = 1\npassword = hunter22";
/// let error = text.parse::<toml::Table>().unwrap_err();
/// let told = wattkey::toml_problem::in_words(text, &error);
/// assert!(told.starts_with("line 2: ") && !told.contains("hunter22"));
/// ```
pub fn in_words(text: &str, error: &toml::de::Error) -> String {
    format!("line {}: {}", line_of(text, error.span().map_or(0, |span| span.start)), without_values(error.message()))
}

/// The problem of a table that was made of `text` before it was read: with the place that the error names, and its line
/// where it stands in the text.
pub fn of_table(text: &str, error: &toml::de::Error) -> String {
    let message = without_values(error.message());
    let whole = error.to_string();
    let place = whole.rsplit_once("\nin `").and_then(|(_, rest)| rest.split_once('`')).map(|(place, _)| place);
    let is_role = message.starts_with("an unknown word") && place.is_some_and(|place| place.ends_with("registers"));
    let message = if is_role {
        "a name in it is no role (docs/rs485.md lists them): names of your own go under [modbus.named]".to_owned()
    } else {
        message
    };
    match place {
        Some(place) => match line_of_path(text, place) {
            Some(line) => format!("line {line}: {place}: {message}"),
            None => format!("{place}: {message}"),
        },
        None => message,
    }
}

/// Number of the line in which a byte stands, from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count().saturating_add(1)
}

/// The line of a key given by its dotted path, or of the nearest table around it; `None` where not even its first part
/// stands in the text.
///
/// ```
/// let text = "[modbus.registers]\nserial = { register = 4 }";
/// assert_eq!(wattkey::toml_problem::line_of_path(text, "modbus.registers.serial.register"), Some(2));
/// assert_eq!(wattkey::toml_problem::line_of_path(text, "modbus.clock"), Some(1));
/// assert_eq!(wattkey::toml_problem::line_of_path(text, "line.baud"), None);
/// ```
pub fn line_of_path(text: &str, path: &str) -> Option<usize> {
    let document = toml::de::DeTable::parse(text).ok()?;
    let mut table = document.get_ref();
    let mut found = None;
    for part in path.split('.') {
        let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == part) else { break };
        found = Some(key.span().start);
        let Some(inner) = value.get_ref().as_table() else { break };
        table = inner;
    }
    found.map(|byte| line_of(text, byte))
}

/// A message of serde or of a TOML parser without the value that it quotes.
///
/// ```
/// use wattkey::toml_problem::without_values;
/// assert_eq!(without_values("invalid type: string \"hunter22\", expected u16"), "a string stands where u16 is expected");
/// assert_eq!(without_values("unknown variant `hunter22`, expected `a` or `b`"), "an unknown word; expected `a` or `b`");
/// assert_eq!(without_values("unknown field `pasword`, expected `password`"), "unknown field `pasword`, expected `password`");
/// ```
pub fn without_values(message: &str) -> String {
    let message = message.trim().replace('\n', ", ");
    let expected = |rest: &str| rest.rsplit_once(", expected ").map(|(_, expected)| expected.to_owned());
    if let Some(rest) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: ")) {
        // `string "…"`, `integer `12``, `floating point `1.5``, `map`, `sequence`.
        let kind = rest.split(['"', '`', ',']).next().unwrap_or_default().trim();
        let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        return match expected(rest) {
            Some(expected) => format!("{article} {kind} stands where {expected} is expected"),
            None => format!("{article} {kind} is not what is expected"),
        };
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return match expected(rest).or_else(|| rest.rsplit_once(", there are ").map(|_| "none".to_owned())) {
            Some(expected) => format!("an unknown word; expected {expected}"),
            None => "an unknown word".to_owned(),
        };
    }
    if let Some(rest) = message.strip_prefix("unknown field `")
        && let Some((name, known)) = rest.split_once('`')
        && may_be_a_secret(name)
    {
        return format!("a field that is not known{known}");
    }
    message
}

fn may_be_a_secret(name: &str) -> bool {
    name.len() > LONGEST_NAME || (name.len() >= 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct File {
        client: Option<u16>,
        kind: Option<Kind>,
        list: Option<Vec<u8>>,
        part: Option<std::collections::BTreeMap<String, u8>>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        One,
        Two,
    }

    #[test]
    fn no_value_of_the_file_is_told_whatever_is_wrong() {
        for text in [
            "client = \"hunter22\"",
            "client = hunter22",
            "client = \"hunter22",
            "kind = \"hunter22\"",
            "list = \"hunter22\"",
            "list = [1, \"hunter22\"]",
            "part = \"hunter22\"",
            "part = { a = \"hunter22\" }",
            "client = 1 \"hunter22\"",
            "client = [\n\"hunter22\"\n]",
            "client = '''hunter22",
            "kind = 12345678901234567890123",
            "\"deadbeefdeadbeef\" = 1",
        ] {
            let told = in_words(text, &toml::from_str::<File>(text).unwrap_err());
            assert!(told.starts_with("line "), "{told}");
            assert!(!["hunter", "deadbeef", "1234567"].iter().any(|secret| told.contains(secret)), "{text}: {told}");
        }
        let text = "client = 1\nclint = 2";
        let told = in_words(text, &toml::from_str::<File>(text).unwrap_err());
        assert!(told.starts_with("line 2: unknown field `clint`, expected one of `client`"), "{told}");
    }
}
