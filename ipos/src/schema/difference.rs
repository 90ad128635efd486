//! What differs between two schemas, in words.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt,
};

use super::{
    Field, Schema, Shape, TypeRef, Variant,
    name::{Cut, are_numbered},
};

/// How many differences are told.
const LIMIT: usize = 12;

/// How many pairs of types are compared.
const PAIRS: usize = 1 << 16;

/// How long the way to a difference may be, in characters. Of a longer one the end is told.
const WAY: usize = 200;

/// One thing that differs between two schemas; see [`Schema::difference`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    path: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// Two types.
    Is(String, String),
    OnlyHere,
    OnlyThere,
    /// It has another name there.
    Called(String),
    /// It and another one have changed places.
    Order(String),
    HostOnlyHere,
    HostOnlyThere,
    /// The tables differ though the types do not.
    Told,
    /// There are more differences.
    More,
}

impl Difference {
    /// Where it is: the names of fields from the root type on. `[]` stands for the elements of a list or
    /// a set and for the values of a map, `[key]` for its keys, and `?` for what is in an option.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// In words, with `there` for where the other schema is from.
    pub(crate) fn told(&self, there: &str) -> String {
        let path = &self.path;
        match &self.what {
            What::Is(this, that) => format!("{path} is {this} here and {that} {there}"),
            What::OnlyHere => format!("{path} exists only here"),
            What::OnlyThere => format!("{path} exists only {there}"),
            What::Called(name) => format!("{path} is called {name} {there}"),
            What::Order(other) => format!("{path} and {other} stand in another order"),
            What::HostOnlyHere => format!("{path} is #[host_only] only here"),
            What::HostOnlyThere => format!("{path} is #[host_only] only {there}"),
            What::Told => {
                format!("{path} means the same, and is told by another table of types {there}")
            }
            What::More => "there are more differences".to_owned(),
        }
    }
}

/// In words, with *here* for the schema that was asked and *there* for the other one.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told("there"))
    }
}

impl Schema {
    /// What differs between this schema and another one: nothing when they are equal, and something when
    /// they are not. What is nearer to the root comes first; at most a dozen are told.
    ///
    /// ```
    /// let (here, there) = (ipos::schema_of::<Vec<u8>>(), ipos::schema_of::<Vec<bool>>());
    /// let [difference] = &here.difference(&there)[..] else { panic!() };
    /// assert_eq!(difference.to_string(), "value[] is u8 here and bool there");
    /// ```
    pub fn difference(&self, other: &Self) -> Vec<Difference> {
        if self == other {
            return vec![];
        }
        let root = match (self.shape(self.root), other.shape(other.root)) {
            (Shape::Struct(name, _), Shape::Struct(that, _))
            | (Shape::Enum(name, _), Shape::Enum(that, _))
                if name == that =>
            {
                Cut(name).to_string()
            }
            _ => "value".to_owned(),
        };
        let mut search = Search {
            here: self,
            there: other,
            met: HashSet::new(),
            next: VecDeque::new(),
            found: vec![],
        };
        search.meet(root.clone(), self.root, other.root);
        search.run();
        if search.found.is_empty() {
            search.note(root, What::Told);
        }
        search.found
    }
}

struct Search<'a> {
    here: &'a Schema,
    there: &'a Schema,
    /// The pairs of types that were met.
    met: HashSet<(TypeRef, TypeRef)>,
    /// Those that are still to be compared, with the way to them.
    next: VecDeque<(String, TypeRef, TypeRef)>,
    found: Vec<Difference>,
}

