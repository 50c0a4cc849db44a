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

#[test]
fn a_meter_that_dials_in_is_the_line() {
    // A port that is free now; the meter tries until somebody listens.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let meter = std::thread::spawn(move || {
        let mut stream = loop {
            match std::net::TcpStream::connect(("127.0.0.1", port)) {
                Ok(stream) => break stream,
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        let mut heard = [0u8; 5];
        stream.read_exact(&mut heard).unwrap();
        stream.write_all(b"/ABC5\r\n").unwrap();
        heard
    });
    let address: LinkAddress = format!("listen:127.0.0.1:{port}?wait=10s").parse().unwrap();
    assert_eq!(address.to_string(), format!("listen:127.0.0.1:{port}?wait=10s"));
    let mut link = link::open(&address, &OpenOptions::default()).unwrap();
    link.send(b"/?!\r\n").unwrap();
    let mut answer = Vec::new();
    let until = link.now() + Duration::from_secs(5);
    let mut octets = [0u8; 32];
    while answer.len() < 7 {
        let count = link.receive(&mut octets, until).unwrap();
        answer.extend(&octets[..count]);
    }
    assert_eq!((answer.as_slice(), &meter.join().unwrap()), (b"/ABC5\r\n".as_slice(), b"/?!\r\n"));
}

#[test]
fn a_meter_that_never_dials_in_is_absent_and_a_port_in_use_is_busy() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = held.local_addr().unwrap().port();
    let refused = |text: String| link::open(&text.parse().unwrap(), &OpenOptions::default()).map(drop).unwrap_err();
    assert!(matches!(refused(format!("listen:127.0.0.1:{port}")), LinkError::Busy { .. }));
    drop(held);
    let error = refused(format!("listen:127.0.0.1:{port}?wait=200ms"));
    assert!(matches!(&error, LinkError::Absent { reason, .. } if reason.contains("dialled in")), "{error}");
}
