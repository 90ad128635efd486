//! Every target over its corpus, over what was found before, and over mutations of these.

use ipos_fuzz::{Target, engine::Engine, files, named};

/// How many inputs are mutated.
const RUNS: usize = 50_000;

/// The same of the targets that take whole sessions, where nothing is optimised: what is run is `ipos`, and
/// to have that optimised for all tests costs more than it saves.
const SLOW_RUNS: usize = if cfg!(debug_assertions) { 5_000 } else { RUNS };

/// What is drawn by, unless `IPOS_FUZZ_SEED` says something else.
const SEED: u64 = 6;

fn check(name: &str) {
    let target: &Target = named(name).expect("there is such a target");
    let seed = std::env::var("IPOS_FUZZ_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    println!("{name}: seed {seed}");
    let mut engine = Engine::new(target, seed);
    let corpus = files::corpus(target).unwrap();
    let count = corpus.len() as u64;
    for input in corpus {
        engine
            .execute(input)
            .unwrap_or_else(|failure| panic!("{failure:?}"));
    }
    // What a target refuses at its door is no beginning.
    let accepted = engine.report().accepted;
    println!("{name}: {accepted} of the {count} inputs of the corpus are accepted");
    assert!(
        accepted > 0 && accepted >= count / 4,
        "of {count} inputs {accepted} are accepted: run `cargo run -p ipos-fuzz --bin corpus`"
    );
    for (path, input) in files::found(target).unwrap() {
        engine
            .execute(input)
            .unwrap_or_else(|failure| panic!("{}: {}", path.display(), failure.why));
    }
    let runs = match name {
        "patch" | "host" | "member" => SLOW_RUNS,
        _ => RUNS,
    };
    for _ in 0..runs {
        let input = engine.next_input();
        if let Err(failure) = engine.execute(input) {
            let input = engine.shrink(&failure.input);
            panic!(
                "execution {}: {}\nshort: {input:?}",
                failure.at, failure.why
            );
        }
    }
    println!("{name}: {:?}", engine.report());
}

macro_rules! targets {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            check(stringify!($name));
        }
    )*
        #[test]
        fn each_target_is_checked() {
            let names: Vec<_> = ipos_fuzz::all().iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

targets! {
    frame
    handshake
    schema
    dynamic
    snapshot
    patch
    host
    member
}
