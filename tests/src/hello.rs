//! The first message of a member, for those that play one by its bytes.

use ipos_transport::Token;

/// The version that the processes under test speak.
pub const VERSION: u16 = 4;

/// What stands before the first message each way.
pub fn preamble(version: u16) -> Vec<u8> {
    [b"IPOS".as_slice(), &version.to_le_bytes()].concat()
}

/// The first message of an invited member without a label and schemas.
pub fn invited(token: &Token) -> Vec<u8> {
    let mut out = preamble(VERSION);
    out.push(1);
    out.extend(token.as_bytes());
    out.extend([0, 0]);
    out
}
