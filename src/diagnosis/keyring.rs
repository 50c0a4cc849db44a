//! The keys a diagnosis may try: vending keys, decoder keys of single meters, and the tables of EA07.

use std::sync::Arc;

use super::identity::KeyIdentity;
use super::key_change::MeterKey;
use crate::sts::seal::read_clear;
use crate::sts::{DecoderKey, Drn, Pan, StaTables, TariffIndex, Token, TokenClass, TokenContent, VendingKey};

/// Tariff indexes a vending key may be combined with.
pub const TARIFFS: usize = 100;

/// The key of one meter, told by the key file as such.
#[derive(Debug, Clone)]
pub struct MeterDecoderKey {
    /// The meter.
    pub drn: Drn,
    /// Its key.
    pub key: DecoderKey,
}

/// Everything that may be tried. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Keyring {
    vending: Arc<[VendingKey]>,
    decoders: Arc<[MeterDecoderKey]>,
    tables: Arc<StaTables>,
}

impl Keyring {
    /// From the content of a key file.
    pub fn new(vending: Vec<VendingKey>, decoders: Vec<MeterDecoderKey>, tables: StaTables) -> Self {
        Keyring { vending: vending.into(), decoders: decoders.into(), tables: Arc::new(tables) }
    }

    /// No keys at all, and the sample tables.
    pub fn empty() -> Self {
        Keyring::new(Vec::new(), Vec::new(), StaTables::iec_sample().clone())
    }

    /// Vending keys, in the order of the file.
    pub fn vending(&self) -> &[VendingKey] {
        &self.vending
    }

    /// Decoder keys of single meters, in the order of the file.
    pub fn decoders(&self) -> &[MeterDecoderKey] {
        &self.decoders
    }

    /// Whether there is nothing to try.
    pub fn is_empty(&self) -> bool {
        self.vending.is_empty() && self.decoders.is_empty()
    }

    /// What `token` says when `key` opens it. Tests are in clear and opened by no key.
    #[inline]
    pub fn open(&self, token: Token, key: &DecoderKey) -> Option<TokenContent> {
        if token.class().is_encrypted() { key.read(token, &self.tables).ok() } else { None }
    }
}

/// What a test token with a good check says; `None` for other classes and damaged tests.
pub fn open_test(token: Token) -> Option<TokenContent> {
    if token.class() == TokenClass::Test { read_clear(token)?.ok() } else { None }
}

/// What is known of the keys that `vending` makes for a meter, whatever the tariff index.
pub fn vending_identity(vending: &VendingKey, drn: Drn) -> KeyIdentity {
    let id = vending.id();
    KeyIdentity {
        drn: Some(drn),
        sgc: Some(id.sgc),
        krn: Some(id.krn),
        kt: Some(id.kt),
        ti: None,
        ea: Some(id.ea),
        dkga: Some(id.dkga),
        base_date: Some(id.base_date),
        ken: Some(id.ken),
    }
}

/// What is known of the key that `vending` makes for a meter on a tariff index.
pub fn derived_identity(vending: &VendingKey, drn: Drn, ti: TariffIndex) -> KeyIdentity {
    KeyIdentity { ti: Some(ti), ..vending_identity(vending, drn) }
}

/// What is known of a decoder key that the key file holds as such.
pub fn decoder_identity(entry: &MeterDecoderKey) -> KeyIdentity {
    KeyIdentity { drn: Some(entry.drn), ea: Some(entry.key.algorithm()), ..KeyIdentity::default() }
}

/// A key with what is known of it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The key.
    pub key: DecoderKey,
    /// What is known of it.
    pub identity: KeyIdentity,
}

impl Candidate {
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

/// Every key that the vending keys can make for one meter, made once.
#[derive(Debug)]
pub struct MeterKeys {
    drn: Drn,
    keys: Vec<DecoderKey>,
}

impl MeterKeys {
    /// Makes them, tariff index by tariff index within each vending key.
    pub fn derive(keyring: &Keyring, drn: Drn) -> Self {
        let pan = Pan::of(drn);
        let keys = keyring
            .vending()
            .iter()
            .flat_map(|vending| TariffIndex::all().map(move |ti| vending.decoder_key(pan, ti)))
            .collect();
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
