//! What is asked for on the command line.

use std::{env, path::PathBuf};

use crate::Result;

const HELP: &str = "\
What IPOS does, beside raw limits and peers: all in one run, in turn, processes each on its own.

  --quick        in a minute, and rougher
  --only P3      one work (with --scale one curve: pending); may be given several times
  --json         one object a line instead of a table
  --plots DIR    pictures (SVG) as well
  --scale        instead: how costs grow with members, sizes and numbers
  --rounds N     how often each is measured, in turn
  --traces DIR   where editing traces are, as JSON in gzip; IPOS_BENCH_TRACES says it as well
";

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) json: bool,
    pub(crate) scale: bool,
    pub(crate) plots: Option<PathBuf>,
    pub(crate) traces: Option<PathBuf>,
    rounds: Option<usize>,
    only: Vec<String>,
}

impl Options {
    /// None if help was asked for and given.
    pub(crate) fn parse() -> Result<Option<Self>> {
        use lexopt::prelude::{Long, Short, ValueExt};
        let mut options = Self {
            traces: env::var_os("IPOS_BENCH_TRACES").map(PathBuf::from),
            ..Self::default()
        };
        let mut parser = lexopt::Parser::from_env();
        while let Some(arg) = parser.next()? {
            match arg {
                Long("quick") => options.quick = true,
                Long("scale") => options.scale = true,
                Long("json") => options.json = true,
                Long("plots") => options.plots = Some(parser.value()?.into()),
                Long("traces") => options.traces = Some(parser.value()?.into()),
                Long("only") => options.only.push(parser.value()?.string()?),
                Long("rounds") => options.rounds = Some(parser.value()?.parse()?),
                Long("help") | Short('h') => {
                    print!("{HELP}");
                    return Ok(None);
                }
                _ => return Err(arg.unexpected().into()),
            }
        }
        if options.rounds == Some(0) {
            return Err("--rounds: at least one".into());
        }
        Ok(Some(options))
    }

    /// Refuses what was asked for alone and is none of these.
    pub(crate) fn refuse_unknown(&self, known: &[&str]) -> Result<()> {
        let is_known = |only: &str| known.iter().any(|id| id.eq_ignore_ascii_case(only));
        let Some(unknown) = self.only.iter().find(|only| !is_known(only)) else {
            return Ok(());
        };
        let kind = if self.scale {
            "curves, of --scale"
        } else {
            "works, and curves only with --scale"
        };
        let known = known.join(", ");
        Err(
            format!("--only {unknown}: there is none of that name; known are {known} ({kind})")
                .into(),
        )
    }

    pub(crate) fn wants(&self, id: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only.eq_ignore_ascii_case(id))
    }

    /// How often each contender is measured.
    pub(crate) fn rounds(&self) -> usize {
        self.rounds.unwrap_or(if self.quick { 3 } else { 9 })
    }
}
