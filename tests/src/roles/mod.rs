//! What child processes do. Each test has its roles in a file of its own.

pub mod acts;
pub mod awaiting;
pub mod chaos;
pub mod evens;
pub mod forms;
pub mod life;
pub mod listening;
pub mod parity;

use std::error::Error;

/// Plays the role of a name.
///
/// # Errors
///
/// What the role ends with.
pub fn play(role: &str, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let (family, role) = role.split_once('/').ok_or("a role is family/name")?;
    match family {
        "acts" => acts::play(role, arguments),
        "awaiting" => awaiting::play(role),
        "chaos" => chaos::play(role, arguments),
        "evens" => evens::play(role),
        "forms" => forms::play(),
        "life" => life::play(role, arguments),
        "listening" => listening::play(),
        "parity" => parity::play(role, arguments),
        _ => Err(format!("there is no family of roles {family}").into()),
    }
}
