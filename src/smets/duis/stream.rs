//! Messages out of a stream of XML, one at a time and in bounded memory.
//!
//! A stream may hold one document, many one after another, or messages inside an envelope. What a hostile
//! document could do is refused: document type declarations (and with them every entity of its own), nesting
//! deeper than [`MAX_DEPTH`], messages larger than [`MAX_MESSAGE`].

use std::io::{self, BufRead, Read};

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::smets::duis::tree::{Element, Vocabulary};
use crate::smets::duis::{NAMESPACE, SIGNATURE_NAMESPACE};
use crate::xml::{Builder, XmlError, resolve};

/// Deepest nesting of elements; real messages stay below 20.
pub const MAX_DEPTH: usize = 64;

/// Bytes of one message, markup included. The largest field of the interface, a firmware image, may have
/// 10,240,000 bytes, which is 13.7 million characters.
pub const MAX_MESSAGE: u64 = 16 * 1024 * 1024;

/// Elements of one message.
pub const MAX_ELEMENTS: usize = 200_000;

/// Why a message cannot be read. The stream goes on behind it unless reading itself fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StreamError {
    /// The XML is not well formed.
    #[error("the XML is not well formed: {0}")]
    Malformed(String),
    /// The document stops inside an element.
    #[error("the document ends inside {0}")]
    Truncated(String),
    /// A document type declaration, which no DUIS message has.
    #[error("a document type declaration is not accepted")]
    DocumentType,
    /// An entity other than the five of XML.
    #[error("the entity &{0}; is not accepted")]
    Entity(String),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested deeper than {MAX_DEPTH}")]
    Depth,
    /// Larger than [`MAX_MESSAGE`] or of more than [`MAX_ELEMENTS`].
    #[error("the message is larger than {} MiB or has more than {MAX_ELEMENTS} elements", MAX_MESSAGE / 1024 / 1024)]
    Size,
    /// The stream itself cannot be read any further.
    #[error("the stream cannot be read: {0}")]
    Read(String),
}

impl From<XmlError> for StreamError {
    fn from(error: XmlError) -> Self {
        match error {
            XmlError::Malformed(problem) => StreamError::Malformed(problem),
            XmlError::Entity(name) => StreamError::Entity(name),
            XmlError::Elements => StreamError::Size,
        }
    }
}

impl StreamError {
    /// Whether the message was refused as hostile rather than found damaged.
    pub fn is_refusal(&self) -> bool {
        matches!(self, StreamError::DocumentType | StreamError::Entity(_) | StreamError::Depth | StreamError::Size)
    }
}

/// One message, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMessage {
    /// Byte of the stream at which the message starts, or at which it went wrong.
    pub offset: u64,
    /// The message: an element named `Request` or `Response`.
    pub message: Result<Element, StreamError>,
}

/// Iterates over the messages of a stream.
pub struct Messages<R> {
    reader: Option<NsReader<Metered<R>>>,
    buffer: Vec<u8>,
    /// Bytes of the stream before the present reader.
    base: u64,
}

impl<R> std::fmt::Debug for Messages<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Messages").field("base", &self.base).finish_non_exhaustive()
    }
}

impl<R: BufRead> Messages<R> {
    /// Reads messages from `source`.
    pub fn new(source: R) -> Self {
        Messages { reader: Some(new_reader(Metered::new(source))), buffer: Vec::new(), base: 0 }
    }

    /// The next message, as an error with its kind; none at the end.
    fn advance(reader: &mut NsReader<Metered<R>>, buffer: &mut Vec<u8>) -> Result<Option<(u64, Element)>, StreamError> {
        let mut envelope: usize = 0;
        let mut build = Builder::new(MAX_ELEMENTS);
        let mut offset = 0;
        loop {
            if build.depth() == 0 {
                reader.get_mut().grant(MAX_MESSAGE);
                offset = reader.buffer_position();
            }
            buffer.clear();
            let (namespace, event) = match reader.read_resolved_event_into(buffer) {
                Ok(read) => read,
                Err(quick_xml::Error::Io(error)) => {
                    return Err(match error.kind() {
                        io::ErrorKind::FileTooLarge => StreamError::Size,
                        _ => StreamError::Read(error.to_string()),
                    });
                }
                Err(error) => return Err(StreamError::Malformed(error.to_string())),
            };
            match event {
                Event::Start(start) => {
                    if build.depth() == 0 && !is_message(&start) {
                        envelope = envelope.saturating_add(1);
                    } else {
                        build.start(Some(vocabulary(&namespace)), &start)?;
                    }
                    if envelope.saturating_add(build.depth()) > MAX_DEPTH {
                        return Err(StreamError::Depth);
                    }
                }
                Event::Empty(start) => {
                    if build.depth() > 0 || is_message(&start) {
                        build.start(Some(vocabulary(&namespace)), &start)?;
                        if let Some(done) = build.end() {
                            return Ok(Some((offset, done)));
                        }
                    }
                }
                Event::End(_) => {
                    if build.depth() == 0 {
                        envelope = envelope.saturating_sub(1);
                    } else if let Some(done) = build.end() {
                        return Ok(Some((offset, done)));
                    }
                }
                Event::Text(text) => build.text(&text.xml10_content()),
                Event::CData(text) => build.text(&text.xml10_content()),
                Event::GeneralRef(reference) => build.text(resolve(&reference)?.encode_utf8(&mut [0; 4])),
                Event::DocType(_) => return Err(StreamError::DocumentType),
                Event::Decl(_) if build.depth() > 0 => {
                    return Err(StreamError::Truncated(build.innermost().to_owned()));
                }
                Event::Eof if build.depth() > 0 => return Err(StreamError::Truncated(build.innermost().to_owned())),
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            }
        }
    }

