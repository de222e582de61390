//! Check digits: what makes a run of digits a card's or an account's number.

/// Whether these digits are the number of a payment card: a range that cards are issued
/// in, a length of that range, and the check digit of ISO/IEC 7812 (Luhn).
pub(super) fn is_card(digits: &str) -> bool {
    is_issued(digits) && luhn(digits) && !is_one_digit(digits)
}

fn is_one_digit(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    let first = bytes.next();
    bytes.all(|byte| Some(byte) == first)
}

/// The ranges of the large networks (ISO/IEC 7812 issuer numbers, by their public tables).
fn is_issued(digits: &str) -> bool {
    let lead = |count: usize| {
        let head = digits.get(..count).unwrap_or_default();
        head.parse::<u32>().unwrap_or_default()
    };
    let length = digits.len();
    match lead(2) {
        40..=49 => matches!(length, 13 | 16 | 19),
        51..=55 => length == 16,
        22..=27 => (2221..=2720).contains(&lead(4)) && length == 16,
        34 | 37 => length == 15,
        30 | 36 | 38 | 39 => (14..=19).contains(&length),
        35 => (3528..=3589).contains(&lead(4)) && (16..=19).contains(&length),
        62 | 65 => (16..=19).contains(&length),
        64 => (644..=649).contains(&lead(3)) && (16..=19).contains(&length),
        60 => lead(4) == 6011 && (16..=19).contains(&length),
        50 | 56..=59 | 61 | 63 | 66..=69 => (16..=19).contains(&length),
        _ => false,
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            let doubled = if place % 2 == 1 { digit * 2 } else { digit };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether these letters and digits, without spaces, are an IBAN: ISO 13616's check
/// digits by mod 97, and a length that accounts have.
pub(super) fn is_iban(text: &str) -> bool {
    if !(15..=34).contains(&text.len()) || !text.is_ascii() {
        return false;
    }
    let (head, body) = text.split_at(4);
    let mut rest = 0_u32;
    for byte in body.bytes().chain(head.bytes()) {
        let value = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'A'..=b'Z' => u32::from(byte - b'A') + 10,
            b'a'..=b'z' => u32::from(byte - b'a') + 10,
            _ => return false,
        };
        let shift = if value > 9 { 100 } else { 10 };
        rest = (rest * shift + value) % 97;
    }
    rest == 1
}
