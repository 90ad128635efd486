//! The secret by which an invited process proves that it was invited.

use std::fmt;

use subtle::ConstantTimeEq;

use crate::{Error, Result};

/// A secret of 32 random bytes.
///
/// It compares in constant time, and neither prints nor logs itself: [`Token::to_hex`] is the one
/// way to its text.
#[derive(Clone)]
pub struct Token([u8; Token::LENGTH]);

impl Token {
    /// Its length in bytes.
    pub const LENGTH: usize = 32;

    /// A token that nobody can guess, from the system's source of randomness.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; Self::LENGTH];
        getrandom::fill(&mut bytes)
            .map_err(|error| Error::io("draw a token", std::io::Error::other(error.to_string())))?;
        Ok(Self(bytes))
    }

    /// The token of these bytes.
    pub fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// Its bytes, for the wire.
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// As 64 lowercase hexadecimal digits, for an environment variable.
    pub fn to_hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(2 * Self::LENGTH);
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        text
    }

    /// Reads 64 hexadecimal digits of either case; anything else is [`Error::BadToken`].
    pub fn from_hex(text: &str) -> Result<Self> {
        let text = text.as_bytes();
        if text.len() != 2 * Self::LENGTH {
            return Err(Error::BadToken);
        }
        let mut bytes = [0; Self::LENGTH];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

fn digit(character: u8) -> Result<u8> {
    match character {
        b'0'..=b'9' => Ok(character - b'0'),
        b'a'..=b'f' => Ok(character - b'a' + 10),
        b'A'..=b'F' => Ok(character - b'A' + 10),
        _ => Err(Error::BadToken),
    }
}

#[cfg(test)]
mod tests;
