//! A bench: vending keys of a made-up utility, meters under them, and tokens for those meters.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use wattkey::sts::{
    Amount, BaseDate, Commodity, DecoderKey, Drn, Iin, NewKey, RandomNumber, StaTables, Tid, Token, TokenContent,
    VendingKey, VendingKeyId, key_change_tokens,
};

/// What chooses a decoder key, as the key file and a status document write it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub sgc: String,
    pub krn: u32,
    pub kt: u32,
    pub ti: u32,
    pub ea: &'static str,
    pub dkga: &'static str,
    pub base_date: BaseDate,
}

impl Place {
    fn id(&self) -> VendingKeyId {
        VendingKeyId {
            sgc: self.sgc.parse().unwrap(),
            krn: self.krn.try_into().unwrap(),
            kt: self.kt.try_into().unwrap(),
            dkga: self.dkga.parse().unwrap(),
            ea: self.ea.parse().unwrap(),
            base_date: self.base_date,
            ken: 255.try_into().unwrap(),
        }
    }

    /// A key of its own for every vending key, of odd parity where DES asks for it.
    fn secret(&self) -> String {
        let text = format!("{}/{}/{}/{}/{}/{}", self.sgc, self.krn, self.kt, self.ea, self.dkga, self.base_date);
        let mut seed = text.bytes().fold(7u64, |seed, byte| seed.wrapping_mul(1_000_003) ^ u64::from(byte));
        let length = if self.dkga == "02" { 8 } else { 20 };
        (0..length)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let byte = (seed >> 33) as u8;
                format!("{:02x}", if byte.count_ones().is_multiple_of(2) { byte ^ 1 } else { byte })
            })
            .collect()
    }

    pub fn decoder_key(&self, drn: Drn) -> DecoderKey {
        let vending = VendingKey::from_hex(self.id(), &self.secret()).unwrap();
        vending.decoder_key(wattkey::sts::Pan::of(drn), self.ti.try_into().unwrap())
    }

    fn key_file_entry(&self) -> Value {
        json!({"sgc": self.sgc, "krn": self.krn, "kt": self.kt, "dkga": self.dkga, "ea": self.ea,
               "base_date": self.base_date.code(), "ken": 255, "key": self.secret()})
    }
}

/// The vending keys of the key file; tariff indexes do not count.
pub fn vending_places() -> Vec<Place> {
    let mut places = Vec::new();
    for sgc in ["100200", "100201", "345678"] {
        for krn in 1..=4 {
            for kt in [1, 2] {
                let base_date = if krn == 1 { BaseDate::Base1993 } else { BaseDate::Base2014 };
                places.push(Place { sgc: sgc.into(), krn, kt, ti: 0, ea: "07", dkga: "02", base_date });
            }
        }
    }
    for krn in [2, 3] {
        let base_date = BaseDate::Base2014;
        places.push(Place { sgc: "345678".into(), krn, kt: 2, ti: 0, ea: "11", dkga: "04", base_date });
        places.push(Place { sgc: "100201".into(), krn, kt: 2, ti: 0, ea: "07", dkga: "04", base_date });
    }
    // The same revision on two base dates, as a vendor has them who moved one and forgot the other.
    let base_date = BaseDate::Base1993;
    places.push(Place { sgc: "345678".into(), krn: 3, kt: 2, ti: 0, ea: "11", dkga: "04", base_date });
    places
}

/// A vending key that is in no key file.
pub fn stranger() -> Place {
    Place { sgc: "999111".into(), krn: 2, kt: 2, ti: 5, ea: "07", dkga: "02", base_date: BaseDate::Base2014 }
}

/// A meter whose decoder key the key file holds.
pub fn neighbour() -> Drn {
    Drn::from_parts(Iin::N600727, 4, 22_222_222).unwrap()
}

pub fn neighbours_key() -> DecoderKey {
    DecoderKey::sta(0x0123_4567_89AB_CDEF)
}

pub fn credit(place: &Place, drn: Drn, tid: u32) -> Token {
    make(&place.decoder_key(drn), &credit_content(tid))
}

pub fn credit_content(tid: u32) -> TokenContent {
    TokenContent::Credit {
        commodity: Commodity::Electricity,
        rnd: RandomNumber::from_bits((tid % 16) as u8),
        tid: Tid::new(tid).unwrap(),
        amount: Amount::at_least(10 + tid % 5000).unwrap(),
    }
}

pub fn make(key: &DecoderKey, content: &TokenContent) -> Token {
    key.make(content, StaTables::iec_sample())
}

/// The key-change set that brings a meter from one place to another.
pub fn key_change(from: &Place, to: &Place, drn: Drn) -> Vec<Token> {
    let id = to.id();
    let new = NewKey {
        key: to.decoder_key(drn),
        krn: id.krn,
        kt: id.kt,
        ti: to.ti.try_into().unwrap(),
        ken: id.ken,
        sgc: (to.ea == "11").then_some(id.sgc),
        rollover: from.base_date != to.base_date,
    };
    key_change_tokens(&from.decoder_key(drn), &new, StaTables::iec_sample()).unwrap()
}

pub fn tid(base: BaseDate, time: OffsetDateTime) -> u32 {
    u32::try_from((time - base.start()).whole_minutes()).unwrap() & 0xFF_FFFF
}

/// The `sts` part of a status document of a meter at `place`, its TID store full of `oldest` and later.
pub fn sts(place: &Place, drn: Drn, now: OffsetDateTime) -> Value {
    let oldest = tid(place.base_date, now - Duration::days(150));
    let tids: Vec<u32> = (0..20).map(|index| oldest + index * 9_000).collect();
    json!({"iin": drn.iin().code(), "drn": drn.to_string(), "sgc": place.sgc, "krn": place.krn, "kt": place.kt,
           "ti": place.ti, "ken": 255, "ea": place.ea, "dkga": place.dkga, "base_date": place.base_date.code(),
           "kct_supported": if place.ea == "11" { 4 } else { 2 }, "kct_pending": [],
           "tid_newest": tids.last(), "tid_oldest": oldest, "tids": tids, "lockout_s": 0})
}

/// A key file in a folder of its own.
pub struct KeyFile {
    folder: tempfile::TempDir,
}

impl KeyFile {
    pub fn write() -> Self {
        let keys: Vec<Value> = vending_places().iter().map(Place::key_file_entry).collect();
        let document = json!({"schema": "wattkey/keys/1", "sta_tables": "iec-sample", "lab": true, "vending_keys": keys,
            "decoder_keys": [{"iin": "600727", "drn": neighbour().to_string(), "ea": "07", "key": "0123456789abcdef"}]});
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys.json");
        std::fs::write(&file, document.to_string()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        KeyFile { folder }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("keys.json")
    }

    /// The program with state and configuration of its own.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.folder.path())
            .env("WATTKEY_CONFIG", self.folder.path().join("none.toml"));
        command
    }

    /// Answers of `wattkey diagnose -` to `lines`, and the exit code.
    pub fn diagnose(&self, lines: &str) -> (Vec<Value>, i32) {
        let mut child = self
            .program()
            .args(["diagnose", "-", "--keys"])
            .arg(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let text = lines.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()).unwrap());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let answers = String::from_utf8(output.stdout).unwrap();
        let answers = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (answers, output.status.code().unwrap())
    }
}
