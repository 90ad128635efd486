//! What has happened, to see that the schedules lead everywhere.

use std::{fmt, ops::AddAssign};

use ipos::simulation::{Break, asked};

macro_rules! counts {
    ($($(#[$docs:meta])* $name:ident,)*) => {
        #[derive(Clone, Copy, Debug, Default)]
        pub struct Counts {
            $($(#[$docs])* pub $name: u64,)*
        }

        impl AddAssign for Counts {
            fn add_assign(&mut self, other: Self) {
                $(self.$name += other.$name;)*
            }
        }

        impl Counts {
            /// All counts with their names.
            pub fn all(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

counts! {
    seeds,
    steps,
    commits,
    /// Commits that were undone and done again.
    rebases,
    /// Patches that were moved over others.
    transforms,
    amended,
    /// Verdicts on commits with actions that count.
    acted,
    stale,
    created,
    deleted,
    joined,
    left,
    killed,
    /// Proposals of members that the host has refused; of them, creations and commits that were to count
    /// as a whole.
    refused,
    refused_keys,
    refused_wholes,
    refusals_heard,
    /// Creations and deletions that members refused themselves.
    forbidden,
    /// Commits of the host that it refused itself.
    refused_of_host,
    /// Verdicts that the model knew before.
    foretold,
    /// Hosts that were started again; what was proposed to them that was pending before, and created; what they did
    /// not have.
    restarted,
    adopted,
    born,
    disowned,
    cut_off,
    reconnected,
    lagged,
    resyncs_by_log,
    resyncs_anew,
    barriers,
    passed,
    given_up,
    /// What was told to those who listen of pending commits that were taken back and done again; commits that
    /// had come in together; and how often one was missed by one who reads late.
    told_rebased,
    told_together,
    missed,
}

impl Counts {
    /// What the core has done in this thread.
    pub fn read_the_core() -> Self {
        Self {
            rebases: asked(Break::SkipUndo),
            transforms: asked(Break::ReversedTie),
            told_rebased: asked(Break::TellHalf),
            told_together: asked(Break::TellTogether),
            missed: asked(Break::MissUntold),
            ..Self::default()
        }
    }

    pub fn since(mut self, before: &Self) -> Self {
        self.rebases -= before.rebases;
        self.transforms -= before.transforms;
        self.told_rebased -= before.told_rebased;
        self.told_together -= before.told_together;
        self.missed -= before.missed;
        self
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self
            .all()
            .iter()
            .map(|(name, n)| format!("{n} {name}"))
            .collect();
        f.write_str(&told.join(", "))
    }
}
