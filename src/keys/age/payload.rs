//! The content: a nonce, then chunks of 64 KiB, each with its own authentication tag, the last one marked.

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use zeroize::Zeroizing;

use super::{AgeError, FileKey, derive, random};

const NONCE_LENGTH: usize = 16;
const CHUNK_LENGTH: usize = 64 * 1024;
const TAG_LENGTH: usize = 16;

/// An 11-byte counter, most significant byte first, and a byte that is 1 for the last chunk.
fn chunk_nonce(counter: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    if let Some(place) = nonce.get_mut(3..11) {
        place.copy_from_slice(&counter.to_be_bytes());
    }
    if let Some(place) = nonce.last_mut() {
        *place = u8::from(last);
    }
    nonce.into()
}

fn cipher(file_key: &FileKey, nonce: &[u8]) -> Result<ChaCha20Poly1305, AgeError> {
    let key = derive(file_key.as_slice(), nonce, "payload")?;
    Ok(ChaCha20Poly1305::new((&*key).into()))
}

/// Appends nonce and chunks to `file`.
pub(super) fn seal(file_key: &FileKey, plain: &[u8], file: &mut Vec<u8>) -> Result<(), AgeError> {
    let nonce = random::<NONCE_LENGTH>()?;
    let cipher = cipher(file_key, &nonce)?;
    file.extend_from_slice(&nonce);
    let mut rest = plain;
    for counter in 0.. {
        let (chunk, after) = rest.split_at_checked(CHUNK_LENGTH).unwrap_or((rest, &[]));
        let last = after.is_empty();
        let sealed = cipher
            .encrypt(&chunk_nonce(counter, last), chunk)
            .map_err(|_| AgeError::System("the content cannot be encrypted"))?;
        file.extend_from_slice(&sealed);
        if last {
            break;
        }
        rest = after;
    }
    Ok(())
}

/// Decrypts nonce and chunks; nothing is given out of a file that is damaged anywhere.
pub(super) fn open(file_key: &FileKey, payload: &[u8]) -> Result<Zeroizing<Vec<u8>>, AgeError> {
    let (nonce, mut rest) = payload.split_at_checked(NONCE_LENGTH).ok_or(AgeError::Payload)?;
    let cipher = cipher(file_key, nonce)?;
    // Plain text is never longer than the file, so this buffer does not move while it fills.
    let mut plain = Zeroizing::new(Vec::with_capacity(rest.len()));
    for counter in 0.. {
        let (chunk, after) = rest.split_at_checked(CHUNK_LENGTH + TAG_LENGTH).unwrap_or((rest, &[]));
        let last = after.is_empty();
        let opened = cipher.decrypt(&chunk_nonce(counter, last), chunk).map_err(|_| AgeError::Payload)?;
        let opened = Zeroizing::new(opened);
        // An empty last chunk is only right in an empty file.
        if opened.is_empty() && counter > 0 {
            return Err(AgeError::Payload);
        }
        plain.extend_from_slice(&opened);
        if last {
            break;
        }
        rest = after;
    }
    Ok(plain)
}
