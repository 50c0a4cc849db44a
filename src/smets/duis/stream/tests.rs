use std::io::BufReader;

use super::*;
use proptest::prelude::*;

const ALERT: &str = r#"<?xml version="1.0"?>
<sr:Response xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1">
 <sr:Header><sr:ResponseCode>I0</sr:ResponseCode></sr:Header><sr:Body note="a&amp;b"><sr:T>a &lt; &#98;<![CDATA[ &c]]></sr:T><sr:E/></sr:Body>
</sr:Response>
"#;

fn all(text: &str) -> Vec<FoundMessage> {
    Messages::new(text.as_bytes()).collect()
}

fn errors(text: &str) -> Vec<StreamError> {
    all(text).into_iter().filter_map(|found| found.message.err()).collect()
}

#[test]
fn one_message_as_a_tree() {
    let found = all(ALERT);
    assert_eq!(found.len(), 1);
    let message = found[0].message.as_ref().expect("a message");
    assert_eq!((message.name.as_str(), message.namespace), ("Response", Vocabulary::Duis));
    assert_eq!(message.attribute("schemaVersion"), Some("5.1"));
    assert_eq!(message.text_at(&["Header", "ResponseCode"]), Some("I0"));
    assert_eq!(message.text_at(&["Body", "T"]), Some("a < b &c"));
    assert_eq!(message.at(&["Body"]).and_then(|body| body.attribute("note")), Some("a&b"));
    assert_eq!(found[0].offset, 22);
}

#[test]
fn many_documents_and_an_envelope_read_alike() {
    let row = ALERT.repeat(50);
    assert_eq!(all(&row).len(), 50);
    let bare = ALERT.replace("<?xml version=\"1.0\"?>", "");
    let envelope = format!("<log><entry n='1'>{}</entry></log>", bare.repeat(7));
    let found = all(&envelope);
    assert_eq!(found.len(), 7);
    assert!(found.iter().all(|found| found.message.is_ok()));
}

#[test]
fn the_stream_goes_on_behind_a_damaged_document() {
    let cut = &ALERT[..ALERT.len() - 40];
    let found = all(&format!("{ALERT}{cut}{ALERT}<?xml version=\"1.0\"?><a><b></a>{ALERT}"));
    let shape: Vec<bool> = found.iter().map(|found| found.message.is_ok()).collect();
    assert_eq!(shape, [true, false, true, false, true]);
    assert!(matches!(found[1].message, Err(StreamError::Truncated(_))));
    assert!(matches!(found[3].message, Err(StreamError::Malformed(_))));
    let last = ALERT.len() * 2 + cut.len() + "<?xml version=\"1.0\"?><a><b></a>".len() + 22;
    assert_eq!(found[4].offset, last as u64);
}

#[test]
fn entity_bombs_are_refused_where_they_are_declared() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Response>&b;</Response>"#;
    let found = all(&format!("{bomb}{ALERT}"));
    assert_eq!(found[0].message, Err(StreamError::DocumentType));
    assert!(found[0].message.as_ref().is_err_and(StreamError::is_refusal));
    assert!(found.last().is_some_and(|found| found.message.is_ok()));
    assert_eq!(errors("<Response>&b;</Response>"), [StreamError::Entity("b".to_owned())]);
    assert_eq!(errors(r#"<!DOCTYPE r SYSTEM "file:///etc/passwd"><Response/>"#), [StreamError::DocumentType]);
    assert_eq!(errors("<Response a='&b;'/>").len(), 1);
}

#[test]
fn deep_nesting_is_refused_inside_and_outside_a_message() {
    assert_eq!(errors(&format!("<Response>{}", "<a>".repeat(100_000))), [StreamError::Depth]);
    assert_eq!(errors(&"<a>".repeat(100_000)), [StreamError::Depth]);
    let deepest = format!("<Response>{}{}</Response>", "<a>".repeat(MAX_DEPTH - 1), "</a>".repeat(MAX_DEPTH - 1));
    assert!(errors(&deepest).is_empty());
}

#[test]
fn endless_text_names_and_comments_are_refused_in_bounded_memory() {
    let endless = |head: &'static str| {
        let source = head.as_bytes().chain(io::repeat(b'x')).take(MAX_MESSAGE * 3);
        Messages::new(BufReader::new(source)).next().and_then(|found| found.message.err())
    };
    for head in ["<Response>", "<", "<!--", "text", "<Response a='", "<Response><![CDATA["] {
        assert_eq!(endless(head), Some(StreamError::Size), "{head}");
    }
    let wide = format!("<Response>{}</Response>", "<a/>".repeat(MAX_ELEMENTS));
    assert_eq!(errors(&wide), [StreamError::Size]);
}

#[test]
fn every_split_of_the_bytes_reads_alike() {
    let text = format!("{ALERT}<?xml version=\"1.0\"?><a><b></a>{ALERT}");
    let whole = all(&text);
    for capacity in 1..40 {
        let split: Vec<FoundMessage> = Messages::new(BufReader::with_capacity(capacity, text.as_bytes())).collect();
        assert_eq!(split, whole, "{capacity}");
    }
}

proptest! {
    #[test]
    fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0usize..300) {
        let _ = Messages::new(bytes.as_slice()).count();
        let mut text = ALERT.as_bytes().to_vec();
        let at = at.min(text.len());
        text.splice(at..at, bytes);
        let _ = Messages::new(text.as_slice()).count();
    }
}
