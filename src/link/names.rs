//! Names of serial ports that differ between systems: Windows device prefixes and macOS twins.

/// Whether `text` is a Windows port name such as `COM7` or `com12`.
pub fn is_com_name(text: &str) -> bool {
    com_number(text).is_some()
}

fn com_number(text: &str) -> Option<u16> {
    let (prefix, digits) = text.split_at_checked(3)?;
    let valid = prefix.eq_ignore_ascii_case("com") && digits.bytes().all(|byte| byte.is_ascii_digit());
    if valid { digits.parse().ok().filter(|number| *number > 0) } else { None }
}

/// The name under which Windows opens a port: above COM9 only the device form works, and it works below, too.
///
/// ```
/// use wattkey::link::names::windows_device_name;
/// assert_eq!(windows_device_name("com12"), r"\\.\COM12");
/// assert_eq!(windows_device_name(r"\\.\COM12"), r"\\.\COM12");
/// ```
pub fn windows_device_name(text: &str) -> String {
    let bare = text.strip_prefix(r"\\.\").unwrap_or(text);
    match com_number(bare) {
        Some(number) => format!(r"\\.\COM{number}"),
        None => text.to_owned(),
    }
}

/// The call-out twin of a macOS dial-in port (`/dev/tty.X` beside `/dev/cu.X`). Lists show only the call-out one:
/// the other waits for a carrier no optical head gives.
pub fn macos_callout_twin(path: &str) -> Option<String> {
    path.strip_prefix("/dev/tty.").map(|rest| format!("/dev/cu.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn com_names_are_told_from_others() {
        for name in ["COM1", "com12", "Com255"] {
            assert!(is_com_name(name), "{name}");
        }
        for name in ["COM", "COM0", "COM1x", "ttyS0", "COM99999", "CÖM1", ""] {
            assert!(!is_com_name(name), "{name}");
        }
    }

    #[test]
    fn windows_names_above_nine_get_the_device_prefix() {
        assert_eq!(windows_device_name("COM7"), r"\\.\COM7");
        assert_eq!(windows_device_name("COM10"), r"\\.\COM10");
        assert_eq!(windows_device_name(r"\\.\com10"), r"\\.\COM10");
        assert_eq!(windows_device_name("CNCA0"), "CNCA0");
    }

    #[test]
    fn twins_are_paired() {
        assert_eq!(macos_callout_twin("/dev/tty.usbserial-1"), Some("/dev/cu.usbserial-1".into()));
        assert_eq!(macos_callout_twin("/dev/cu.usbserial-1"), None);
    }
}
