//! How long it takes to compile `#[derive(Shared)]`, beside serde's two derives on the same structs.
//!
//! A crate of structs is made in a temporary directory and compiled with no derive but the standard
//! ones, with serde's added, and with `Shared` on top. What each step adds is what its derives cost.
//! The kinds of crate take turns, several rounds of them; the median counts.
//!
//! ```text
//! cargo run --release -p ipos-bench --bin derive-cost -- [rounds]
//! ```

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How many structs a crate has, and how many fields each of them.
const CRATES: [(usize, usize); 2] = [(1, 20), (200, 20)];

/// The derives of a kind of crate.
const KINDS: [(&str, &str); 3] = [
    ("standard", "Clone, Debug, Default"),
    (
        "serde",
        "Clone, Debug, Default, serde::Serialize, serde::Deserialize",
    ),
    (
        "shared",
        "Clone, Debug, Default, serde::Serialize, serde::Deserialize, ipos::Shared",
    ),
];

/// The types of fields, in turn.
const FIELDS: [&str; 8] = [
    "String",
    "u64",
    "Vec<String>",
    "Option<u32>",
    "std::collections::HashMap<String, u32>",
    "bool",
    "f64",
    "Vec<u8>",
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let rounds: usize = match std::env::args().nth(1) {
        Some(rounds) => rounds.parse()?,
        None => 5,
    };
    let folder = tempfile::tempdir()?;
    println!(
        "| crate | command | standard | with serde | with `Shared` | serde costs | `Shared` costs | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (structs, fields) in CRATES {
        let kinds = KINDS.map(|(kind, derives)| {
            Crate::new(
                folder.path(),
                kind,
                &source(derives, structs, fields),
                structs,
            )
        });
        let kinds: Vec<Crate> = kinds.into_iter().collect::<Result<_>>()?;
        for command in ["check", "build"] {
            let mut times = vec![vec![]; kinds.len()];
            for round in 0..=rounds {
                for (kind, times) in kinds.iter().zip(&mut times) {
                    let time = kind.compile(command)?;
                    // The first round builds what the crates depend on.
                    if round > 0 {
                        times.push(time);
                    }
                }
            }
            let [standard, serde, shared] =
                [0, 1, 2].map(|kind| median(&mut times[kind]).as_secs_f64());
            let (serde_cost, shared_cost) = (serde - standard, shared - serde);
            println!(
                "| {structs} structs of {fields} fields | {command} | {standard:.2} s | {serde:.2} s | \
                 {shared:.2} s | {serde_cost:.2} s | {shared_cost:.2} s | {:.2} |",
                shared_cost / serde_cost
            );
        }
    }
    Ok(())
}

/// The structs.
fn source(derives: &str, structs: usize, fields: usize) -> String {
    let mut source = String::new();
    for number in 0..structs {
        let name = format!("Struct{number}");
        write!(source, "#[derive({derives})]\npub struct {name} {{\n").expect("a String takes all");
        for field in 0..fields {
            let ty = FIELDS[field % FIELDS.len()];
            writeln!(source, "    pub field_{field}: {ty},").expect("a String takes all");
        }
        source.push_str("}\n");
    }
    source
}

/// A crate to be compiled.
struct Crate {
    folder: PathBuf,
}

impl Crate {
    fn new(parent: &Path, kind: &str, source: &str, structs: usize) -> Result<Self> {
        let folder = parent.join(format!("{kind}-{structs}"));
        fs::create_dir_all(folder.join("src"))?;
        let ipos = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ipos");
        let manifest = format!(
            "[package]\nname = \"{kind}-{structs}\"\nedition = \"2024\"\n\n[dependencies]\n\
             ipos.path = {ipos:?}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), source)?;
        Ok(Self { folder })
    }

    /// The processor's time that a command takes when the source was touched.
    fn compile(&self, command: &str) -> Result<Duration> {
        let source = self.folder.join("src/lib.rs");
        fs::write(&source, fs::read(&source)?)?;
        let before = Clock::now()?;
        let status = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
            .args([command, "--quiet", "--offline"])
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.folder.with_file_name("target"))
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(
                format!("`cargo {command}` in {} has failed", self.folder.display()).into(),
            );
        }
        before.elapsed()
    }
}

/// The processor's time of this process's children, where it is known; else the time on the wall.
enum Clock {
    Children(Duration),
    Wall(Instant),
}

impl Clock {
    fn now() -> Result<Self> {
        Ok(match children_time()? {
            Some(time) => Self::Children(time),
            None => Self::Wall(Instant::now()),
        })
    }

    fn elapsed(&self) -> Result<Duration> {
        Ok(match self {
            Self::Children(before) => {
                let now =
                    children_time()?.ok_or("the time of the children is not told any more")?;
                now - *before
            }
            Self::Wall(before) => before.elapsed(),
        })
    }
}

/// The user and system time of all children that have ended, from Linux's `/proc`.
fn children_time() -> Result<Option<Duration>> {
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else {
        return Ok(None);
    };
    // Behind the program's name, which may hold anything, stand 13 fields and the two that count.
    let (_, fields) = stat
        .rsplit_once(')')
        .ok_or("`/proc/self/stat` has no name")?;
    let ticks = fields.split_whitespace().skip(13).take(2);
    let ticks: Vec<u64> = ticks
        .map(str::parse)
        .collect::<std::result::Result<_, _>>()?;
    // Linux tells them in hundredths of a second.
    Ok(Some(Duration::from_millis(10 * ticks.iter().sum::<u64>())))
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
