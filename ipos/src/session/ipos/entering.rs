//! How a process comes into a session: it begins one, was invited, or knows its name.

use std::{env, sync::Arc};

use ipos_transport::{Endpoint, Link, Token};

use super::{Ipos, Owner};
use crate::{
    builder::Settings,
    core::PeerId,
    deadline::Deadline,
    driver::{
        host::HostSide,
        member::{self, By},
    },
    error::{Error, Result},
    process::{ENDPOINT, TOKEN},
    session::{Role, Session},
};

impl Ipos {
    pub(crate) fn begin(settings: Settings, name: Option<&str>) -> Result<Self> {
        let ipos = Self::open(settings, name)?;
        let session = ipos.session();
        session
            .host()
            .expect("it was just made one")
            .start(session)?;
        Ok(ipos)
    }

    /// A session into which nobody is let yet.
    pub(crate) fn open(settings: Settings, name: Option<&str>) -> Result<Self> {
        let side = HostSide::open(&settings, name)?;
        let session = Arc::new(Session::new(Role::Host(Box::new(side)), settings));
        Ok(Self(Arc::new(Owner(session))))
    }

    pub(crate) fn join_with(settings: Settings) -> Result<Self> {
        let (endpoint, token) = invitation()?;
        let gone = |error: ipos_transport::Error| match error {
            error if error.is_shortage() => error.into(),
            error => Error::HostGone {
                why: format!("it does not answer at {endpoint}: {error}"),
            },
        };
        let link = Link::connect(&endpoint).map_err(gone)?;
        Self::enter(endpoint.name(), link, By::Invitation(&token), settings)
    }

    pub(crate) fn connect_with(settings: Settings, name: &str) -> Result<Self> {
        use ipos_transport::Error::Io;
        let link = Endpoint::named(name).and_then(|endpoint| Link::connect(&endpoint));
        let link = link.map_err(|error| match error {
            error if error.is_shortage() => error.into(),
            Io { .. } => Error::NotServed {
                name: name.to_owned(),
                why: error.to_string(),
            },
            error => error.into(),
        })?;
        Self::enter(name, link, By::Name(name), settings)
    }

    /// Enters the session of the host at the other end.
    pub(crate) fn enter(
        session: &str,
        link: Link,
        by: By<'_>,
        mut settings: Settings,
    ) -> Result<Self> {
        let deadline = Deadline::after(settings.sync_timeout).instant();
        let (side, frames) = member::connect(session, link, by, &mut settings, deadline)?;
        let host = side.host_pid();
        let session = Arc::new(Session::new(Role::Member(Box::new(side)), settings));
        session.subscribers().peers().joined(PeerId::HOST, host);
        let ipos = Self(Arc::new(Owner(session.clone())));
        session
            .member()
            .expect("it was just made one")
            .start(&session, frames, deadline)?;
        Ok(ipos)
    }
}

/// The invitation in this process's environment.
fn invitation() -> Result<(Endpoint, Token)> {
    let variable = |name: &str| {
        env::var(name).map_err(|error| Error::NotInvited {
            why: match error {
                env::VarError::NotPresent => format!("{name}: {error}"),
                // What it is may be most of a secret.
                env::VarError::NotUnicode(_) => format!("{name}: it is not UTF-8"),
            },
        })
    };
    let unusable = |name: &str, error: ipos_transport::Error| Error::NotInvited {
        why: format!("{name}: {error}"),
    };
    let endpoint = variable(ENDPOINT)?
        .parse()
        .map_err(|error| unusable(ENDPOINT, error))?;
    let token = Token::from_hex(&variable(TOKEN)?).map_err(|error| unusable(TOKEN, error))?;
    Ok((endpoint, token))
}
