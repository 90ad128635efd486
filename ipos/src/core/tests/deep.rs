//! A deep mixed type, with random values and random patches of it, of which many have no target.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    fmt::Debug,
    hash::Hash,
};

use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Deserialize, Serialize};

use crate::{
    LeafPatch, ListPatch, MapPatch, NumberPatch, OptionPatch, SetPatch, Shared, TextPatch,
    Tuple2Patch,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(super) struct Task {
    pub(super) name: String,
    pub(super) done: bool,
}

/// Equal when the bits are: damaged bytes may be no number.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub(super) struct Share {
    pub(super) part: f32,
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.part.to_bits() == other.part.to_bits()
    }
}

type Pairs = BTreeMap<(u8, bool), (char, Option<String>)>;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(super) struct Deep {
    pub(super) title: String,
    pub(super) count: i64,
    pub(super) tasks: Vec<Task>,
    pub(super) owners: HashMap<String, Vec<u8>>,
    pub(super) tags: BTreeSet<u8>,
    pub(super) lead: Option<Box<Deep>>,
    pub(super) pairs: Pairs,
    pub(super) queue: VecDeque<HashSet<u16>>,
    pub(super) units: Vec<()>,
    pub(super) share: Share,
}

/// Values of `Deep` that hold others to the given depth.
pub(super) fn values(depth: u32) -> BoxedStrategy<Deep> {
    let lead = match depth.checked_sub(1) {
        None => Just(None).boxed(),
        Some(inner) => proptest::option::of(values(inner).prop_map(Box::new)).boxed(),
    };
    let rest = (pair_maps(), queues(), vec(Just(()), 0..4), shares());
    (
        text(),
        counts(),
        vec(task(), 0..4),
        owner_maps(),
        tag_sets(),
        lead,
        rest,
    )
        .prop_map(
            |(title, count, tasks, owners, tags, lead, (pairs, queue, units, share))| Deep {
                title,
                count,
                tasks,
                owners,
                tags,
                lead,
                pairs,
                queue,
                units,
                share,
            },
        )
        .boxed()
}

/// Patches of `Deep` that reach to the given depth.
pub(super) fn patches(depth: u32) -> BoxedStrategy<DeepPatch> {
    let lead = match depth.checked_sub(1) {
        None => Just(OptionPatch::Set(None)).boxed(),
        Some(inner) => {
            let value = values(inner).prop_map(Box::new);
            option(value.boxed(), patches(inner).prop_map(Box::new).boxed())
        }
    };
    let bytes = || list((0..4u8).boxed(), number(0..4u8));
    let pair = || Tuple2Patch::F0(LeafPatch::Set('p'));
    let pair_patches = prop_oneof![
        Just(pair()),
        option(text(), text_patches()).prop_map(Tuple2Patch::F1),
    ];
    prop_oneof![
        1 => text_patches().prop_map(DeepPatch::Title),
        1 => number(counts()).prop_map(DeepPatch::Count),
        1 => number(parts()).prop_map(SharePatch::Part).prop_map(DeepPatch::Share),
        3 => list(task(), task_patches()).prop_map(DeepPatch::Tasks),
        2 => map(text(), bytes_values(), bytes()).prop_map(DeepPatch::Owners),
        2 => set((0..4u8).boxed()).prop_map(DeepPatch::Tags),
        4 => lead.prop_map(DeepPatch::Lead),
        2 => map(pair_keys(), pair_values(), pair_patches.boxed()).prop_map(DeepPatch::Pairs),
        2 => list(numbers(), set((0..4u16).boxed())).prop_map(DeepPatch::Queue),
        1 => list(Just(()).boxed(), leaf(Just(()))).prop_map(DeepPatch::Units),
    ]
    .boxed()
}

/// A commit: patches one after the other, as a peer would send them.
pub(super) fn commits() -> BoxedStrategy<Vec<u8>> {
    vec(patches(2), 0..6)
        .prop_map(|patches| {
            patches
                .iter()
                .flat_map(|patch| postcard::to_stdvec(patch).unwrap())
                .collect()
        })
        .boxed()
}

fn text() -> BoxedStrategy<String> {
    select(vec!["", "a", "ä", "語🦀", "abc"])
        .prop_map(str::to_owned)
        .boxed()
}

fn task() -> BoxedStrategy<Task> {
    (text(), any::<bool>())
        .prop_map(|(name, done)| Task { name, done })
        .boxed()
}

fn bytes_values() -> BoxedStrategy<Vec<u8>> {
    vec(0..4u8, 0..4).boxed()
}

fn numbers() -> BoxedStrategy<HashSet<u16>> {
    collect(0..4u16)
}

fn tag_sets() -> BoxedStrategy<BTreeSet<u8>> {
    collect(0..4u8)
}

fn queues() -> BoxedStrategy<VecDeque<HashSet<u16>>> {
    collect(numbers())
}

fn owner_maps() -> BoxedStrategy<HashMap<String, Vec<u8>>> {
    collect((text(), bytes_values()))
}

fn pair_keys() -> BoxedStrategy<(u8, bool)> {
    (0..2u8, any::<bool>()).boxed()
}

