//! The adaptor's end of one POST.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// A POST that waits for its answer; dropped without one, the client is hung up on.
pub struct Post {
    pub path: String,
    pub body: String,
    stream: BufReader<TcpStream>,
}

impl Post {
    /// The next one that comes.
    pub fn take(listener: &TcpListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if header.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        Post { path, body: String::from_utf8(body).unwrap(), stream: reader }
    }

    /// The ID of the request in it.
    pub fn request_id(&self) -> &str {
        id_of(&self.body)
    }

    pub fn answer(&mut self, text: &str) {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
        self.stream.get_mut().write_all(format!("{head}{text}").as_bytes()).unwrap();
    }
}

/// The ID of a request.
pub fn id_of(request: &str) -> &str {
    request.split("RequestID>").nth(1).and_then(|id| id.split('<').next()).unwrap()
}
