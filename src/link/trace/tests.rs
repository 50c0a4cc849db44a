use std::sync::{Arc, Mutex};

use super::*;
use crate::link::memory::{FarAction, FarClosure, LineFaults, MemoryLine};
use crate::link::{Interrupt, LineSettings, Link, LinkError, occurrences};

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const START: OffsetDateTime = time::macros::datetime!(2026-11-21 04:12:32 UTC);

fn session(link: &mut dyn Link) -> Result<Vec<u8>, LinkError> {
    link.send(b"ping!")?;
    link.note("a question");
    let mut heard = vec![0; 8];
    let mut count = link.receive(&mut heard, link.now() + Duration::from_secs(1))?;
    while count < 4 {
        count += link.receive(&mut heard[count..], link.now() + Duration::from_secs(1))?;
    }
    heard.truncate(count);
    link.configure(LineSettings::eight_none_one(300))?;
    let password = b"(hunter22)";
    link.send_secret(password, &occurrences(password, b"hunter22"))?;
    assert!(matches!(link.receive(&mut [0; 1], link.now() + Duration::from_secs(1)), Err(LinkError::Timeout(_))));
    Ok(heard)
}

fn recorded() -> (String, Vec<u8>) {
    let file = Shared::default();
    let far = FarClosure::new(LineSettings::eight_none_one(9600), |byte, _| {
        if byte == b'!' { vec![FarAction::Send(b"pong".to_vec())] } else { Vec::new() }
    });
    let mut link = TraceLink::new(MemoryLine::new(far), Box::new(file.clone()), START).unwrap();
    let heard = session(&mut link).unwrap();
    drop(link);
    let text = String::from_utf8(file.0.lock().unwrap().clone()).unwrap();
    (text, heard)
}

#[test]
fn a_trace_tells_what_passed_and_hides_the_password() {
    let (text, heard) = recorded();
    assert_eq!(heard, b"pong");
    let (header, records) = read(text.as_bytes()).unwrap();
    assert_eq!(header.link, "memory");
    let seen: Vec<_> = records.iter().map(|record| (record.direction, record.hex())).collect();
    assert_eq!(
        seen,
        [
            (Direction::Settings, String::new()),
            (Direction::Sent, "70696e6721".into()),
            (Direction::Received, "706f6e67".into()),
            (Direction::Settings, String::new()),
            (Direction::Sent, "28****************29".into()),
            (Direction::Timeout, String::new()),
        ]
    );
    assert_eq!(records[1].note.as_deref(), Some("a question"));
    assert_eq!(records[3].note.as_deref(), Some("300 8n1"));
    assert!(!text.contains("68756e746572"), "the password is in the trace");
}

#[test]
fn an_echoed_password_is_masked_too() {
    let file = Shared::default();
    let far = FarClosure::new(LineSettings::eight_none_one(9600), |_, _| Vec::new());
    let line = MemoryLine::new(far).with_faults(LineFaults { echo: true, ..LineFaults::default() });
    let mut link = TraceLink::new(line, Box::new(file.clone()), START).unwrap();
    link.send_secret(b"(hunter22)", &occurrences(b"(hunter22)", b"hunter22")).unwrap();
    while link.receive(&mut [0; 3], Duration::from_secs(1)).is_ok() {}
    drop(link);
    let text = String::from_utf8(file.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.matches("28****************29").count(), 2, "{text}");
}

#[test]
fn a_replay_plays_the_meter() {
    let (text, heard) = recorded();
    let (header, records) = read(text.as_bytes()).unwrap();
    let mut replay = ReplayLink::new(header, records, "replay:test".into(), Interrupt::new());
    assert_eq!(session(&mut replay).unwrap(), heard);
}

#[test]
fn a_replay_tells_where_a_difference_is() {
    let (text, _) = recorded();
    let (header, records) = read(text.as_bytes()).unwrap();
    let mut replay = ReplayLink::new(header, records, "replay:test".into(), Interrupt::new());
    replay.send(b"pin").unwrap();
    match replay.send(b"G!") {
        Err(LinkError::ReplayMismatch { line: 3, offset: 3, detail }) => {
            assert!(detail.contains("67") && detail.contains("47"))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn damaged_files_are_errors_with_a_line() {
    let head = r#"{"schema":"wattkey/trace/1","link":"x","started":"2026-11-21T04:12:32Z"}"#;
    for (text, line) in [
        (String::new(), 1),
        ("{}\n".into(), 1),
        (head.replace("trace/1", "trace/2"), 1),
        (format!("{head}\nnot json\n"), 2),
        (format!("{head}\n{{\"time\":\"2026-11-21T04:12:32Z\",\"direction\":\"sent\",\"hex\":\"0\"}}\n"), 2),
        (format!("{head}\n{{\"time\":\"2026-11-21T04:12:32Z\",\"direction\":\"sent\",\"hex\":\"+1\"}}\n"), 2),
        (format!("{head}\n{{\"time\":\"now\",\"direction\":\"sent\",\"hex\":\"00\"}}\n"), 2),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap_err().line, line, "{text}");
    }
}
