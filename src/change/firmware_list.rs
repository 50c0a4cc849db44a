//! Firmware images a utility has released, by the hash of their octets.

use std::path::Path;

use crate::meter::Identity;

/// One released image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedImage {
    /// SHA-256 of its octets, 64 hex digits in lower case.
    pub sha256: String,
    /// What the meter is told it is.
    pub identifier: Option<String>,
    /// Whose meters it is for.
    pub manufacturer: Option<String>,
    /// Which model it is for.
    pub model: Option<String>,
}

impl ReleasedImage {
    /// Why it is not for this meter; `None` when nothing speaks against it.
    pub fn unfit_for(&self, meter: &Identity) -> Option<String> {
        let pairs = [("manufacturer", &self.manufacturer, &meter.manufacturer), ("model", &self.model, &meter.model)];
        pairs.into_iter().find_map(|(what, wanted, found)| match (wanted, found) {
            (Some(wanted), Some(found)) if !wanted.eq_ignore_ascii_case(found.trim()) => {
                Some(format!("it is released for the {what} {wanted}, and this meter's is {found}"))
            }
            (Some(wanted), None) => {
                Some(format!("it is released for the {what} {wanted}, which this meter does not tell"))
            }
            _ => None,
        })
    }
}

/// The list of a utility.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirmwareList(Vec<ReleasedImage>);

const COLUMNS: [&str; 4] = ["sha256", "identifier", "manufacturer", "model"];

impl FirmwareList {
    /// Reads the list (CSV): `sha256`, and any of `identifier`, `manufacturer`, `model`. `path` is for messages.
    ///
    /// # Errors
    /// One sentence that names file and line.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self, String> {
        let wrong = |line: usize, problem: &str| format!("{}, line {line}: {problem}", path.display());
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
        let headers = reader.headers().map_err(|_| wrong(1, "it cannot be read as CSV"))?.clone();
        if let Some(unknown) = headers.iter().find(|header| !COLUMNS.contains(header)) {
            return Err(wrong(1, &format!("there is no column {unknown:?}; the columns are {}", COLUMNS.join(", "))));
        }
        let place = |name: &str| headers.iter().position(|header| header == name);
        let hash_at = place("sha256").ok_or_else(|| wrong(1, "the column sha256 is missing"))?;
        let mut images = Vec::new();
        for (index, record) in reader.records().enumerate() {
            let line = index.saturating_add(2);
            let record = record.map_err(|_| wrong(line, "it cannot be read as CSV"))?;
            let cell = |name: &str| {
                place(name).and_then(|place| record.get(place)).filter(|text| !text.is_empty()).map(str::to_owned)
            };
            let hash = record.get(hash_at).and_then(parse_sha256);
            let sha256 = hash.ok_or_else(|| wrong(line, "sha256 does not have 64 hex digits"))?;
            images.push(ReleasedImage {
                sha256,
                identifier: cell("identifier"),
                manufacturer: cell("manufacturer"),
                model: cell("model"),
            });
        }
        Ok(FirmwareList(images))
    }

    /// The released image with this hash.
    pub fn find(&self, sha256: &str) -> Option<&ReleasedImage> {
        self.0.iter().find(|image| image.sha256 == sha256)
    }
}

/// Reads a SHA-256 in hex, in either case.
pub fn parse_sha256(text: &str) -> Option<String> {
    let good = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    good.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_found_by_its_hash_and_judged_by_the_meter() {
        let hash = "AB".repeat(32);
        let read = |text: &str| FirmwareList::read(Path::new("f.csv"), text.as_bytes());
        let list = read(&format!("sha256,identifier,model\n{hash},FW-2,WK1-KP\n")).unwrap();
        let image = list.find(&hash.to_ascii_lowercase()).unwrap();
        let meter = |model: Option<&str>| Identity { model: model.map(str::to_owned), ..Identity::default() };
        assert_eq!(image.unfit_for(&meter(Some("wk1-kp"))), None);
        assert!(image.unfit_for(&meter(Some("WK3"))).unwrap().contains("model WK1-KP"));
        assert!(image.unfit_for(&meter(None)).unwrap().contains("does not tell"));
        assert_eq!(list.find("00"), None);
        for (text, expected) in [
            ("identifier\nx\n", "line 1: the column sha256 is missing"),
            ("sha256,name\n1,2\n", "line 1: there is no column \"name\""),
            ("sha256\n12\n", "line 2: sha256 does not have 64 hex digits"),
        ] {
            assert!(read(text).unwrap_err().contains(expected), "{text}");
        }
    }
}
