//! The RFC 2217 client against a server that does the least.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use wattkey::link::rfc2217::telnet::{COM_PORT, Event, Parser, Verb, com_port, negotiate};
use wattkey::link::{self, LineSettings, LinkAddress, LinkError, OpenOptions};

/// Answers settings, never modem lines, and echoes data backwards; gives every setting it was told.
fn serve(mut stream: TcpStream) -> Vec<Vec<u8>> {
    let mut parser = Parser::default();
    let mut told = Vec::new();
    let mut buffer = [0; 256];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        for &byte in &buffer[..count] {
            let answer = match parser.feed(byte) {
                Some(Event::Negotiate(Verb::Will, COM_PORT)) => negotiate(Verb::Do, COM_PORT).to_vec(),
                Some(Event::Negotiate(Verb::Will, option)) => negotiate(Verb::Dont, option).to_vec(),
                Some(Event::Subnegotiation(content)) => {
                    told.push(content[1..].to_vec());
                    if content[1] == 5 { Vec::new() } else { com_port(content[1] + 100, &content[2..]) }
                }
                Some(Event::Data(data)) => vec![data.wrapping_add(1), 0xFF, 0xFF],
                _ => Vec::new(),
            };
            stream.write_all(&answer).unwrap();
        }
    }
    told
}

#[test]
fn a_server_that_never_answers_modem_lines_is_lived_with() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || serve(listener.accept().unwrap().0));
    let address: LinkAddress = format!("rfc2217:127.0.0.1:{port}?baud=300&frame=7e1&rts=on").parse().unwrap();
    let mut link = link::open(&address, &OpenOptions::default()).unwrap();
    link.send(b"a").unwrap();
    let until = link.now() + Duration::from_secs(10);
    let mut heard = Vec::new();
    while heard.len() < 2 {
        let mut buffer = [0; 8];
        let count = link.receive(&mut buffer, until).unwrap();
        heard.extend_from_slice(&buffer[..count]);
    }
    assert_eq!(heard, [b'b', 0xFF]);
    link.configure(LineSettings::eight_none_one(9600)).unwrap();
    drop(link);
    let told = server.join().unwrap();
    let first = [vec![1, 0, 0, 1, 44], vec![2, 7], vec![3, 3], vec![4, 1], vec![5, 1], vec![5, 8], vec![5, 11]];
    let second = [vec![1, 0, 0, 0x25, 0x80], vec![2, 8], vec![3, 1], vec![4, 1]];
    assert_eq!(told, [first.to_vec(), second.to_vec()].concat());
}

#[test]
fn a_server_without_the_option_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(&negotiate(Verb::Dont, COM_PORT)).unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
    });
    let address: LinkAddress = format!("rfc2217:127.0.0.1:{port}").parse().unwrap();
    let error = link::open(&address, &OpenOptions::default()).unwrap_err();
    assert!(matches!(&error, LinkError::Fault(text) if text.contains("RFC 2217")), "{error}");
    server.join().unwrap();
}
