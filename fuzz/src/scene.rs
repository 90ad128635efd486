//! A session in one thread: a host with objects, an honest member, and a place for another one.

use fastrand::Rng;
use ipos::{
    __private::Finish,
    PeerId, Shared,
    simulation::{Asked, Dynamic, Host, Member, Memory, Request, Told, Written},
};

use crate::{
    records::{put_varint, varint},
    subject::{Deep, DeepMut, Guarded, edit},
};

/// How much a host remembers here: little, so that what it has forgotten is asked for.
const MEMORY: Memory = Memory {
    commits: 8,
    changes: 12,
};

/// What the guarded object counts, which nobody may change here.
const AUDITED: u64 = 77;

/// A host and an honest member, which takes all that the host tells it.
#[derive(Debug)]
pub struct Scene {
    pub host: Host,
    pub honest: Member,
    honest_id: PeerId,
    /// The other member.
    pub other: PeerId,
    /// What was posted to the other member.
    pub to_other: Vec<Vec<u8>>,
}

impl Scene {
    pub fn new() -> Self {
        let mut host = Host::new(MEMORY);
        host.create("deep", Deep::default());
        host.create(
            "guarded",
            Guarded {
                audited: AUDITED,
                ..Guarded::default()
            },
        );
        host.create("list", vec!["a".to_owned(), "b".to_owned()]);
        let short = |_: &Vec<u64>, after: &Vec<u64>, _: &ipos::Origin| match after.len() {
            0..8 => Ok(()),
            _ => Err("it is long".to_owned()),
        };
        host.create_with("judged", vec![1u64, 2], short);
        let honest_id = host.admit();
        let other = host.admit();
        let mut scene = Self {
            host,
            honest: Member::new(honest_id),
            honest_id,
            other,
            to_other: vec![],
        };
        scene.bring_in(honest_id);
        scene.bring_in(other);
        scene.deliver();
        scene
    }

    /// Gives a member all that it is owed, and tells it that it is live.
    fn bring_in(&mut self, peer: PeerId) {
        while self.host.give_next(peer) {}
        self.host.live(peer);
    }

    /// Does what is asked of whoever runs the host; `false` when the member has left.
    fn serve(&mut self, peer: PeerId, request: &Request) -> bool {
        match request {
            Request::Done => {}
            Request::Refused { .. } => while self.host.give_next(peer) {},
            Request::Resumed => self.bring_in(peer),
            Request::Goodbye => return false,
        }
        true
    }

    /// A message of the other member; `false` when it has left.
    pub fn receive(&mut self, message: &[u8]) -> Result<bool, String> {
        let request = self.host.receive(self.other, message)?;
        Ok(self.serve(self.other, &request))
    }

    /// Delivers all that is under way from and to the honest member.
    pub fn deliver(&mut self) {
        loop {
            let posted = self.host.take_outgoing();
            let answers = self.honest.take_outgoing();
            if posted.is_empty() && answers.is_empty() {
                break;
            }
            for (to, message) in posted {
                if to == self.other {
                    Told::read(&message).expect("a host writes what can be read");
                    self.to_other.push(message);
                } else {
                    let taken = self.honest.receive(&message);
                    taken.expect("a host writes what a member can take");
                }
            }
            for message in answers {
                Asked::read(&message).expect("a member writes what can be read");
                let request = self.host.receive(self.honest_id, &message);
                let request = request.expect("an honest member is let be");
                assert!(self.serve(self.honest_id, &request), "it does not leave");
            }
        }
        self.host.take_noticed();
        self.honest.take_noticed();
    }

