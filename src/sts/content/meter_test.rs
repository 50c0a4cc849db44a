//! Class 1 tokens: tests and displays that need no key and work in any STS meter (IEC 62055-41 clause 6.2.3).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::TokenContent;
use crate::sts::error::FieldError;
use crate::sts::token::{Token, TokenClass};

/// Width of the manufacturer code, and with it of the control field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestForm {
    /// Subclass 0: 8-bit code for 2-digit manufacturers (IIN 600727), 36 control bits.
    TwoDigit,
    /// Subclass 1: 16-bit code for 4-digit manufacturers (IIN 0000), 28 control bits.
    FourDigit,
}

impl TestForm {
    /// Number of control bits.
    pub const fn control_bits(self) -> u32 {
        match self {
            TestForm::TwoDigit => 36,
            TestForm::FourDigit => 28,
        }
    }

    const fn code_bits(self) -> u32 {
        44 - self.control_bits()
    }

    const fn everything(self) -> u64 {
        (1 << self.control_bits()) - 1
    }
}

macro_rules! tests {
    ($($variant:ident $number:literal $word:literal $shows:literal;)+) => {
        /// A test by its number: number 0 sets all control bits, number n sets bit n − 1.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TestName {
            $(#[doc = $shows] $variant,)+
        }

        impl TestName {
            /// Every test, in the order of its number.
            pub const ALL: &'static [TestName] = &[$(TestName::$variant),+];

            /// Its number.
            pub const fn number(self) -> u8 {
                match self { $(TestName::$variant => $number),+ }
            }

            /// The word used on the command line and in documents.
            pub const fn word(self) -> &'static str {
                match self { $(TestName::$variant => $word),+ }
            }

            /// What the meter does.
            pub const fn shows(self) -> &'static str {
                match self { $(TestName::$variant => $shows),+ }
            }
        }
    };
}

tests! {
    All 0 "all" "runs every test and display the meter has, the load switch included";
    LoadSwitch 1 "load-switch" "opens and closes the load switch";
    Display 2 "display" "tests the display: all segments light up";
    Totals 3 "totals" "shows the energy register totals";
    KeyRevision 4 "krn" "shows the key revision number (KRN), on some meters with the key type";
    TariffIndex 5 "ti" "shows the tariff index (TI)";
    TokenReader 6 "token-reader" "tests the token reader or keypad";
    PowerLimit 7 "power-limit" "shows the maximum power limit";
    TamperStatus 8 "tamper-status" "shows the tamper status";
    Power 9 "power" "shows the power consumption";
    SoftwareVersion 10 "software-version" "shows the software version";
    PhaseUnbalanceLimit 11 "phase-unbalance-limit" "shows the phase power unbalance limit";
    WaterFactor 12 "water-factor" "shows the water meter factor";
    TariffRate 13 "tariff-rate" "shows the tariff rate";
    EncryptionAlgorithm 14 "ea" "shows the encryption algorithm (EA)";
    KeyChangeTokens 15 "kct-supported" "shows the number of key-change tokens supported";
    SupplyGroup 16 "sgc" "shows the supply group code (SGC); 0 on meters that lost it in a two-token key change";
    KeyExpiry 17 "ken" "shows the key expiry number (KEN)";
    MeterNumber 18 "drn" "shows the decoder reference number (DRN)";
}

impl TestName {
    /// Whether the meter opens its load switch, which cuts the supply for a moment.
    pub const fn opens_load_switch(self) -> bool {
        matches!(self, TestName::All | TestName::LoadSwitch)
    }

    const fn control(self, form: TestForm) -> u64 {
        match self.number() {
            0 => form.everything(),
            number => 1 << (number - 1),
        }
    }
}

impl fmt::Display for TestName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl FromStr for TestName {
    type Err = FieldError;

    /// Reads the word, or the number 0 to 18.
    fn from_str(text: &str) -> Result<Self, FieldError> {
        let number = text.parse::<u8>().ok();
        let found = Self::ALL
            .iter()
            .copied()
            .find(|test| test.word().eq_ignore_ascii_case(text) || number == Some(test.number()));
        found.ok_or_else(|| {
            FieldError::new("test", text, "there is no such meter test", "`wattkey token test list` names them all")
        })
    }
}

/// A class 1 token's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MeterTest {
    form: TestForm,
    manufacturer_code: u16,
    control: u64,
}

impl MeterTest {
    /// One test, for the meters of one manufacturer or, with code 0, of all.
    ///
    /// # Errors
    /// A manufacturer code above 99 in the 2-digit form or above 9999 in the 4-digit form.
    pub fn new(form: TestForm, test: TestName, manufacturer_code: u16) -> Result<Self, FieldError> {
        let (highest, digits) = match form {
            TestForm::TwoDigit => (99, 2),
            TestForm::FourDigit => (9999, 4),
        };
        if manufacturer_code > highest {
            return Err(FieldError::new(
                "manufacturer code",
                &manufacturer_code.to_string(),
                format!("it has {digits} digits in this form of token"),
                "take it from the start of the DRN: 2 digits of an 11-digit DRN, 4 of a 13-digit one",
            ));
        }
        Ok(MeterTest { form, manufacturer_code, control: test.control(form) })
    }

    pub(super) const fn two_digit_from_bits(bits: u64) -> Self {
        Self::from_bits(TestForm::TwoDigit, bits)
    }

    pub(super) const fn four_digit_from_bits(bits: u64) -> Self {
        Self::from_bits(TestForm::FourDigit, bits)
    }

