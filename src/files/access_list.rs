//! Access lists of Windows, in the text form of the system (SDDL): who else than the owner gets at a file.
//!
//! Source: Microsoft, *Security Descriptor String Format* and *ACE Strings* (Win32 documentation).

/// Rights that let somebody read, change or replace a file: read, write and append data (bits 0 to 2), delete (16), write
/// the access list (18) or the owner (19), all (28), write (30) and read (31) in the generic form.
const TELLING: u32 = 0xD00D_0007;

/// Whoever there is.
const EVERYONE: &str = "WD";

/// The system, its administrators, and whoever makes or owns the file: they get at everything anyway.
const TRUSTED: [&str; 8] = ["SY", "S-1-5-18", "BA", "S-1-5-32-544", "CO", "S-1-3-0", "OW", "S-1-3-4"];

/// Names of accounts that go by two letters or a number of their own.
const KNOWN: [(&str, &str); 14] = [
    ("WD", "everyone"),
    ("S-1-1-0", "everyone"),
    ("AU", "all signed-in users"),
    ("S-1-5-11", "all signed-in users"),
    ("BU", "all users of this computer"),
    ("S-1-5-32-545", "all users of this computer"),
    ("BG", "guests"),
    ("S-1-5-32-546", "guests"),
    ("AN", "anonymous users"),
    ("S-1-5-7", "anonymous users"),
    ("IU", "interactive users"),
    ("S-1-5-4", "interactive users"),
    ("NU", "users over the network"),
    ("S-1-5-2", "users over the network"),
];

/// Accounts that may read or change what this descriptor protects, other than its owner, `user`, the system and its
/// administrators: as two letters or an identifier. `user` is written as the system writes it in a descriptor. What is
/// denied to somebody is not taken into account: an entry that gives access is enough to be listed. Without a list
/// everybody has access.
pub fn others(descriptor: &str, user: &str) -> Vec<String> {
    let everyone = vec![EVERYONE.to_owned()];
    let owner = descriptor.strip_prefix("O:").map(|rest| rest.split(['G', 'D']).next().unwrap_or_default());
    let owner = owner.map(|owner| owner.trim_end_matches(':')).unwrap_or_default();
    let Some((_, list)) = descriptor.split_once("D:") else { return everyone };
    if list.starts_with("NO_ACCESS_CONTROL") {
        return everyone;
    }
    let mut found: Vec<String> = Vec::new();
    for entry in list.split('(').skip(1) {
        let fields: Vec<&str> = entry.split(')').next().unwrap_or_default().split(';').collect();
        let [kind, flags, rights, _, _, account, ..] = fields.as_slice() else { continue };
        let gives = matches!(*kind, "A" | "XA" | "OA");
        // An entry that is for what is made below says nothing of the file itself.
        let is_of_file = !pairs(flags).any(|flag| flag == "IO");
        let is_trusted = TRUSTED.contains(account) || *account == owner || *account == user;
        if gives
            && is_of_file
            && !is_trusted
            && mask(rights) & TELLING != 0
            && !found.iter().any(|known| known == account)
        {
            found.push((*account).to_owned());
        }
    }
    found
}

/// What an account is called: its name where it is a usual one, else its identifier.
pub fn name_of(account: &str) -> &str {
    KNOWN.iter().find(|(id, _)| *id == account).map_or(account, |(_, name)| name)
}

/// The command that takes a file away from these accounts and gives it to the one with identifier `user`.
#[cfg_attr(not(windows), allow(dead_code))]
pub fn remedy(path: &str, user: &str, others: &[String]) -> String {
    let identifier = |account: &String| {
        let name = name_of(account);
        let twin = KNOWN.iter().find(|(id, known)| *known == name && id.starts_with("S-"));
        twin.map_or_else(|| account.clone(), |(id, _)| (*id).to_owned())
    };
    let taken: String = others
        .iter()
        .map(identifier)
        .filter(|id| id.starts_with("S-"))
        .map(|id| format!(" /remove:g \"*{id}\""))
        .collect();
    format!("icacls \"{path}\" /inheritance:r /grant:r \"*{user}:F\"{taken}")
}

