//! Where attributes and methods stand below the short name of their object (Blue Book, 4.1.3 and 5.2).

/// Base name of the association in use.
pub const ASSOCIATION: u16 = 0xFA00;

/// From one attribute or method to the next.
pub const STEP: u16 = 8;

/// Where the methods of a class begin, counted from its base name.
const METHODS: [(u16, u16); 14] = [
    (3, 0x28),
    (4, 0x38),
    (5, 0x48),
    (6, 0x30),
    (7, 0x58),
    (8, 0x60),
    (9, 0x20),
    (11, 0x10),
    (12, 0x20),
    (18, 0x40),
    (20, 0x50),
    (40, 0x38),
    (64, 0x30),
    (70, 0x20),
];

/// Distance of the first method from the base name; `None` for a class whose methods have no short names here.
pub fn first_method(class: u16) -> Option<u16> {
    METHODS.iter().find(|(known, _)| *known == class).map(|(_, offset)| *offset)
}

/// Distance of an attribute or method, counted from 1, from the first of its kind.
pub fn distance(number: u16) -> Option<u16> {
    number.checked_sub(1)?.checked_mul(STEP)
}