    const fn from_bits(form: TestForm, bits: u64) -> Self {
        let code = bits & ((1 << form.code_bits()) - 1);
        MeterTest { form, manufacturer_code: code as u16, control: (bits >> form.code_bits()) & form.everything() }
    }

    pub(super) const fn field_bits(self) -> u64 {
        (self.control << self.form.code_bits()) | self.manufacturer_code as u64
    }

    /// Which of the two forms.
    pub const fn form(self) -> TestForm {
        self.form
    }

    pub(super) const fn subclass(self) -> u8 {
        match self.form {
            TestForm::TwoDigit => 0,
            TestForm::FourDigit => 1,
        }
    }

    /// The manufacturer whose meters are meant; 0 is any.
    pub const fn manufacturer_code(self) -> u16 {
        self.manufacturer_code
    }

    /// The control bits, bit n − 1 for test n.
    pub const fn control(self) -> u64 {
        self.control
    }

    /// The control bits in hexadecimal: 9 digits for 36 bits, 7 for 28.
    pub fn control_hex(self) -> String {
        let width = self.form.control_bits() as usize / 4;
        format!("{:0width$x}", self.control)
    }

    /// The tests asked for, `all` alone when every bit is set. Bits without a known test are named by
    /// [`MeterTest::unknown_bits`].
    pub fn tests(self) -> Vec<TestName> {
        if self.control == self.form.everything() {
            return vec![TestName::All];
        }
        let single = TestName::ALL.iter().copied().filter(|test| *test != TestName::All);
        single.filter(|test| self.control & test.control(self.form) != 0).collect()
    }

    /// Numbers of the tests asked for that have no known name.
    pub fn unknown_bits(self) -> Vec<u8> {
        let named = TestName::ALL.len() as u8;
        if self.control == self.form.everything() {
            return Vec::new();
        }
        (named..=self.form.control_bits() as u8).filter(|number| self.control >> (number - 1) & 1 == 1).collect()
    }

    /// Words of the tests asked for; a bit without a name is `test-` and its number.
    pub fn test_words(self) -> Vec<Cow<'static, str>> {
        let named = self.tests().into_iter().map(|test| Cow::Borrowed(test.word()));
        named.chain(self.unknown_bits().into_iter().map(|number| Cow::Owned(format!("test-{number}")))).collect()
    }

    /// Whether the meter will open its load switch.
    pub const fn opens_load_switch(self) -> bool {
        self.control & 1 == 1
    }

    /// The token. It is never encrypted.
    pub fn token(self) -> Token {
        Token::assemble(TokenClass::Test, TokenContent::MeterTest(self).block())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both forms of every test that a source asserts a token for; manufacturer code 0.
    const ASSERTED: [(u8, &str, &str); 17] = [
        (0, "56493153725450313471", "02305843005052951967"),
        (1, "00000000000150997584", "01152921509036054672"),
        (2, "00000000000167774880", "01152921513331042448"),
        (3, "00000000000201328896", "01152921521920952465"),
        (4, "18446744073843772416", "01152921539100838034"),
        (5, "36893488147553322496", "01152921573460543637"),
        (6, "00000000000671093248", "01152921642180020378"),
        (7, "00000000001207974400", "01152921779618973828"),
        (8, "00000000002281728512", "01152922054496880824"),
        (9, "00000000004429208064", "01152922604252694700"),
        (10, "00000000008724195840", "01152923703764322536"),
        (11, "00000000017314105857", "01152925902787577952"),
        (14, "00000000137573173770", "01152956689113154192"),
        (15, "00000000275012127252", "01152991873485249680"),
        (16, "00000000549890034216", "01153062242229428368"),
        (17, "00000001099645848124", "01153202979717788816"),
        (18, "00000002199157475960", "01153484454694514832"),
    ];

    #[test]
    fn tokens_are_those_of_the_table() {
        for (number, two_digit, four_digit) in ASSERTED {
            let name: TestName = number.to_string().parse().unwrap();
            for (form, expected) in [(TestForm::TwoDigit, two_digit), (TestForm::FourDigit, four_digit)] {
                let test = MeterTest::new(form, name, 0).unwrap();
                assert_eq!(test.token().to_string(), expected, "{name}");
                let (class, block) = expected.parse::<Token>().unwrap().dissect();
                let content = TokenContent::parse(class, block).unwrap();
                assert_eq!(content, TokenContent::MeterTest(test));
                assert_eq!(test.tests(), [name]);
                assert_eq!(test.opens_load_switch(), name.opens_load_switch());
            }
        }
    }

    #[test]
    fn words_are_unique_and_manufacturer_codes_bounded() {
        let words: std::collections::BTreeSet<_> = TestName::ALL.iter().map(|test| test.word()).collect();
        assert_eq!(words.len(), TestName::ALL.len());
        assert!(MeterTest::new(TestForm::TwoDigit, TestName::Display, 100).is_err());
        assert!(MeterTest::new(TestForm::FourDigit, TestName::Display, 100).is_ok());
        assert!("clock".parse::<TestName>().unwrap_err().to_string().contains("token test list"));
    }

    #[test]
    fn control_is_written_in_full_width() {
        let test = |form| MeterTest::new(form, TestName::TariffIndex, 0).unwrap().control_hex();
        assert_eq!(test(TestForm::TwoDigit), "000000010");
        assert_eq!(test(TestForm::FourDigit), "0000010");
    }
}
