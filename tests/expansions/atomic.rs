//! A type that is replaced whole.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[serde(try_from = "String", into = "String")]
#[shared(atomic)]
struct Email {
    user: String,
    host: String,
}

impl TryFrom<String> for Email {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (user, host) = text.split_once('@').ok_or("an address has an @")?;
        Ok(Self {
            user: user.to_owned(),
            host: host.to_owned(),
        })
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        format!("{}@{}", email.user, email.host)
    }
}
