use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

use super::*;

#[test]
fn the_text_is_the_path() {
    let text = "/run/user/1000/ipos-abc123/s";
    let endpoint: Endpoint = text.parse().unwrap();
    assert_eq!(endpoint.to_string(), text);
    assert_eq!(endpoint.path(), Path::new(text));
    assert_eq!(Endpoint::new(text).unwrap(), endpoint);
}

#[test]
fn what_is_no_absolute_path_in_utf8_is_refused() {
    for (path, why) in [
        (&b""[..], "absolute"),
        (b"ipos/s", "absolute"),
        (b"/tmp/\xff/s", "UTF-8"),
        (b"/tmp/\0/s", "NUL"),
    ] {
        let error = Endpoint::new(OsStr::from_bytes(path)).unwrap_err();
        assert!(matches!(error, Error::BadEndpoint { .. }), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn a_path_of_103_bytes_fits_and_of_104_does_not() {
    let fits = format!("/{}", "x".repeat(Endpoint::PATH_LIMIT - 1));
    Endpoint::new(&fits).unwrap();
    let error = Endpoint::new(fits + "x").unwrap_err();
    assert!(matches!(error, Error::PathTooLong { limit: 103, .. }));
}
