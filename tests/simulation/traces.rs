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
    edit(actor, Focus::Everything, (script, 1), whole)
}

fn takes(actor: Actor, script: u64, count: usize) -> Step {
    edit(actor, Focus::Takes, (script, count), false)
}

fn takes_whole(actor: Actor, script: u64, count: usize) -> Step {
    edit(actor, Focus::Takes, (script, count), true)
}

fn edit(actor: Actor, focus: Focus, (script, count): (u64, usize), whole: bool) -> Step {
    let edits = Edits {
        focus,
        script,
        count,
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
    let memory = Memory {
        commits: 8,
        changes: 32,
    };
    check_with(memory, rule, steps);
}

/// With a host that remembers so much.
#[track_caller]
fn check_with(memory: Memory, rule: &str, steps: &[Step]) {
    let mut story = vec![];
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

#[test]
fn what_is_done_again_on_a_new_value_is_what_could_be_done() {
    use Actor::{Host, Member};
    check_with(
        Memory {
            commits: 3,
            changes: 3,
        },
        "who has built on commits of which a part was lost anew is moved over what was done of them",
        &[
            Step::Create {
                actor: Host,
                key: 0,
                kind: Kind::Deep,
                rule: None,
                script: 0xfa46_d6a2_7580_64c7,
            },
            Step::Join(1),
            Step::Join(3),
            Step::Join(4),
            Step::Give(1),
            Step::Give(3),
            Step::Give(4),
            takes(Host, 0xd99f_d7c8_6b13_3beb, 1),
            Step::Deliver(Link::ToMember(4), 2),
            Step::Give(1),
            Step::Deliver(Link::ToMember(3), 3),
            Step::Deliver(Link::ToMember(4), 1),
            Step::Give(4),
            Step::Give(3),
            Step::Deliver(Link::ToMember(1), 3),
            Step::Deliver(Link::ToMember(1), 1),
            takes(Member(1), 0x4698_3169_4e62_2fc5, 1),
            takes_whole(Member(1), 0x05c9_4f4b_4cdb_8d4b, 2),
            Step::Deliver(Link::ToMember(3), 1),
            takes(Member(3), 0x3257_a4dd_1b2a_84df, 1),
            Step::Deliver(Link::ToHost(1), 1),
            Step::Deliver(Link::ToHost(1), 1),
            Step::Deliver(Link::ToHost(1), 1),
            takes(Member(3), 0x6c82_809a_7776_7302, 2),
            takes_whole(Host, 0xcb05_857f_bdee_ee95, 1),
            takes(Host, 0xc156_a5c2_b7b8_0a3c, 3),
            Step::Deliver(Link::ToMember(4), 1),
            takes(Member(4), 0xf369_69b3_8934_a76d, 1),
            takes(Member(4), 0x79e1_f464_ba2a_2c86, 4),
            Step::Lag(3, 4),
            takes(Member(1), 0xbf11_3cb4_9bb2_b103, 1),
            Step::Deliver(Link::ToMember(3), 1),
            Step::Deliver(Link::ToMember(3), 1),
            Step::Deliver(Link::ToMember(3), 1),
            Step::Deliver(Link::ToHost(3), 1),
            Step::Deliver(Link::ToHost(3), 1),
            Step::Deliver(Link::ToHost(3), 1),
            Step::Deliver(Link::ToMember(3), 1),
            Step::Deliver(Link::ToMember(4), 2),
            Step::Deliver(Link::ToMember(4), 1),
            Step::Deliver(Link::ToMember(4), 1),
            takes(Host, 0x4045_79f7_2c60_47d6, 1),
            Step::Deliver(Link::ToHost(4), 1),
            Step::Deliver(Link::ToHost(4), 1),
            Step::Deliver(Link::ToHost(1), 1),
            takes_whole(Member(3), 0x563b_c96e_88de_06ae, 1),
            Step::Deliver(Link::ToMember(3), 1),
            Step::Deliver(Link::ToMember(4), 1),
            Step::Deliver(Link::ToMember(4), 1),
            Step::Deliver(Link::ToHost(4), 2),
            Step::Deliver(Link::ToHost(3), 1),
            Step::Deliver(Link::ToHost(4), 1),
            Step::Deliver(Link::ToHost(3), 1),
            Step::Give(3),
            takes(Member(3), 0x977d_90fc_a700_2bd0, 4),
            Step::Deliver(Link::ToMember(3), 1),
            Step::Deliver(Link::ToMember(3), 2),
            Step::Deliver(Link::ToMember(3), 3),
            takes(Member(3), 0x9126_6d40_1047_509d, 2),
            takes_whole(Member(3), 0x2a7e_6b50_ed2a_c8de, 1),
            takes(Host, 0x7006_ec5d_06bc_c749, 1),
            Step::Rest,
        ],
    );
}