/// The bits of an entry's rights: a number with `0x`, or letters in pairs. Letters that are not known count as all rights.
fn mask(rights: &str) -> u32 {
    if let Some(digits) = rights.strip_prefix("0x") {
        return u32::from_str_radix(digits, 16).unwrap_or(u32::MAX);
    }
    if rights.bytes().all(|byte| byte.is_ascii_digit()) {
        return rights.parse().unwrap_or(u32::MAX);
    }
    pairs(rights)
        .map(|right| match right {
            "GA" | "FA" | "KA" => u32::MAX,
            "GR" => 0x8000_0000,
            "GW" => 0x4000_0000,
            "FR" => 0x0012_0089,
            "FW" => 0x0012_0116,
            "GX" | "FX" => 0x0012_00A0,
            "RC" => 0x0002_0000,
            "SD" => 0x0001_0000,
            "WD" => 0x0004_0000,
            "WO" => 0x0008_0000,
            "CC" => 0x1,
            "DC" => 0x2,
            "LC" => 0x4,
            "SW" => 0x8,
            "RP" => 0x10,
            "WP" => 0x20,
            "DT" => 0x40,
            "LO" => 0x80,
            "CR" => 0x100,
            _ => u32::MAX,
        })
        .fold(0, |all, bits| all | bits)
}

fn pairs(letters: &str) -> impl Iterator<Item = &str> {
    (0..letters.len()).step_by(2).filter_map(|at| letters.get(at..at.saturating_add(2)))
}

/// The descriptor of a file for `user` alone, beside the system and its administrators; nothing is inherited from the
/// folder above. In a folder, what is made there gets the same.
#[cfg_attr(not(windows), allow(dead_code))]
pub fn private(user: &str, is_folder: bool) -> String {
    let passed_on = if is_folder { "OICI" } else { "" };
    let entries: String = [user, "SY", "BA"].iter().map(|who| format!("(A;{passed_on};FA;;;{who})")).collect();
    format!("D:P{entries}")
}

#[cfg(windows)]
pub use system::{make_private, others_at, remedy_at};

#[cfg(windows)]
mod system {
    use std::io;
    use std::path::Path;

    use windows_permissions::constants::{SeObjectType, SecurityInformation};
    use windows_permissions::utilities::current_process_sid;
    use windows_permissions::wrappers::{
        ConvertSecurityDescriptorToStringSecurityDescriptor, ConvertSidToStringSid,
        ConvertStringSecurityDescriptorToSecurityDescriptor, GetNamedSecurityInfo, SetNamedSecurityInfo,
    };

    fn user() -> io::Result<String> {
        Ok(ConvertSidToStringSid(&*current_process_sid()?)?.to_string_lossy().into_owned())
    }

    /// The user as descriptors name it: well-known accounts go by two letters there.
    fn user_in_descriptors() -> io::Result<String> {
        let descriptor = ConvertStringSecurityDescriptorToSecurityDescriptor(&format!("O:{}", user()?))?;
        let text = ConvertSecurityDescriptorToStringSecurityDescriptor(&descriptor, SecurityInformation::Owner)?;
        Ok(text.to_string_lossy().trim_start_matches("O:").to_owned())
    }

    /// Who else gets at a file or folder, as [`super::others`].
    ///
    /// # Errors
    /// Those of the system.
    pub fn others_at(path: &Path) -> io::Result<Vec<String>> {
        let asked = SecurityInformation::Owner | SecurityInformation::Dacl;
        let descriptor = GetNamedSecurityInfo(path, SeObjectType::SE_FILE_OBJECT, asked)?;
        let text = ConvertSecurityDescriptorToStringSecurityDescriptor(&descriptor, asked)?;
        Ok(super::others(&text.to_string_lossy(), &user_in_descriptors()?))
    }

