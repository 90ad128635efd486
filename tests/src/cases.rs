//! Random cases for a type.

use std::any::type_name;

use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestError, TestRunner},
};

/// Runs a check with so many cases, unless `PROPTEST_CASES` says otherwise. A case in which it panics is cut
/// down, and is told with the name of `T`.
///
/// # Panics
///
/// When the check does.
pub fn run<T, S: Strategy>(count: u32, cases: &S, check: impl Fn(S::Value)) {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = count;
    }
    let result = TestRunner::new(config).run(cases, |case| {
        check(case);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(why, case)) => {
            panic!("{}: {why}\nminimal case: {case:?}", type_name::<T>())
        }
        Err(TestError::Abort(why)) => panic!("no case could be made: {why}"),
    }
}
