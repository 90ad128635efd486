//! Tables cross a connection once each way, before the first object that names them.

use std::sync::Arc;

use crate::{
    Schema, SchemaHash,
    core::{
        Exchange, Member, ObjectId, Parcel, PeerId, Post, Profile, Sequencer, ToMember, Violation,
        exchange::TOLD,
        message::{self, ToHost},
    },
    schema::{
        Shape,
        tests::{at, table},
    },
    wire::put,
};

/// Tables that differ.
fn one(number: usize) -> Arc<Schema> {
    Arc::new(table(vec![Shape::Array(at(1), number), Shape::Text]))
}

fn hash(number: usize) -> SchemaHash {
    one(number).hash()
}

fn learn(exchange: &mut Exchange, number: usize) -> Result<(), Violation> {
    exchange.learn((*one(number)).clone())
}

/// What happens to one side of a connection.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// It must tell the table, or need not.
    Tell(usize, bool),
    /// It is told the table, or that is against the rules.
    Learn(usize, bool),
    /// The other side names the table, which it may or not.
    Named(usize, bool),
    /// It is told so many others.
    LearnMany(usize),
    /// It tells so many others.
    TellMany(usize),
    WasDropped,
    HasMissed,
}

/// Of a connection on which the other side has said that it has table 1, and this one that it has 2.
fn check(name: &str, acts: &[Act]) {
    let mut exchange = Exchange::new([hash(1)], [one(2)]);
    for act in acts {
        let as_expected = match *act {
            Act::Tell(number, must) => exchange.must_tell(hash(number)) == must,
            Act::Learn(number, true) => learn(&mut exchange, number).is_ok(),
            Act::Learn(number, false) => {
                let learnt = learn(&mut exchange, number);
                matches!(learnt, Err(Violation::ToldTwice(what)) if what == hash(number))
            }
            Act::Named(number, true) => exchange.table(hash(number)).unwrap() == one(number),
            Act::Named(number, false) => {
                let named = exchange.table(hash(number));
                matches!(named, Err(Violation::UnknownSchema(what)) if what == hash(number))
            }
            Act::LearnMany(count) => {
                (0..count).all(|number| learn(&mut exchange, 100 + number).is_ok())
            }
            Act::TellMany(count) => (0..count).all(|number| exchange.must_tell(hash(100 + number))),
            Act::WasDropped => {
                exchange.was_dropped();
                true
            }
            Act::HasMissed => {
                exchange.has_missed();
                true
            }
        };
        assert!(as_expected, "{name}: {act:?}");
    }
}

#[test]
fn both_sides_know_what_was_told() {
    use Act::{HasMissed, Learn, LearnMany, Named, Tell, TellMany, WasDropped};
    check("told once", &[Tell(0, true), Tell(0, false)]);
    check("told by a hello", &[Tell(1, false), Tell(2, true)]);
    check("never told", &[Named(0, false), Named(1, false)]);
    check("told", &[Learn(0, true), Named(0, true), Named(3, false)]);
    check("named at first", &[Named(2, true), Learn(1, true)]);
    check("twice", &[Learn(0, true), Learn(0, false), Named(0, true)]);
    check("told though it has it", &[Learn(2, false), Named(2, true)]);
    check(
        "each way",
        &[Tell(0, true), Named(0, false), Learn(0, true)],
    );
    check(
        "dropped",
        &[Tell(0, true), WasDropped, Tell(0, true), Tell(1, false)],
    );
    check(
        "missed",
        &[Learn(0, true), HasMissed, Named(0, false), Named(2, true)],
    );
    check(
        "told again after it was missed",
        &[Learn(0, true), HasMissed, Learn(0, true), Named(0, true)],
    );
    check(
        "dropped one way",
        &[Learn(0, true), WasDropped, Named(0, true), HasMissed],
    );
    check(
        "as many as are remembered",
        &[Learn(0, true), LearnMany(TOLD - 1), Named(0, true)],
    );
    check(
        "too many",
        &[
            Learn(0, true),
            LearnMany(TOLD),
            Named(0, false),
            Named(100, true),
        ],
    );
    check(
        "too many, and the first again",
        &[
            Learn(0, true),
            LearnMany(TOLD),
            Learn(0, true),
            Named(100, false),
        ],
    );
    check(
        "what was named at first is not forgotten",
        &[
            LearnMany(TOLD + 1),
            Named(2, true),
            TellMany(TOLD + 1),
            Tell(1, false),
        ],
    );
    check(
        "as many told as are remembered",
        &[Tell(0, true), TellMany(TOLD - 1), Tell(0, false)],
    );
    check(
        "too many told",
        &[
            Tell(0, true),
            TellMany(TOLD),
            Tell(0, true),
            Tell(100, true),
        ],
    );
}