    /// The command that makes a file this user's alone, as [`super::remedy`].
    ///
    /// # Errors
    /// Those of the system.
    pub fn remedy_at(path: &Path, others: &[String]) -> io::Result<String> {
        Ok(super::remedy(&path.display().to_string(), &user()?, others))
    }

    /// Takes a file or folder away from everybody but its owner, the system and its administrators.
    ///
    /// # Errors
    /// Those of the system; a file system without access lists.
    pub fn make_private(path: &Path, is_folder: bool) -> io::Result<()> {
        let text = super::private(&user()?, is_folder);
        let descriptor = ConvertStringSecurityDescriptorToSecurityDescriptor(&text)?;
        let what = SecurityInformation::Dacl | SecurityInformation::ProtectedDacl;
        SetNamedSecurityInfo(path, SeObjectType::SE_FILE_OBJECT, what, None, None, descriptor.dacl(), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: &str = "S-1-5-21-397955417-626881126-188441444-1001";

    fn found(list: &str) -> Vec<String> {
        others(&format!("O:{USER}G:{USER}D:{list}"), USER).iter().map(|account| name_of(account).to_owned()).collect()
    }

    #[test]
    fn a_file_in_the_users_own_folder_is_nobody_elses() {
        assert!(found(&format!("AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;{USER})")).is_empty());
        assert!(found("PAI(A;;FA;;;OW)").is_empty());
        assert!(found("").is_empty(), "an empty list gives nobody access");
    }

    #[test]
    fn whoever_may_read_or_change_is_named() {
        for (list, expected) in [
            ("AI(A;ID;0x1200a9;;;BU)(A;ID;FA;;;SY)", "all users of this computer"),
            ("(A;;FR;;;WD)", "everyone"),
            ("(A;;GA;;;AU)", "all signed-in users"),
            ("(A;;FA;;;S-1-5-21-1-2-3-1002)", "S-1-5-21-1-2-3-1002"),
            ("(A;;WD;;;S-1-1-0)", "everyone"),
            ("NO_ACCESS_CONTROL", "everyone"),
            ("(A;;ZZ;;;BU)", "all users of this computer"),
        ] {
            assert_eq!(found(list), [expected], "{list}");
        }
        assert_eq!(others(&format!("O:{USER}"), USER), ["WD"], "no list at all");
        // The built-in administrator is named by letters, and its files belong to the administrators.
        assert!(others("O:BAD:P(A;;FA;;;LA)(A;;FA;;;SY)(A;;FA;;;BA)", "LA").is_empty());
    }

    #[test]
    fn what_is_denied_passed_on_or_harmless_is_not() {
        assert!(found("(D;;FA;;;WD)").is_empty());
        assert!(found("(A;OICIIO;FA;;;BU)").is_empty());
        assert!(found("(A;;0x100080;;;BU)").is_empty(), "synchronise and read attributes");
    }

    #[test]
    fn what_is_made_private_is_private() {
        for is_folder in [false, true] {
            assert!(others(&format!("O:{USER}{}", private(USER, is_folder)), USER).is_empty());
        }
        assert_eq!(private("S-1", false), "D:P(A;;FA;;;S-1)(A;;FA;;;SY)(A;;FA;;;BA)");
    }

    #[test]
    fn the_remedy_names_accounts_by_identifier() {
        let others = ["WD".to_owned(), "S-1-5-21-1-2-3-1002".to_owned(), "ZZ".to_owned()];
        assert_eq!(
            remedy("C:\\k.json", "S-1-5-21-1", &others),
            "icacls \"C:\\k.json\" /inheritance:r /grant:r \"*S-1-5-21-1:F\" /remove:g \"*S-1-1-0\" \
             /remove:g \"*S-1-5-21-1-2-3-1002\""
        );
    }

    #[test]
    fn no_text_makes_it_panic() {
        for text in ["", "O:", "D:(", "O:xD:(A;;;;;", "D:(A;é;é;;;é)", "O:GD:(A;;0x;;;WD)"] {
            let _ = others(text, "");
        }
    }
}
