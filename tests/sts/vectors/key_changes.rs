//! Key-change sets: the new key that the tokens carry is the one the vending key makes, and we make the same tokens.

use wattkey::sts::{
    DecoderKey, EncryptionAlgorithm, KeyChangeAssembly, NewKey, Pan, StaTables, Token, key_change_tokens,
};

use super::{check, number, rows, text, ti, vending_key};

/// PANs of the rows; the sets leave theirs out.
fn pans() -> Vec<Pan> {
    let mut pans: Vec<Pan> = ["decoder_key_vectors", "token_vectors"]
        .into_iter()
        .flat_map(rows)
        .filter(|(_, row)| row["pan"].is_string() || row["drn"].is_string())
        .map(|(_, row)| super::pan(row))
        .collect();
    pans.sort();
    pans.dedup();
    pans
}

#[test]
fn kct_sets() {
    let tables = StaTables::iec_sample();
    check("kct_sets", |row, result| {
        let ea: EncryptionAlgorithm = text(row, "ea").parse().unwrap();
        let current = DecoderKey::from_hex(ea, text(row, "current_decoder_key_hex")).unwrap();
        let tokens: Vec<Token> =
            row["tokens"].as_array().unwrap().iter().map(|token| token.as_str().unwrap().parse().unwrap()).collect();

        let mut assembly = KeyChangeAssembly::default();
        for token in tokens.iter().rev() {
            assembly.take(&current.read(*token, tables).expect("the section reads under the current key"));
        }
        let new = assembly.complete(ea).expect("the set is whole");
        result.equal("new key", new.key.reveal().to_string(), text(row, "new_decoder_key_hex").to_owned());
        result.equal("KRN", u64::from(new.krn.number()), number(row, "krn"));
        result.equal("KT", u64::from(new.kt.number()), number(row, "kt"));
        result.equal("TI", u64::from(new.ti.number()), number(row, "ti"));
        result.equal("KEN", u64::from(new.ken.number()), number(row, "ken"));
        result.equal("RO", u64::from(new.rollover), number(row, "ro"));
        let sgc = row["sgc"].as_str().map(|code| code.parse().unwrap());
        result.equal("SGC", new.sgc, sgc);

        let pan = pans()
            .into_iter()
            .find(|pan| vending_key(&row["current"], ea).decoder_key(*pan, ti(&row["current"])) == current)
            .expect("a PAN of the file makes the current key");
        let target = vending_key(&row["new"], ea);
        let derived = target.decoder_key(pan, ti(&row["new"]));
        result.equal("derived key", derived.reveal().to_string(), new.key.reveal().to_string());

        let remade = key_change_tokens(&current, &NewKey { key: derived, ..new }, tables).unwrap();
        result.equal("tokens", remade, tokens);
    });
}