    /// After an error: where the next document begins, reading starts afresh.
    fn recover(&mut self, reader: NsReader<Metered<R>>, error: &StreamError) {
        let position = reader.buffer_position();
        let mut source = reader.into_inner();
        // A truncated message was noticed at the declaration of the next one, which is already behind us.
        let skipped = match error {
            StreamError::Read(_) => None,
            StreamError::Truncated(_) => Some(0),
            _ => source.skip_to_declaration(),
        };
        if let Some(skipped) = skipped {
            self.base = self.base.saturating_add(position).saturating_add(skipped);
            self.reader = Some(new_reader(source));
        }
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = FoundMessage;

    fn next(&mut self) -> Option<FoundMessage> {
        let mut reader = self.reader.take()?;
        match Self::advance(&mut reader, &mut self.buffer) {
            Ok(Some((offset, element))) => {
                self.reader = Some(reader);
                Some(FoundMessage { offset: self.base.saturating_add(offset), message: Ok(element) })
            }
            Ok(None) => None,
            Err(error) => {
                let offset = self.base.saturating_add(reader.buffer_position());
                self.buffer = Vec::new();
                self.recover(reader, &error);
                Some(FoundMessage { offset, message: Err(error) })
            }
        }
    }
}

fn new_reader<R: BufRead>(source: Metered<R>) -> NsReader<Metered<R>> {
    NsReader::from_reader(source)
}

fn is_message(start: &BytesStart<'_>) -> bool {
    matches!(start.local_name().as_ref(), "Request" | "Response")
}

fn vocabulary(namespace: &ResolveResult<'_>) -> Vocabulary {
    match namespace {
        ResolveResult::Bound(name) if name.as_ref() == NAMESPACE => Vocabulary::Duis,
        ResolveResult::Bound(name) if name.as_ref() == SIGNATURE_NAMESPACE => Vocabulary::Signature,
        _ => Vocabulary::Other,
    }
}

/// A source that hands out no more bytes than were granted, and can take back a few.
struct Metered<R> {
    source: R,
    pushed_back: &'static [u8],
    granted: u64,
}

impl<R: BufRead> Metered<R> {
    fn new(source: R) -> Self {
        Metered { source, pushed_back: &[], granted: MAX_MESSAGE }
    }

    fn grant(&mut self, bytes: u64) {
        self.granted = bytes;
    }

    /// Skips to the next XML declaration, which is left to be read; the number of bytes skipped, none at the end.
    fn skip_to_declaration(&mut self) -> Option<u64> {
        const DECLARATION: &[u8] = b"<?xml ";
        let mut skipped: u64 = 0;
        let mut matched = 0usize;
        self.grant(u64::MAX);
        loop {
            let chunk = self.fill_buf().ok().filter(|chunk| !chunk.is_empty())?;
            let mut used = 0usize;
            for byte in chunk {
                used = used.saturating_add(1);
                if DECLARATION.get(matched) == Some(byte) {
                    matched = matched.saturating_add(1);
                } else {
                    matched = usize::from(*byte == b'<');
                }
                if matched == DECLARATION.len() {
                    break;
                }
            }
            self.consume(used);
            skipped = skipped.saturating_add(used as u64);
            if matched == DECLARATION.len() {
                self.pushed_back = DECLARATION;
                return Some(skipped.saturating_sub(DECLARATION.len() as u64));
            }
        }
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.pushed_back.is_empty() {
            return Ok(self.pushed_back);
        }
        if self.granted == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let chunk = self.source.fill_buf()?;
        let length = usize::try_from(self.granted).unwrap_or(usize::MAX).min(chunk.len());
        Ok(chunk.get(..length).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        if self.pushed_back.is_empty() {
            self.granted = self.granted.saturating_sub(count as u64);
            self.source.consume(count);
        } else {
            self.pushed_back = self.pushed_back.get(count..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests;
