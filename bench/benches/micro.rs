//! How long the steps of a commit take: `cargo bench -p ipos-bench --bench micro`.

#[path = "../instructions/src/board.rs"]
mod board;

use board::{Board, CELLS, Cell, board};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use ipos::{
    __private::Reader,
    Shared,
    measured::{Copy, transform},
};

/// How many changes a commit has.
const CHANGES: u64 = 1000;

/// A change of a board: what it is called, and the one of a number.
type Change = (&'static str, fn(&mut <Board as Shared>::Mut<'_>, u64));

const CHANGE: [Change; 4] = [
    ("field", |board, number| board.set_tick(number)),
    ("element", |board, number| {
        board.cells_mut().at(at(number)).set_count(number);
    }),
    ("text", |board, number| {
        board
            .cells_mut()
            .at(at(number))
            .set_name(number.to_string());
    }),
    ("push", |board, number| {
        board.cells_mut().push(Cell {
            name: String::new(),
            count: number,
        });
    }),
];

fn at(number: u64) -> usize {
    usize::try_from(number).expect("it is small") % CELLS
}

/// A copy with an open commit of so many changes.
fn opened(change: Change, changes: u64) -> Copy<Board> {
    let mut copy = Copy::new(board());
    record(&mut copy, change, changes);
    copy
}

fn record(copy: &mut Copy<Board>, (_, change): Change, changes: u64) {
    copy.record(|board| (0..changes).for_each(|number| change(board, number)));
}

/// Commits: recorded, applied and taken back.
fn commits(criterion: &mut Criterion) {
    for change in CHANGE {
        let patches = opened(change, CHANGES).recorded().to_vec();
        let mut group = criterion.benchmark_group(change.0);
        group.throughput(Throughput::Elements(CHANGES));
        group.bench_function("record", |bencher| {
            // Buffers are there, as in an object that is written all the time.
            let ready = || {
                let mut copy = opened(change, CHANGES);
                copy.undo();
                copy
            };
            bencher.iter_batched_ref(
                ready,
                |copy| record(copy, change, CHANGES),
                BatchSize::SmallInput,
            );
        });
        group.bench_function("apply", |bencher| {
            bencher.iter_batched_ref(
                || Copy::new(board()),
                |copy| copy.apply(&patches).expect("it was recorded"),
                BatchSize::SmallInput,
            );
        });
        group.bench_function("undo", |bencher| {
            bencher.iter_batched_ref(
                || opened(change, CHANGES),
                Copy::undo,
                BatchSize::SmallInput,
            );
        });
        group.finish();
    }
}

/// Whole values, as those who join are given them.
fn values(criterion: &mut Criterion) {
    let board = Board {
        cells: (0..CHANGES)
            .map(|count| Cell {
                name: count.to_string(),
                count,
            })
            .collect(),
        ..Board::default()
    };
    let mut bytes = Vec::new();
    board.encode(&mut bytes);
    let mut group = criterion.benchmark_group("value");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("encode", |bencher| {
        let mut out = Vec::with_capacity(bytes.len());
        bencher.iter(|| {
            out.clear();
            board.encode(&mut out);
            out.len()
        });
    });
    group.bench_function("decode", |bencher| {
        bencher.iter(|| Board::decode(&mut Reader::new(&bytes)).expect("it was written"));
    });
    group.finish();
}

/// A commit of one change behind another one: of something else, of the same, and of where it leads.
fn transforms(criterion: &mut Criterion) {
    let [field, element, _, push] = CHANGE;
    let front: Change = ("front", |board, number| {
        board.cells_mut().insert(
            0,
            Cell {
                name: String::new(),
                count: number,
            },
        );
    });
    let mut group = criterion.benchmark_group("transform");
    for (name, later, earlier) in [
        ("apart", field, element),
        ("same", field, field),
        ("pushes", push, push),
        ("shifted", element, front),
    ] {
        let (later, earlier) = (opened(later, 1), opened(earlier, 1));
        let schema = later.schema();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                transform(schema, later.recorded(), earlier.recorded()).expect("both were recorded")
            });
        });
    }
    group.finish();
}

criterion_group!(micro, commits, values, transforms);
criterion_main!(micro);
