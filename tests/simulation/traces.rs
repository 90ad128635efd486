//! Traces that once broke a promise, or that show a rule by themselves.

use ipos::simulation::Memory;

use super::session::{
    deep::Focus,
    rule::Rule,
    run::replay,
    step::{Actor, Edits, Link, Step},
    values::Kind,
};

fn update(actor: Actor, script: u64) -> Step {
    update_as(actor, script, false)
}

fn update_as(actor: Actor, script: u64, whole: bool) -> Step {
    let edits = Edits {
        focus: Focus::Everything,
        script,
        count: 1,
        whole,
    };
    Step::Update {
        actor,
        key: 0,
        edits,
    }
}

fn create(actor: Actor) -> Step {
    create_as(actor, Kind::Words, None)
}

fn create_as(actor: Actor, kind: Kind, rule: Option<Rule>) -> Step {
    Step::Create {
        actor,
        key: 0,
        kind,
        rule,
        script: 0,
    }
}

fn delete(actor: Actor) -> Step {
    Step::Delete { actor, key: 0 }
}

#[track_caller]
fn check(rule: &str, steps: &[Step]) {
    let mut story = vec![];
    let memory = Memory {
        commits: 8,
        changes: 32,
    };
    if let Err(what) = replay(memory, steps, &mut story) {
        panic!("{rule}: {what}\n{}", story.join("\n"));
    }
}

#[test]
fn traces_keep_the_promises() {
    use Actor::{Host, Member};
    check(
        "a creation has its place in the order, however many proposals came to nothing",
        &[
            vec![create(Host), Step::Join(1), Step::Rest, delete(Host)],
            (0..20).map(|script| update(Member(1), script)).collect(),
            vec![create(Member(1)), Step::Rest, update(Host, 1), Step::Rest],
        ]
        .concat(),
    );
    check(
        "what a member did last with a key hides what the host tells of it",
        &[
            Step::Join(1),
            Step::Rest,
            create(Host),
            create(Member(1)),
            delete(Member(1)),
            create(Host),
            Step::Rest,
        ],
    );
    check(
        "a member that leaves is heard to the end, though it has to propose again",
        &[
            vec![create(Host), Step::Join(1), Step::Rest],
            (0..30).map(|script| update(Host, script)).collect(),
            (0..30).map(|script| update(Member(1), script)).collect(),
            vec![Step::Leave(1), Step::Rest],
        ]
        .concat(),
    );
    check(
        "a handle to what was refused ends with the object that it waited for",
        &[
            vec![Step::Join(1), Step::Rest],
            vec![create(Member(1)), create_as(Member(1), Kind::Deep, None)],
            vec![Step::Deliver(Link::ToHost(1), 2)],
            vec![create_as(Host, Kind::Deep, Some(Rule::Open))],
            vec![Step::Deliver(Link::ToHost(1), 2), delete(Host), Step::Rest],
        ]
        .concat(),
    );
    check(
        "who waits for a commit to a refused object is told, though the object is deleted",
        &[
            vec![Step::Join(1), Step::Rest],
            vec![create_as(Host, Kind::Words, Some(Rule::Open))],
            vec![create(Member(1)), Step::Deliver(Link::ToHost(1), 2)],
            (0..8)
                .map(|script| update_as(Member(1), script, true))
                .collect(),
            vec![Step::Deliver(Link::ToMember(1), 3), delete(Member(1))],
            vec![Step::Rest],
        ]
        .concat(),
    );
    check(
        "what should have followed a refusal need not when it is deleted by who was refused",
        &[
            vec![Step::Join(1), Step::Rest],
            vec![create_as(Host, Kind::Deep, Some(Rule::Open))],
            vec![create(Member(1)), Step::Lag(1, 0)],
            vec![Step::Deliver(Link::ToHost(1), 2), delete(Member(1))],
            vec![create(Host), Step::Rest],
        ]
        .concat(),
    );
    check(
        "who lacks an object and has put its own there is told all that happened to it",
        &[
            vec![Step::Join(1), Step::Rest],
            vec![create_as(Host, Kind::Words, Some(Rule::Open))],
            vec![create(Member(1)), Step::Deliver(Link::ToHost(1), 2)],
            vec![Step::Deliver(Link::ToMember(1), 3), Step::Lag(1, 0)],
            vec![create(Member(1))],
            (0..8).map(|script| update(Member(1), script)).collect(),
            vec![delete(Host), Step::Give(1)],
            vec![Step::Deliver(Link::ToHost(1), 2)],
            (8..16).map(|script| update(Host, script)).collect(),
            vec![Step::Deliver(Link::ToHost(1), 8), Step::Rest],
        ]
        .concat(),
    );
}
