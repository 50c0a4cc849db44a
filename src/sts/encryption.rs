//! Tokens under a decoder key: reading them and making them (IEC 62055-41 clause 6.5.4 and 7.3.4).

use super::cipher::sta_tables::StaTables;
use super::content::TokenContent;
use super::crc;
use super::key::DecoderKey;
use super::token::Token;

pub use super::content::CrcMismatch;

impl DecoderKey {
    /// Reads a token under this key. Class 1 is in clear and needs none.
    ///
    /// # Errors
    /// [`CrcMismatch`]. A wrong key or a random token passes once in 65536.
    pub fn read(&self, token: Token, tables: &StaTables) -> Result<TokenContent, CrcMismatch> {
        let (class, block) = token.dissect();
        let clear = if class.is_encrypted() { self.decrypt_block(block, tables) } else { block };
        TokenContent::parse(class, clear).map(|content| content.under(self.algorithm()))
    }

    /// Whether an encrypted token's check sum fits under this key, without reading further.
    #[inline]
    pub fn fits(&self, token: Token, tables: &StaTables) -> bool {
        let (class, block) = token.dissect();
        class.is_encrypted() && crc::is_intact(class, self.decrypt_block(block, tables))
    }

    /// Makes the token of a content. Class 1 and 3 stay in clear.
    pub fn make(&self, content: &TokenContent, tables: &StaTables) -> Token {
        let class = content.class();
        let block = content.block();
        Token::assemble(class, if class.is_encrypted() { self.encrypt_block(block, tables) } else { block })
    }
}

/// Reads a token that needs no key: class 1, and class 3 as far as it can be read. `None` for encrypted classes.
pub fn read_clear(token: Token) -> Option<Result<TokenContent, CrcMismatch>> {
    let (class, block) = token.dissect();
    (!class.is_encrypted()).then(|| TokenContent::parse(class, block))
}
