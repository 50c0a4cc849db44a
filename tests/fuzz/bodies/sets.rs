//! Bodies of the fuzz targets of key-change sets and diagnosis.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use time::OffsetDateTime;
use wattkey::diagnosis::key_change_set::{judge, read_text};
use wattkey::diagnosis::{KeyChangeSet, Reach, Searcher, case_line, diagnose};
use wattkey::keys::KeyFile;
use wattkey::knowledge::Knowledge;
use wattkey::sts::{Drn, Keyring, StaTables, Token, TokenClass};

/// Keys of a bench: two revisions of one supply group.
const KEYS: &str = r#"{"schema":"wattkey/keys/1","sta_tables":"iec-sample","lab":true,"vending_keys":[
    {"sgc":"123456","krn":1,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,"key":"0123456789abcdef"},
    {"sgc":"123457","krn":2,"kt":2,"dkga":"02","ea":"07","base_date":"2014","ken":255,"key":"fedcba9876543210"}]}"#;

fn searcher() -> Option<Searcher> {
    static RING: OnceLock<Option<Arc<Keyring>>> = OnceLock::new();
    let read = || KeyFile::parse(Path::new("keys.json"), KEYS.as_bytes()).ok();
    let ring = RING.get_or_init(|| read().map(|file| Arc::new(Keyring::from(&file)))).clone()?;
    Some(Searcher::new(ring, Reach::default()))
}

/// Sets of any tokens, two to four: each nine octets are a block of class 2 with its check sum mended, under the key of
/// one revision or the other, or the token as it is. A set that is whole has no section missing.
pub fn key_change_set(data: &[u8]) {
    let (Some(searcher), Ok(drn)) = (searcher(), "01234567897".parse::<Drn>()) else { return };
    let keys: Vec<_> = searcher.keys_for(Some(drn)).take(101).collect();
    let tables = StaTables::iec_sample();
    let mut tokens: Vec<Token> = data
        .chunks_exact(9)
        .take(4)
        .filter_map(|chunk| {
            let (choice, block) = chunk.split_first()?;
            let block = u64::from_be_bytes(*block.first_chunk()?);
            let class = TokenClass::Management;
            let block = (block & !0xFFFF) | u64::from(wattkey::sts::crc::block_crc(class, block));
            let key = keys.get(usize::from(*choice & 0x7F))?;
            let block = if *choice & 0x80 == 0 { key.key.encrypt_block(block, tables) } else { block };
            Some(Token::assemble(class, block))
        })
        .collect();
    // A set names each token once.
    tokens.sort();
    tokens.dedup();
    for drn in [Some(drn), None] {
        let set = KeyChangeSet::read(&tokens, drn, &searcher);
        assert_eq!(set.tokens.len(), tokens.len());
        if set.is_complete() == Some(true) {
            assert!(set.missing.is_empty() && set.new.is_some());
        }
        let _ = (judge(&set, &[], &searcher), set.is_sound(), set.two_of_one_section());
    }
}

/// Any text in which a set may stand: a message, a reply, lines. Every token found has its digits in the text.
pub fn pasted_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match read_text(&text) {
        Ok(found) => {
            let _ = found.claims();
            assert!(found.tokens.len() <= text.len() / 20);
        }
        Err(problem) => assert!(!problem.is_empty()),
    }
}

/// Lines of cases, each diagnosed; a verdict has its evidence.
pub fn case_lines(data: &[u8]) {
    let Some(mut searcher) = searcher() else { return };
    static KNOWLEDGE: OnceLock<Option<Knowledge>> = OnceLock::new();
    let Some(knowledge) = KNOWLEDGE.get_or_init(|| Knowledge::of_the_field().ok()) else { return };
    let text = String::from_utf8_lossy(data);
    for line in text.lines().take(3) {
        match case_line::parse(line, OffsetDateTime::UNIX_EPOCH, knowledge) {
            Ok(case) => {
                let diagnosis = diagnose(&case, &mut searcher);
                assert!(diagnosis.causes.iter().all(|finding| !finding.evidence.is_empty()));
            }
            Err(error) => assert!(!error.problem.is_empty()),
        }
    }
}