#[test]
fn a_table_that_is_not_sound_is_not_learnt() {
    let mut exchange = Exchange::default();
    let endless = table(vec![Shape::Tuple(vec![at(0)])]);
    let hash = endless.hash();
    let learnt = exchange.learn(endless);
    assert!(
        matches!(learnt, Err(Violation::UnsoundSchema)),
        "{learnt:?}"
    );
    assert!(exchange.table(hash).is_err());
}

#[derive(Default)]
struct Posted(Vec<(PeerId, Vec<u8>)>);

impl Post for Posted {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        self.0.push((to, message.to_vec()));
    }
}

impl Posted {
    /// What was posted to a process since this was last asked of it.
    fn take(&mut self, to: PeerId) -> Vec<Vec<u8>> {
        let (its, others) = self.0.drain(..).partition(|(peer, _)| *peer == to);
        self.0 = others;
        its.into_iter().map(|(_, message)| message).collect()
    }
}

fn parcel(creator: PeerId, object: u32, number: usize) -> Parcel {
    let id = ObjectId {
        creator,
        number: object,
    };
    Parcel {
        at: u64::from(object),
        object: id,
        key: format!("key {object}").into(),
        schema: one(number),
        reserved: false,
        value: Arc::default(),
    }
}

/// The messages as they begin: `s` for a table, `o` for an object.
fn kinds(messages: &[Vec<u8>]) -> String {
    let kind = |message: &Vec<u8>| match message::read(message).unwrap() {
        ToMember::Schema { .. } => 's',
        ToMember::Object { .. } => 'o',
        ToMember::Resync => 'r',
        other => panic!("{other:?}"),
    };
    messages.iter().map(kind).collect()
}

#[test]
fn an_object_is_told_all_members_in_the_same_bytes() {
    let mut host: Sequencer<()> = Sequencer::new(crate::core::Memory::default());
    let mut post = Posted::default();
    let knowing = host.admit(Exchange::new([hash(0)], []), Profile::default());
    let ignorant = host.admit(Exchange::default(), Profile::default());
    let slow = host.admit(Exchange::default(), Profile::default());
    let create = |host: &mut Sequencer<()>, object, number, post: &mut Posted| {
        host.create(
            PeerId::HOST,
            &parcel(PeerId::HOST, object, number),
            (),
            post,
        );
    };
    create(&mut host, 1, 0, &mut post);
    let (told, all) = (post.take(knowing), post.take(ignorant));
    assert_eq!((&*kinds(&told), &*kinds(&all)), ("o", "so"));
    assert_eq!(told[0], all[1]);
    assert_eq!(post.take(slow), all);
    create(&mut host, 2, 0, &mut post);
    let told = [knowing, ignorant, slow].map(|peer| kinds(&post.take(peer)));
    assert_eq!(told, ["o", "o", "o"]);
    // What one has not read it is told again, the others not.
    host.lags(slow, &mut post);
    create(&mut host, 3, 1, &mut post);
    host.resume(slow, 2, 0, &mut Posted::default()).unwrap();
    create(&mut host, 4, 0, &mut post);
    create(&mut host, 5, 1, &mut post);
    let told = [knowing, ignorant, slow].map(|peer| kinds(&post.take(peer)));
    assert_eq!(told, ["sooo", "sooo", "rsoso"]);
}

#[test]
fn a_member_tells_a_table_before_the_first_object_that_names_it() {
    let mut host: Sequencer<()> = Sequencer::new(crate::core::Memory::default());
    let me = host.admit(Exchange::new([], [one(1)]), Profile::default());
    let mut member: Member<()> = Member::new(me, Exchange::new([hash(1)], []));
    let mut post = Posted::default();
    let mut live = Vec::new();
    put(
        &mut live,
        &ToMember::Live {
            seq: 0,
            deleted: vec![],
        },
    );
    member.receive(message::read(&live).unwrap()).unwrap();
    assert!(member.unsent(&mut post).is_none());
    for (object, number) in (1..).zip([0, 1, 0, 2, 1]) {
        member.create(&Arc::new(parcel(me, object, number)), (), &mut post);
    }
    let mut told = String::new();
    for message in post.take(PeerId::HOST) {
        let message: ToHost<'_> = message::read(&message).unwrap();
        told.push(match message {
            ToHost::Schema { .. } => 's',
            _ => 'c',
        });
        host.receive(me, message).unwrap();
    }
    assert_eq!(told, "scccscc");
}