fn pair_values() -> BoxedStrategy<(char, Option<String>)> {
    (any::<char>(), proptest::option::of(text())).boxed()
}

fn pair_maps() -> BoxedStrategy<Pairs> {
    collect((pair_keys(), pair_values()))
}

/// Containers of a few elements.
fn collect<T: Debug + 'static, C: FromIterator<T> + Debug + 'static>(
    element: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<C> {
    vec(element, 0..4).prop_map(C::from_iter).boxed()
}

fn task_patches() -> BoxedStrategy<TaskPatch> {
    prop_oneof![
        text_patches().prop_map(TaskPatch::Name),
        leaf(any::<bool>()).prop_map(TaskPatch::Done),
    ]
    .boxed()
}

fn leaf<T: Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<LeafPatch<T>> {
    value.prop_map(LeafPatch::Set).boxed()
}

fn number<T: Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + Clone + 'static,
) -> BoxedStrategy<NumberPatch<T>> {
    prop_oneof![
        value.clone().prop_map(NumberPatch::Set),
        value.clone().prop_map(NumberPatch::Add),
        value.prop_map(NumberPatch::Sub),
    ]
    .boxed()
}

fn counts() -> BoxedStrategy<i64> {
    prop_oneof![4 => 0..9i64, 1 => Just(i64::MIN)].boxed()
}

/// Of which sums are rounded, or no number.
fn parts() -> BoxedStrategy<f32> {
    let infinite = [f32::INFINITY, f32::NEG_INFINITY];
    select([&[0.0, -0.0, 0.1, 0.3, -1e9], &infinite[..]].concat()).boxed()
}

fn shares() -> BoxedStrategy<Share> {
    parts().prop_map(|part| Share { part }).boxed()
}

fn text_patches() -> BoxedStrategy<TextPatch> {
    prop_oneof![
        text().prop_map(TextPatch::Set),
        (position(), text()).prop_map(|(at, text)| TextPatch::Push(at, text)),
        (position(), 0..4usize, text()).prop_map(|(at, removed, inserted)| TextPatch::Splice {
            at,
            removed,
            inserted
        }),
    ]
    .boxed()
}

fn position() -> BoxedStrategy<usize> {
    prop_oneof![12 => 0..5usize, 1 => Just(usize::MAX)].boxed()
}

fn option<T: Shared>(
    value: BoxedStrategy<T>,
    patch: BoxedStrategy<T::Patch>,
) -> BoxedStrategy<OptionPatch<T>> {
    prop_oneof![
        1 => proptest::option::of(value).prop_map(OptionPatch::Set),
        3 => patch.prop_map(OptionPatch::Some),
    ]
    .boxed()
}

fn list<T: Shared>(
    item: BoxedStrategy<T>,
    patch: BoxedStrategy<T::Patch>,
) -> BoxedStrategy<ListPatch<T>> {
    let items = vec(item.clone(), 0..4);
    prop_oneof![
        1 => items.clone().prop_map(ListPatch::Set),
        4 => (position(), patch).prop_map(|(at, patch)| ListPatch::At(at, Box::new(patch))),
        1 => (position(), item.clone()).prop_map(|(at, item)| ListPatch::Push(at, item)),
        1 => (position(), item).prop_map(|(at, item)| ListPatch::Insert(at, item)),
        1 => position().prop_map(ListPatch::Remove),
        1 => (position(), 0..3usize, items).prop_map(|(at, removed, inserted)| ListPatch::Splice {
            at,
            removed,
            inserted
        }),
        1 => (position(), position()).prop_map(|(a, b)| ListPatch::Swap(a, b)),
        1 => (0..5usize).prop_flat_map(|n| Just((0..n).collect::<Vec<_>>()).prop_shuffle())
            .prop_map(ListPatch::Permute),
        1 => vec(position(), 0..4).prop_map(ListPatch::Permute),
        1 => vec(position(), 0..4).prop_map(ListPatch::Retain),
    ]
    .boxed()
}

fn map<K: Shared + Hash + Eq, V: Shared>(
    key: BoxedStrategy<K>,
    value: BoxedStrategy<V>,
    patch: BoxedStrategy<V::Patch>,
) -> BoxedStrategy<MapPatch<K, V>> {
    prop_oneof![
        // Keys may be there twice.
        1 => vec((key.clone(), value.clone()), 0..4).prop_map(MapPatch::Set),
        2 => (key.clone(), value).prop_map(|(key, value)| MapPatch::Insert(key, value)),
        2 => key.clone().prop_map(MapPatch::Remove),
        3 => (key, patch).prop_map(|(key, patch)| MapPatch::At(key, Box::new(patch))),
    ]
    .boxed()
}

fn set<T: Shared>(item: BoxedStrategy<T>) -> BoxedStrategy<SetPatch<T>> {
    prop_oneof![
        1 => vec(item.clone(), 0..4).prop_map(SetPatch::Set),
        2 => item.clone().prop_map(SetPatch::Insert),
        2 => item.prop_map(SetPatch::Remove),
    ]
    .boxed()
}
