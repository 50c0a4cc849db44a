//! The bodies of tokens, cards, requests and key files.

use std::path::Path;

use wattkey::keys::KeyFile;

use crate::bodies::sts::{clear_block, meter_card, request_lines, sta_tables, token_text};

/// Runs `body` over `count` inputs made from `examples`.
fn spoil(seed: u64, count: usize, examples: &[&[u8]], body: impl Fn(&[u8])) {
    let mut random = fastrand::Rng::with_seed(seed);
    examples.iter().for_each(|example| body(example));
    for _ in 0..count {
        let mut input = examples[random.usize(..examples.len())].to_vec();
        for _ in 0..random.usize(1..5) {
            let at = random.usize(..=input.len());
            match random.u8(..5) {
                0 => input.insert(at, random.u8(..)),
                1 => input.insert(at, *b"0O1l9-, \n\"{}=?;"[..].get(random.usize(..15)).unwrap()),
                2 if at < input.len() => drop(input.remove(at)),
                3 => input.truncate(at),
                _ if at < input.len() => input[at] = random.u8(..),
                _ => {}
            }
        }
        body(&input);
    }
}

#[test]
fn token_text_never_panics() {
    let examples: &[&[u8]] =
        &[b"51043465443420856213", b"5104 3465-4434 2085 6213", b"73786976294838206463", b"73786976294838206464"];
    spoil(1, 20_000, examples, token_text);
}

#[test]
fn clear_blocks_never_panic() {
    let examples: &[&[u8]] = &[b"\0\x0b\x19\xeb\x23\x01\0\xc2\x07", b"\x01\x0f\xff\xff\xff\xff\0\x5e\xff"];
    spoil(2, 20_000, examples, clear_block);
}

#[test]
fn meter_cards_never_panic() {
    let examples: &[&[u8]] = &[b"60072701234567897700000207123456011", b";600727012345678977=0000=0207123456011?"];
    spoil(3, 20_000, examples, meter_card);
}

#[test]
fn request_lines_never_panic_and_each_is_answered() {
    let examples: &[&[u8]] = &[
        b"{\"id\":7,\"token\":\"51043465443420856213\",\"drn\":\"01234567897\",\"sgc\":\"123456\",\"krn\":1,\"ti\":1}\n",
        b"\xEF\xBB\xBF56493153725450313471\r\n\n{\"id\":null,\"token\":\"1\",\"ea\":\"09\"}\n51043465443420856213",
    ];
    spoil(4, 2_000, examples, request_lines);
}

const TABLES: &str = r#"{"schema":"wattkey/sta-tables/1","encrypt_1":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15],
"encrypt_2":[15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0],"permutation":[63,62,61,60,59,58,57,56,55,54,53,52,51,50,49,48,
47,46,45,44,43,42,41,40,39,38,37,36,35,34,33,32,31,30,29,28,27,26,25,24,23,22,21,20,19,18,17,16,15,14,13,12,11,10,9,
8,7,6,5,4,3,2,1,0]}"#;

#[test]
fn tables_files_never_panic() {
    spoil(5, 5_000, &[TABLES.as_bytes()], sta_tables);
}

#[test]
fn key_files_never_panic_and_errors_show_no_key() {
    let example = br#"{"schema":"wattkey/keys/1","sta_tables":"iec-sample","lab":true,
        "vending_keys":[{"sgc":"123456","krn":1,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,
        "key":"0123456789abcdef"}],"decoder_keys":[{"iin":"600727","drn":"01234567897","ea":"07",
        "key":"0abc12def3456789"}]}"#;
    spoil(7, 1_000, &[example], crate::bodies::sts::key_file);
    spoil(6, 5_000, &[example], |bytes| {
        if let Err(error) = KeyFile::parse(Path::new("keys.json"), bytes) {
            let shown = error.to_string();
            assert!(!shown.contains("456789abcd") && !shown.contains("bc12def345"), "{shown}");
        }
    });
}
