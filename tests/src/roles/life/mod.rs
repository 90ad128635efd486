//! Roles.

use std::error::Error;

/// Plays a role of this family.
///
/// # Errors
///
/// What the role ends with.
pub fn play(role: &str, _arguments: &[String]) -> Result<(), Box<dyn Error>> {
    Err(format!("there is no role {role}").into())
}
