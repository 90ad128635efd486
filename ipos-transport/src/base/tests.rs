#![cfg(not(loom))]

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
};

use super::*;
use crate::Endpoint;

#[test]
fn a_private_session_stands_in_the_runtime_directory_then_the_temporary_one_then_tmp() {
    let long = PathBuf::from(format!("/{}", "x".repeat(Endpoint::PATH_LIMIT)));
    let (run, var) = (PathBuf::from("/run/user/1000"), PathBuf::from("/var/tmp"));
    let (relative, tmp) = (PathBuf::from("run"), PathBuf::from("/tmp"));
    for (runtime, temporary, expected) in [
        (Some(&run), &var, &run),
        (None, &var, &var),
        (Some(&relative), &var, &var),
        (Some(&long), &var, &var),
        (None, &relative, &tmp),
        (Some(&long), &long, &tmp),
    ] {
        let found = first_for_private(runtime.cloned(), temporary.clone());
        assert_eq!(&found, expected, "{runtime:?}, {temporary:?}");
    }
}

#[test]
fn a_name_stands_in_the_runtime_directory_or_in_tmp_whatever_its_length() {
    // What stands between the base and the name: `/ipos-UID/` and `.sock`.
    let between = format!("/ipos-{}/.sock", platform::our_user()).len();
    let (short, longest) = ("n".to_owned(), "n".repeat(64));
    for (name, length, fits) in [
        (&short, Endpoint::PATH_LIMIT - between - 1, true),
        (&short, Endpoint::PATH_LIMIT - between, false),
        (&longest, Endpoint::PATH_LIMIT - between - 64, true),
        (&longest, Endpoint::PATH_LIMIT - between - 63, false),
    ] {
        let base = PathBuf::from(format!("/{}", "x".repeat(length - 1)));
        let found = first_for_name(Some(base.clone()), name);
        let expected = if fits { base } else { PathBuf::from("/tmp") };
        assert_eq!(found, expected, "{name} in {length} bytes");
        // It is no error there: both sides come to the same place.
        name::place(&found, name).unwrap();
    }
    assert_eq!(first_for_name(None, &longest), Path::new("/tmp"));
    // What is no name is so wherever it is sought.
    assert_eq!(first_for_name(None, "a/b"), Path::new("/tmp"));
}

#[test]
fn the_directory_of_a_user_counts_without_the_variable_if_it_is_ours_alone() {
    let stage = tempfile::tempdir().unwrap();
    let make = |name: &str, mode| {
        let path = stage.path().join(name);
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    };
    let (given, standing, open) = (
        make("given", 0o700),
        make("standing", 0o700),
        make("open", 0o755),
    );
    let link = stage.path().join("link");
    symlink(&standing, &link).unwrap();
    let (missing, relative) = (stage.path().join("missing"), PathBuf::from("given"));
    for (variable, there, expected) in [
        (Some(&given), &standing, Some(&given)),
        // Processes without the variable meet those that have it as it usually is.
        (None, &standing, Some(&standing)),
        (Some(&standing), &standing, Some(&standing)),
        (Some(&missing), &standing, Some(&standing)),
        (Some(&relative), &standing, Some(&standing)),
        (Some(&link), &standing, Some(&standing)),
        (None, &open, None),
        (None, &link, None),
        (None, &missing, None),
    ] {
        let found = runtime(variable.cloned(), there.clone());
        assert_eq!(found.as_ref(), expected, "{variable:?}, {there:?}");
    }
}
