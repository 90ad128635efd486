//! A process that ran out of descriptors: its limit counts for the whole process, so this is a
//! test program of its own.

use ipos_transport::{Error, Link, Listener};
use rustix::process::{Resource, getrlimit, setrlimit};

#[test]
fn a_listener_survives_running_out_of_descriptors() -> Result<(), Box<dyn std::error::Error>> {
    let listener = Listener::private()?;
    let link = Link::connect(listener.endpoint())?;

    let plenty = getrlimit(Resource::Nofile);
    let mut none = plenty;
    // All of them are in use. Fewer, and the system would refuse to poll two of them as well.
    none.current = Some(3);
    setrlimit(Resource::Nofile, none)?;
    for _ in 0..2 {
        let error = listener.accept().expect_err("there is no descriptor");
        assert!(matches!(error, Error::Io { .. }), "{error}");
    }
    setrlimit(Resource::Nofile, plenty)?;

    let accepted = listener.accept()?;
    link.write_all(b"x", None)?;
    assert_eq!(accepted.read(&mut [0; 8], None)?, 1);

    // Closing needs no descriptor either.
    let _waiting = Link::connect(listener.endpoint())?;
    setrlimit(Resource::Nofile, none)?;
    listener.close();
    assert!(matches!(listener.accept(), Err(Error::Closed)));
    setrlimit(Resource::Nofile, plenty)?;
    Ok(())
}
