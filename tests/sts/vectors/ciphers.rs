//! Block ciphers.

use wattkey::sts::cipher::{misty1::Misty1, sta};
use wattkey::sts::{StaTables, Token, TokenClass};

use super::{check, hex64, single, text};

#[test]
fn ea07_worked_example() {
    let row = single("ea07_worked_example");
    let cipher = sta::encrypt(StaTables::iec_sample(), hex64(row, "decoder_key_hex"), hex64(row, "block_plain_hex"));
    assert_eq!(cipher, hex64(row, "block_cipher_hex"));
    let token = Token::assemble(TokenClass::Credit, cipher);
    assert_eq!(format!("{:x}", token.number()), text(row, "token66_hex"));
    assert_eq!(token.to_string(), text(row, "token_20_digits"));
}

#[test]
fn ea07_sample_table_blocks() {
    let tables = StaTables::iec_sample();
    check("ea07_sample_table_blocks", |row, result| {
        let (key, plain, cipher) = (hex64(row, "key_hex"), hex64(row, "plain_hex"), hex64(row, "cipher_hex"));
        result.equal("encrypted", sta::encrypt(tables, key, plain), cipher);
        result.equal("decrypted", sta::decrypt(tables, key, cipher), plain);
    });
}

#[test]
fn misty1_vectors() {
    check("misty1_vectors", |row, result| {
        let misty1 = Misty1::new(u128::from_str_radix(text(row, "key_hex"), 16).unwrap());
        let (plain, cipher) = (hex64(row, "plain_hex"), hex64(row, "cipher_hex"));
        result.equal("encrypted", misty1.encrypt(plain), cipher);
        result.equal("decrypted", misty1.decrypt(cipher), plain);
    });
}
