//! Raw TCP with the far side in the test.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use wattkey::error::Code;
use wattkey::link::{self, LinkAddress, LinkError, OpenOptions};

#[test]
fn parity_is_made_in_software_when_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let address: LinkAddress = format!("tcp:127.0.0.1:{port}?frame=7e1").parse().unwrap();
    let mut link = link::open(&address, &OpenOptions::default()).unwrap();
    let (mut far, _) = listener.accept().unwrap();
    link.send(b"/?!\r\n").unwrap();
    let mut heard = [0; 5];
    far.read_exact(&mut heard).unwrap();
    assert_eq!(heard, [0xAF, b'?', b'!', 0x8D, 0x0A]);
    far.write_all(&[0xAF, 0x47]).unwrap();
    let until = link.now() + Duration::from_secs(10);
    let mut buffer = [0; 1];
    assert_eq!(link.receive(&mut buffer, until), Ok(1));
    assert_eq!(buffer, *b"/");
    drop(far);
    assert_eq!(link.receive(&mut buffer, until), Ok(1));
    assert_eq!(link.receive(&mut buffer, until), Err(LinkError::Closed));
}

#[test]
fn where_nothing_listens_the_port_is_absent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let address: LinkAddress = format!("tcp:127.0.0.1:{port}").parse().unwrap();
    let error = link::open(&address, &OpenOptions::default()).unwrap_err();
    assert_eq!(error.code(), Code::PortAbsent, "{error}");
    assert!(error.to_string().contains("nothing listens"), "{error}");
}