    /// The host edits its object by a script.
    pub fn edit_at_host(&mut self, script: u64) {
        let change = |deep: &mut DeepMut<'_>| {
            edit(deep, &mut Rng::with_seed(script));
            Finish::Commit
        };
        self.host.update::<Deep>("deep", change);
    }

    /// The honest member does.
    pub fn edit_at_honest(&mut self, script: u64) {
        edit_at(&mut self.honest, script);
    }

    /// The other member is cut off: what was posted to it does not arrive.
    pub fn cut_off(&mut self) {
        self.deliver();
        self.host.cut_off(self.other);
        self.to_other.clear();
    }

    /// The other member, which was cut off, is connected again. It is told nothing before it asks.
    pub fn come_back(&mut self) {
        self.host.come_back(self.other);
    }

    /// The other member is let go, and another one comes in its place.
    pub fn come_as_another(&mut self) {
        self.dismiss();
        self.deliver();
        self.to_other.clear();
        self.other = self.host.admit();
        self.bring_in(self.other);
    }

    /// The other member is let go.
    pub fn dismiss(&mut self) {
        self.host.dismiss(self.other);
    }

    /// What must hold whatever the other member has said: the host and the honest member go on, have the same
    /// objects, and could tell them anybody.
    pub fn check(&mut self) {
        self.edit_at_host(1);
        self.edit_at_honest(2);
        self.deliver();
        let keys = self.host.keys();
        assert_eq!(keys, self.honest.keys(), "they have the same keys");
        for key in keys {
            let held = self.host.named(&key).expect("it was just named").view();
            let other = self.honest.named(&key).expect("it was just named").view();
            assert_eq!(held.object, other.object, "they have the same object");
            assert!(other.pending.is_empty(), "every proposal has its verdict");
            let told = |bytes: &[u8]| Dynamic::read(bytes, &held.schema);
            let (held, other) = (told(&held.value), told(&other.value));
            let held = held.expect("what was accepted can be read again");
            let other = other.expect("what was accepted can be read again");
            assert_eq!(held.ordered(), other.ordered(), "`{key}` is equal in both");
        }
        let guarded = self.host.named("guarded").expect("nobody may delete it");
        let guarded: Guarded = decode(&guarded.view().value);
        assert_eq!(guarded.audited, AUDITED, "that is for the host alone");
    }
}

impl Default for Scene {
    fn default() -> Self {
        Self::new()
    }
}

fn decode<T: Shared>(bytes: &[u8]) -> T {
    let schema = std::sync::Arc::new(ipos::schema_of::<T>());
    ipos::simulation::decode(bytes, &schema).expect("it is what it was created as")
}

/// A member edits the deep object, if it has it: by wrappers or actions, as a whole or not.
pub fn edit_at(member: &mut Member, script: u64) -> Written {
    let mut rng = Rng::with_seed(script);
    let whole = rng.u8(..4) == 0;
    member.update::<Deep>("deep", whole, |deep| {
        match rng.u8(..6) {
            0 => drop(deep.call(Deep::play_action(script))),
            1 => {
                edit(deep, &mut rng);
                drop(deep.call(Deep::play_action(script)));
                edit(deep, &mut rng);
            }
            _ => edit(deep, &mut rng),
        }
        Finish::Commit
    })
}

/// The number of a proposal, or of a verdict on one, if the message is one: what kind it is, where the number
/// stands, and how many bytes it takes. `leading` is how many numbers stand before it.
fn number_at(message: &[u8], leading: usize) -> Option<(usize, usize)> {
    let mut at = varint(message)?.1;
    for _ in 0..leading {
        at += varint(message.get(at..)?)?.1;
    }
    Some((at, varint(message.get(at..)?)?.1))
}

fn with_number(message: &[u8], leading: usize, number: u64) -> Option<Vec<u8>> {
    let (at, size) = number_at(message, leading)?;
    let mut new = message[..at].to_vec();
    put_varint(&mut new, u128::from(number));
    new.extend(&message[at + size..]);
    Some(new)
}

/// Whether a message to a host is a proposal.
pub fn is_proposal(message: &[u8]) -> bool {
    matches!(message.first(), Some(0 | 1 | 3 | 11))
}

/// A message to a host, a proposal with this number.
pub fn proposed(message: &[u8], number: u64) -> Vec<u8> {
    let new = is_proposal(message).then(|| with_number(message, 0, number));
    new.flatten().unwrap_or_else(|| message.to_vec())
}

/// Whether a message to a member is a verdict.
pub fn is_verdict(message: &[u8]) -> bool {
    matches!(message.first(), Some(3..=6 | 15 | 16))
}

/// A message to a member, a verdict on the proposal of this number.
pub fn judged(message: &[u8], number: u64) -> Vec<u8> {
    let leading = usize::from(message.first() != Some(&5));
    let new = is_verdict(message).then(|| with_number(message, leading, number));
    new.flatten().unwrap_or_else(|| message.to_vec())
}
