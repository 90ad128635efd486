//! Types with parameters: what is asked of them, and what is generated for them.

use std::{collections::BTreeMap, fmt::Debug, marker::PhantomData};

use ipos::Shared;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{check, check_schema, structs::Task};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Buffer<T> {
    pub items: Vec<T>,
    pub last: Option<Box<T>>,
}

#[test]
fn a_parameter_has_to_be_shared() {
    let buffer = Buffer {
        items: vec![Task::default()],
        last: None,
    };
    check(
        buffer,
        |buffer| {
            buffer.items_mut().at(0).set_done(true);
            buffer.set_last(Some(Box::default()));
            buffer.last_mut().as_mut().unwrap().set_name("l");
        },
        &[
            "Items(At(0, Done(Set(true))))",
            r#"Last(Set(Some(Task { name: "", done: false })))"#,
            r#"Last(Some(Name(Set("l"))))"#,
        ],
    );
    check_schema::<Buffer<u8>>("struct Buffer { items: Vec<u8>, last: Option<u8>, }");
}

/// Code that is generic itself can use all that is generated.
fn push<T: Shared + Default>(buffer: &mut BufferMut<'_, T>) -> BufferPatch<T> {
    buffer.items_mut().push(T::default());
    BufferPatch::Items(ipos::ListPatch::Push(0, T::default()))
}

#[test]
fn generic_code_can_name_what_is_generated() {
    check(
        Buffer::<u8>::default(),
        |buffer| {
            assert_eq!(format!("{:?}", push(buffer)), "Items(Push(0, 0))");
        },
        &["Items(Push(0, 0))"],
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Tree<K, V: Default = u8>
where
    K: Ord,
{
    Leaf,
    Value(V),
    Node {
        inner: BTreeMap<K, Tree<K, V>>,
        value: V,
    },
    Key(K, u8),
}

#[test]
fn an_enum_may_have_parameters_with_bounds_and_defaults() {
    let tree: Tree<String> = Tree::Node {
        inner: BTreeMap::from([("a".to_owned(), Tree::Leaf)]),
        value: 1,
    };
    check(
        tree,
        |tree: &mut TreeMut<'_, String>| {
            let change = |node: &mut TreeMutNode<'_, String>| {
                let mut inner = node.inner_mut();
                let mut value = inner.get_mut("a").unwrap();
                value.set(Tree::Value(2));
                value.value_mut().unwrap().add(1);
            };
            change(&mut tree.node_mut().unwrap());
            tree.set(Tree::Key("k".to_owned(), 0));
            tree.key_mut().unwrap().set_0("l");
        },
        &[
            r#"Node(Inner(At("a", Set(Value(2)))))"#,
            r#"Node(Inner(At("a", Value(Add(1)))))"#,
            r#"Set(Key("k", 0))"#,
            r#"Key(F0(Set("l")))"#,
        ],
    );
}

pub trait Kind {
    type Item: Default;
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words;

impl Kind for Words {
    type Item = String;
}

/// Serde infers the bound of what is a field's type, but not of what is in a list.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(bound = "K::Item: Serialize + DeserializeOwned")]
struct Of<K: Kind> {
    item: K::Item,
    items: Vec<<K as Kind>::Item>,
}

#[test]
fn an_associated_type_has_to_be_shared() {
    check(
        Of::<Words>::default(),
        |of| {
            of.set_item("i");
            of.items_mut().push("j".to_owned());
        },
        &[r#"Item(Set("i"))"#, r#"Items(Push(0, "j"))"#],
    );
}

/// A parameter that no shared field has.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Tagged<T> {
    id: u32,
    #[shared(skip)]
    tag: PhantomData<T>,
}

#[test]
fn a_parameter_may_be_a_tag() {
    check(
        Tagged::<Words>::default(),
        |tagged| tagged.set_id(1),
        &["Id(Set(1))"],
    );
    let TaggedPatch::Id(patch) = TaggedPatch::<Words>::Id(ipos::NumberPatch::Set(1));
    assert_eq!(format!("{patch:?}"), "Set(1)");
}

/// Each of several parameters in another variant.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Either<A, B> {
    Left { value: A, count: u8 },
    Right(B),
}

#[test]
fn a_variant_need_not_have_all_parameters() {
    let left = Either::<u8, String>::Left { value: 1, count: 2 };
    check(
        left,
        |either| {
            either.left_mut().unwrap().set_value(3);
            either.set(Either::Right("r".to_owned()));
            either.right_mut().unwrap().push('s');
        },
        &[
            "Left(Value(Set(3)))",
            r#"Set(Right("r"))"#,
            r#"Right(Push(1, "s"))"#,
        ],
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Sized<const N: usize, const SIGNED: bool = false> {
    items: Vec<u8>,
}

impl<const N: usize, const SIGNED: bool> SizedMut<'_, N, SIGNED> {
    /// A user's own method of a wrapper.
    fn fill(&mut self) {
        for _ in 0..N {
            self.items_mut().push(u8::from(SIGNED));
        }
    }
}

#[test]
fn a_parameter_may_be_a_constant() {
    check(
        Sized::<2>::default(),
        |sized| sized.fill(),
        &["Items(Push(0, 0))", "Items(Push(1, 0))"],
    );
    check(
        Sized::<1, true>::default(),
        |sized| sized.fill(),
        &["Items(Push(0, 1))"],
    );
}

/// Bounds that replace the inferred ones.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(bound = "T: Serialize + DeserializeOwned")]
#[shared(bound = "T: Shared + Debug, Vec<T>: Shared")]
struct Bound<T>
where
    T: Clone,
{
    list: Vec<T>,
    again: Option<Vec<T>>,
}

#[test]
fn the_bounds_may_be_given() {
    let bound = Bound {
        list: vec![1u8],
        again: None,
    };
    check(
        bound,
        |bound| bound.list_mut().push(2),
        &["List(Push(1, 2))"],
    );
}

/// Parameters named as what is generated.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Letters<S, D, V, A>
where
    for<'a> &'a S: Debug,
{
    s: S,
    d: D,
    v: V,
    a: A,
}

#[test]
fn a_parameter_may_have_any_name() {
    let letters = Letters {
        s: 1u8,
        d: 'd',
        v: true,
        a: String::new(),
    };
    check(letters, |letters| letters.set_a("a"), &[r#"A(Set("a"))"#]);
}

/// Holds values of its own type, by a parameter.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Chain<T> {
    here: T,
    next: Option<Box<Chain<T>>>,
    own: Vec<Self>,
}

#[test]
fn a_generic_type_may_hold_itself() {
    let link = |here, next| Chain {
        here,
        next,
        own: vec![],
    };
    check(
        link(1u8, Some(Box::new(link(2, None)))),
        |chain| {
            chain.next_mut().as_mut().unwrap().set_here(3);
            chain.own_mut().push(link(4, None));
        },
        &[
            "Next(Some(Here(Set(3))))",
            "Own(Push(0, Chain { here: 4, next: None, own: [] }))",
        ],
    );
}