impl Search<'_> {
    fn run(&mut self) {
        while let Some((path, here, there)) = self.next.pop_front() {
            if self.found.len() > LIMIT {
                self.found.truncate(LIMIT);
                self.note(String::new(), What::More);
                return;
            }
            self.compare(&path, here, there);
        }
    }

    fn note(&mut self, path: String, what: What) {
        self.found.push(Difference { path, what });
    }

    fn meet(&mut self, path: String, here: TypeRef, there: TypeRef) {
        if self.met.len() < PAIRS && self.met.insert((here, there)) {
            self.next.push_back((path, here, there));
        }
    }

    fn compare(&mut self, path: &str, here: TypeRef, there: TypeRef) {
        let (this, that) = (self.here.shape(here), self.there.shape(there));
        if !are_alike(this, that) {
            let what = What::Is(self.here.kind(here), self.there.kind(there));
            return self.note(path.to_owned(), what);
        }
        match (this, that) {
            (&Shape::Option(this), &Shape::Option(that)) => self.meet(way(path, "?"), this, that),
            (&Shape::Events(this), &Shape::Events(that)) => self.meet(way(path, "!"), this, that),
            (&Shape::List(_, this), &Shape::List(_, that))
            | (&Shape::Set(_, this), &Shape::Set(_, that))
            | (&Shape::Array(this, _), &Shape::Array(that, _)) => {
                self.meet(way(path, "[]"), this, that);
            }
            (&Shape::Map(_, this_key, this), &Shape::Map(_, that_key, that)) => {
                self.meet(way(path, "[key]"), this_key, that_key);
                self.meet(way(path, "[]"), this, that);
            }
            (Shape::Tuple(this), Shape::Tuple(that)) => {
                for (i, (&this, &that)) in this.iter().zip(that).enumerate() {
                    self.meet(way(path, &format!(".{i}")), this, that);
                }
            }
            (&Shape::Atom(_, this), &Shape::Atom(_, that)) => {
                self.meet(path.to_owned(), this, that);
            }
            (Shape::Struct(_, this), Shape::Struct(_, that)) => self.fields(path, this, that),
            (Shape::Enum(_, this), Shape::Enum(_, that)) => self.variants(path, this, that),
            _ => {}
        }
    }

    fn fields(&mut self, path: &str, here: &[Field], there: &[Field]) {
        let place = |name: &str| way(path, &format!(".{}", Cut(name)));
        let (schemas, is_tuple) = (
            (self.here, self.there),
            are_numbered(here) || are_numbered(there),
        );
        let renamed = |this: &Field, that: &Field| {
            let shapes = (schemas.0.shape(this.ty), schemas.1.shape(that.ty));
            !is_tuple && are_alike(shapes.0, shapes.1)
        };
        for (this, that) in self.pair(&place, here, there, renamed) {
            if this.host_only != that.host_only {
                let only_here = this.host_only;
                let what = if only_here {
                    What::HostOnlyHere
                } else {
                    What::HostOnlyThere
                };
                self.note(place(&this.name), what);
            }
            self.meet(place(&this.name), this.ty, that.ty);
        }
    }

    fn variants(&mut self, path: &str, here: &[Variant], there: &[Variant]) {
        let place = |name: &str| way(path, &format!("::{}", Cut(name)));
        let renamed = |this: &Variant, that: &Variant| this.fields.len() == that.fields.len();
        for (this, that) in self.pair(&place, here, there, renamed) {
            self.fields(&place(&this.name), &this.fields, &that.fields);
        }
    }

    /// Notes what only one side has, what is called otherwise and what stands in another order. Gives
    /// those that both sides have.
    fn pair<'t, T: Named>(
        &mut self,
        place: &impl Fn(&str) -> String,
        here: &'t [T],
        there: &'t [T],
        renamed: impl Fn(&T, &T) -> bool,
    ) -> Vec<(&'t T, &'t T)> {
        let (ours, theirs) = (places(here), places(there));
        let is_renamed = |i: usize| match (here.get(i), there.get(i)) {
            (Some(this), Some(that)) => {
                !theirs.contains_key(this.name())
                    && !ours.contains_key(that.name())
                    && renamed(this, that)
            }
            _ => false,
        };
        let mut common = vec![];
        for (i, this) in here.iter().enumerate() {
            if self.found.len() > LIMIT {
                return vec![];
            }
            match theirs.get(this.name()) {
                Some(&j) => common.push((i, j)),
                None if is_renamed(i) => {
                    let name = Cut(there[i].name()).to_string();
                    self.note(place(this.name()), What::Called(name));
                }
                None => self.note(place(this.name()), What::OnlyHere),
            }
        }
        for (j, that) in there.iter().enumerate() {
            if self.found.len() > LIMIT {
                return vec![];
            }
            if !ours.contains_key(that.name()) && !is_renamed(j) {
                self.note(place(that.name()), What::OnlyThere);
            }
        }
        let mut order: Vec<usize> = common.iter().map(|&(_, j)| j).collect();
        order.sort_unstable();
        let mut moved = common.iter().zip(order).filter(|((_, j), due)| j != due);
        if let Some((&(i, _), due)) = moved.next() {
            let what = What::Order(place(there[due].name()));
            self.note(place(here[i].name()), what);
        }
        let pairs = common.into_iter().map(|(i, j)| (&here[i], &there[j]));
        pairs.collect()
    }
}

/// What goes by its name.
trait Named {
    fn name(&self) -> &str;
}

impl Named for Field {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Variant {
    fn name(&self) -> &str {
        &self.name
    }
}

/// Where each name stands.
fn places<T: Named>(all: &[T]) -> HashMap<&str, usize> {
    let places = all.iter().enumerate().map(|(i, one)| (one.name(), i));
    places.collect()
}

/// Whether two types are alike but for what they are made of.
fn are_alike(this: &Shape, that: &Shape) -> bool {
    match (this, that) {
        (Shape::Leaf(this), Shape::Leaf(that)) => this == that,
        (Shape::Text, Shape::Text)
        | (Shape::Option(_), Shape::Option(_))
        | (Shape::Events(_), Shape::Events(_)) => true,
        (Shape::List(this, _), Shape::List(that, _))
        | (Shape::Map(this, ..), Shape::Map(that, ..))
        | (Shape::Set(this, _), Shape::Set(that, _))
        | (Shape::Struct(this, _), Shape::Struct(that, _))
        | (Shape::Enum(this, _), Shape::Enum(that, _))
        | (Shape::Atom(this, _), Shape::Atom(that, _))
        | (Shape::Opaque(this), Shape::Opaque(that)) => this == that,
        (Shape::Tuple(this), Shape::Tuple(that)) => this.len() == that.len(),
        (Shape::Array(_, this), Shape::Array(_, that)) => this == that,
        _ => false,
    }
}

/// A way and one more step; its end if it is long.
fn way(path: &str, step: &str) -> String {
    let whole = format!("{path}{step}");
    let excess = whole.chars().count().saturating_sub(WAY);
    if excess == 0 {
        return whole;
    }
    let end = whole.chars().skip(excess);
    std::iter::once('…').chain(end).collect()
}
