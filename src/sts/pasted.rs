//! Tokens as people paste them: one or many, whole or in groups, with spaces, hyphens, commas and line ends.

use super::token::{DIGITS, is_separator};

/// Cuts pasted text into one piece a token. A word of 20 digits is a token, shorter words are gathered until they
/// make 20; what does not come out even stays together, so that the problem is named for the whole of it.
pub fn tokens(texts: &[String]) -> Vec<String> {
    let mut pieces = Vec::new();
    for part in texts.join(" ").split([',', ';', '\n', '\r']) {
        gather(part, &mut pieces);
    }
    pieces
}

fn gather(part: &str, pieces: &mut Vec<String>) {
    let mut gathered = String::new();
    let mut gathered_length = 0;
    for word in part.split_whitespace() {
        let length = length(word);
        if gathered_length > 0 && (length >= DIGITS || gathered_length + length > DIGITS) {
            pieces.push(std::mem::take(&mut gathered));
            gathered_length = 0;
        }
        if gathered_length > 0 {
            gathered.push(' ');
        }
        gathered.push_str(word);
        gathered_length += length;
        if gathered_length >= DIGITS {
            pieces.push(std::mem::take(&mut gathered));
            gathered_length = 0;
        }
    }
    if !gathered.is_empty() {
        pieces.push(gathered);
    }
}

/// Characters that count.
fn length(word: &str) -> usize {
    word.chars().filter(|character| !is_separator(*character)).count()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn cut(texts: &[&str]) -> Vec<String> {
        tokens(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn groups_make_one_token() {
        assert_eq!(cut(&["5104", "3465", "4434", "2085", "6213"]), ["5104 3465 4434 2085 6213"]);
        assert_eq!(cut(&["5104-3465-4434-2085-6213"]), ["5104-3465-4434-2085-6213"]);
    }

    #[test]
    fn many_tokens_in_any_form() {
        let twice = "51043465443420856213";
        assert_eq!(cut(&[twice, twice]), [twice, twice]);
        assert_eq!(cut(&["51043465443420856213,51043465443420856213\n5104 3465 4434 2085 6213"]).len(), 3);
        assert_eq!(cut(&["5104", "3465", "4434", "2085", "6213", "5104", "3465", "4434", "2085", "6213"]).len(), 2);
    }

    #[test]
    fn what_does_not_come_out_even_stays_together() {
        assert_eq!(cut(&["5104", "3465", "4434", "2085", "621"]), ["5104 3465 4434 2085 621"]);
        assert_eq!(cut(&["5104", "3465", "4434", "2085", "62131"]), ["5104 3465 4434 2085", "62131"]);
        assert_eq!(cut(&["510434654434208562130"]), ["510434654434208562130"]);
    }
}
