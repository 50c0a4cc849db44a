//! Whose paper it is: the utility's name and logo above printed sheets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use super::sanitize;

/// Largest logo, in octets: it stands on every sheet.
const LARGEST: usize = 256 * 1024;

/// Styles of what [`Letterhead::drawn`] draws.
pub const STYLE: &str = ".letterhead{display:flex;align-items:center;gap:1rem;margin-bottom:.8rem;font-weight:600}
.letterhead img{max-height:3.2rem;max-width:12rem}
";

/// Name and logo of the utility; both may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    name: Option<String>,
    /// The logo as a `data:` address.
    logo: Option<String>,
}

impl Letterhead {
    /// From a name and the content of a picture: PNG, JPEG or SVG.
    ///
    /// # Errors
    /// One clause: a picture of another kind, or above 256 KiB.
    ///
    /// ```
    /// use wattkey::output::letterhead::Letterhead;
    /// assert!(Letterhead::new(Some("Utility".into()), Some(b"\x89PNG\r\n\x1a\nrest")).is_ok());
    /// assert!(Letterhead::new(None, Some(b"GIF89a")).is_err());
    /// ```
    pub fn new(name: Option<String>, logo: Option<&[u8]>) -> Result<Self, String> {
        let logo = logo.map(address).transpose()?;
        Ok(Letterhead { name, logo })
    }

    /// The head of a sheet; nothing where neither name nor logo is known.
    pub fn drawn(&self) -> Markup {
        html! {
            @if self.name.is_some() || self.logo.is_some() {
                div.letterhead {
                    @if let Some(logo) = &self.logo { img src=(logo) alt=(self.name.as_deref().unwrap_or_default()); }
                    @if let Some(name) = &self.name { span { (sanitize(name)) } }
                }
            }
        }
    }
}

fn address(picture: &[u8]) -> Result<String, String> {
    let kind = match picture {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        text if std::str::from_utf8(text).is_ok_and(|text| text.contains("<svg")) => "svg+xml",
        _ => return Err("it is neither PNG nor JPEG nor SVG".to_owned()),
    };
    if picture.len() > LARGEST {
        return Err(format!("it has {} KiB, and {} are the most", picture.len() / 1024, LARGEST / 1024));
    }
    Ok(format!("data:image/{kind};base64,{}", STANDARD.encode(picture)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_logo_stand_above_or_nothing_does() {
        assert_eq!(Letterhead::default().drawn().into_string(), "");
        let both = Letterhead::new(Some("<b>Light".into()), Some(b"<svg onload=\"x\"/>")).unwrap();
        let drawn = both.drawn().into_string();
        assert!(drawn.contains("&lt;b&gt;Light") && drawn.contains("data:image/svg+xml;base64,"), "{drawn}");
        assert!(!drawn.contains("onload"));
        assert!(Letterhead::new(None, Some(&[0x89, b'P', b'N', b'G'].repeat(100_000))).is_err());
    }
}
