//! One progress bar a worker, if there is a terminal.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

#[derive(Clone)]
pub struct Bars {
    all: MultiProgress,
    sum: ProgressBar,
    workers: Vec<ProgressBar>,
}

impl Bars {
    pub fn new(workers: u32, tiles: usize) -> Self {
        let all = MultiProgress::new();
        let tiles = tiles as u64;
        let style = |template| {
            let style = ProgressStyle::with_template(template).expect("the template is right");
            style.progress_chars("█▓░")
        };
        let one = style("{prefix:9} {bar:40.cyan} {pos:>5} tiles  {msg}");
        let add = |worker| {
            let bar = all.add(ProgressBar::new(tiles).with_style(one.clone()));
            bar.with_prefix(format!("worker {worker}"))
        };
        let workers = (0..workers).map(add).collect();
        let style = style("all       {bar:40.yellow} {pos:>5} of {len} in {elapsed}");
        let sum = all.add(ProgressBar::new(tiles).with_style(style));
        Self { all, sum, workers }
    }

    pub fn begins(&self, worker: u32, tile: u32) {
        self.workers[worker as usize].set_message(format!("at tile {tile}"));
    }

    pub fn has_done(&self, worker: u32) {
        self.workers[worker as usize].inc(1);
        self.sum.inc(1);
    }

    pub fn ended(&self, worker: u32, end: &str) {
        self.workers[worker as usize].abandon_with_message(end.to_owned());
    }

    pub fn all_done(&self) {
        self.sum.abandon();
    }

    /// A line of its own, above the bars.
    pub fn say(&self, line: &str) {
        self.all.suspend(|| println!("{line}"));
    }
}
