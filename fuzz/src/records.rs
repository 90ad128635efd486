//! An input as a list of records: what the mutator takes out, doubles, and moves, and never cuts by chance.
//!
//! Each is its length as `u16`, little endian, and that many bytes; the last one may be cut short.

/// The records of an input.
pub fn split(mut input: &[u8]) -> Vec<&[u8]> {
    let mut records = vec![];
    while let Some((length, rest)) = input.split_first_chunk() {
        let length = usize::from(u16::from_le_bytes(*length)).min(rest.len());
        let (record, rest) = rest.split_at(length);
        records.push(record);
        input = rest;
    }
    records
}

/// The input of these records. What is too long for one is cut.
pub fn join<R: AsRef<[u8]>>(records: impl IntoIterator<Item = R>) -> Vec<u8> {
    let mut input = vec![];
    for record in records {
        let record = record.as_ref();
        let length = u16::try_from(record.len()).unwrap_or(u16::MAX);
        input.extend(length.to_le_bytes());
        input.extend(&record[..usize::from(length)]);
    }
    input
}

/// Appends a number as postcard writes it.
pub fn put_varint(out: &mut Vec<u8>, mut number: u128) {
    while number > 0x7f {
        out.push(u8::try_from(number & 0x7f).expect("it has 7 bits") | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).expect("it has 7 bits"));
}

/// Appends a length and so many bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u128);
    out.extend(bytes);
}

/// The number at the start, and how many bytes it takes.
pub fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0u64;
    for (at, &byte) in bytes.iter().enumerate().take(9) {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            return Some((number, at + 1));
        }
    }
    None
}
