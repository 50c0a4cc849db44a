//! The keys that may be tried on a token, each with what is known of it.

use super::key_change::MeterKey;
use crate::sts::encryption::read_clear;
use crate::sts::{
    DecoderKey, Drn, KeyExpiryNumber, MeterParameters, Pan, StaTables, TariffIndex, Token, TokenClass, TokenContent,
    VendingKey,
};

/// Tariff indexes a vending key may be combined with.
pub const TARIFFS: usize = 100;

/// What `token` says when `key` opens it. Tests are in clear and opened by no key.
#[inline]
pub fn open(token: Token, key: &DecoderKey, tables: &StaTables) -> Option<TokenContent> {
    if token.class().is_encrypted() { key.read(token, tables).ok() } else { None }
}

/// What a test token with a good check says; `None` for other classes and damaged tests.
pub fn open_test(token: Token) -> Option<TokenContent> {
    if token.class() == TokenClass::Test { read_clear(token)?.ok() } else { None }
}

/// What is known of the keys that `vending` makes for a meter, whatever the tariff index.
pub fn vending_identity(vending: &VendingKey, drn: Drn) -> MeterParameters {
    let id = vending.id();
    MeterParameters {
        iin: None,
        drn: Some(drn),
        sgc: Some(id.sgc),
        krn: Some(id.krn),
        kt: Some(id.kt),
        ti: None,
        ea: Some(id.ea),
        dkga: Some(id.dkga),
        base_date: Some(id.base_date),
    }
}

/// What is known of the key that `vending` makes for a meter on a tariff index.
pub fn derived_identity(vending: &VendingKey, drn: Drn, ti: TariffIndex) -> MeterParameters {
    MeterParameters { ti: Some(ti), ..vending_identity(vending, drn) }
}

/// A key with what is known of it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The key.
    pub key: DecoderKey,
    /// What is known of it.
    pub identity: MeterParameters,
    /// Its expiry number, by the key file.
    pub ken: Option<KeyExpiryNumber>,
}

impl Candidate {
    /// The key that `vending` makes for a meter on a tariff index.
    pub fn derived(vending: &VendingKey, drn: Drn, ti: TariffIndex) -> Self {
        Candidate {
            key: vending.decoder_key(Pan::of(drn), ti),
            identity: derived_identity(vending, drn, ti),
            ken: Some(vending.id().ken),
        }
    }

    /// A decoder key that the key file holds as such: little is known of it.
    pub fn of_decoder_key(drn: Drn, key: &DecoderKey) -> Self {
        let identity = MeterParameters { drn: Some(drn), ea: Some(key.algorithm()), ..MeterParameters::default() };
        Candidate { key: key.clone(), identity, ken: None }
    }

    /// The key in the parts that key-change sections carry.
    pub fn meter_key(&self) -> MeterKey {
        let parts = self.key.parts();
        let part = |place: usize| parts.get(place).copied();
        let parts = match parts.len() {
            // NKHO | NKMO2 | NKMO1 | NKLO; the second section carries NKLO.
            4 => [part(0), part(3), part(1), part(2)],
            _ => [part(0), part(1), None, None],
        };
        MeterKey { identity: self.identity, parts }
    }
}

/// Every key that vending keys can make for one meter, made once.
#[derive(Debug)]
pub struct MeterKeys {
    drn: Drn,
    keys: Vec<DecoderKey>,
}

impl MeterKeys {
    /// Makes them, tariff index by tariff index within each vending key.
    pub fn derive(vending: &[VendingKey], drn: Drn) -> Self {
        let pan = Pan::of(drn);
        let mut keys = Vec::with_capacity(vending.len().saturating_mul(TARIFFS));
        vending.iter().for_each(|vending| keys.extend(vending.decoder_keys(pan)));
        MeterKeys { drn, keys }
    }

    /// The meter they are for.
    pub fn drn(&self) -> Drn {
        self.drn
    }

    /// The keys of one vending key, by tariff index.
    pub fn of_vending_key(&self, index: usize) -> &[DecoderKey] {
        self.keys.chunks_exact(TARIFFS).nth(index).unwrap_or_default()
    }
}
