//! Pending commits are done again on a value given anew, and what is made on top of them is carried over
//! what could be done.

use std::sync::Arc;

use crate::{
    Shared,
    core::{ObjectId, Parcel, PeerId, Replica, State, Typed, message::Whole},
    cursor::Cursor,
    recorder::Recorder,
    schema::schema_of,
};

type Rows = Vec<Vec<u32>>;
type Made = fn(&mut <Rows as Shared>::Mut<'_>);

fn commit(replica: &mut Replica, number: u64, whole: bool, make: Made) {
    let (state, recorder) = replica.parts();
    let typed: &mut Typed<Rows> = state.as_any_mut().downcast_mut().unwrap();
    make(&mut Rows::writer(Cursor::new(&mut typed.value, recorder)));
    replica.commit_pending(number, whole);
}

struct Case {
    name: &'static str,
    start: Rows,
    /// Pending when the object is given anew.
    pending: Made,
    anew: Rows,
    /// Made on top then, to count as a whole.
    on_top: Made,
    /// What another has made of the value given anew.
    theirs: Made,
    /// What is shown, and what the one on top is sent again as.
    shown: Rows,
    whole: Whole,
}

fn check(case: &Case) {
    let object = ObjectId {
        creator: PeerId::HOST,
        number: 0,
    };
    let mut replica = Replica::new(object, 1, Box::new(Typed::new(case.start.clone())));
    commit(&mut replica, 1, false, case.pending);
    let anew = Typed::new(case.anew.clone());
    let mut value = Vec::new();
    anew.encode(&mut value);
    let parcel = Parcel {
        at: 5,
        object,
        key: "board".into(),
        schema: Arc::new(schema_of::<Rows>()),
        reserved: false,
        value: value.into(),
    };
    replica.rebind(&parcel, Box::new(anew)).unwrap();
    commit(&mut replica, 2, true, case.on_top);
    let (mut there, mut recorder) = (case.anew.clone(), Recorder::default());
    (case.theirs)(&mut Rows::writer(Cursor::new(&mut there, &mut recorder)));
    replica
        .apply_confirmed([(6, PeerId::HOST, recorder.patches())])
        .unwrap();
    let shown: &Typed<Rows> = replica.state().as_any().downcast_ref().unwrap();
    assert_eq!(shown.value, case.shown, "{}: what is shown", case.name);
    let mut whole = None;
    replica.resend(2, |terms, _| whole = Some(terms.whole));
    assert_eq!(whole, Some(case.whole), "{}: what is sent", case.name);
}

#[test]
fn what_is_on_top_is_carried_over_what_could_be_done() {
    let cases = [
        Case {
            name: "an end that was told wrong",
            start: vec![vec![1]],
            pending: |w| {
                w.remove(0);
                w.push(vec![6]);
            },
            anew: vec![vec![7], vec![8], vec![9]],
            on_top: |w| w.at(0).push(0),
            theirs: |w| drop(w.remove(1)),
            shown: vec![vec![9], vec![6]],
            whole: Whole::Lost,
        },
        Case {
            name: "the same beside what is gone",
            start: vec![vec![1, 1]],
            pending: |w| {
                w.at(0).remove(1);
                w.remove(0);
                w.push(vec![6]);
            },
            anew: vec![vec![7], vec![8], vec![9]],
            on_top: |w| w.at(0).push(0),
            theirs: |w| drop(w.remove(1)),
            shown: vec![vec![9], vec![6]],
            whole: Whole::Lost,
        },
        Case {
            name: "the same, and another is removed",
            start: vec![vec![1, 1]],
            pending: |w| {
                w.at(0).remove(1);
                w.remove(0);
                w.push(vec![6]);
            },
            anew: vec![vec![7], vec![8], vec![9]],
            on_top: |w| w.at(1).push(0),
            theirs: |w| drop(w.remove(1)),
            shown: vec![vec![9, 0], vec![6]],
            whole: Whole::Yes,
        },
        Case {
            name: "what is gone does not come to be there",
            start: vec![vec![1], vec![2]],
            pending: |w| drop(w.remove(1)),
            anew: vec![vec![7]],
            on_top: |w| w.at(0).push(0),
            theirs: |w| w.push(vec![8]),
            shown: vec![vec![7, 0], vec![8]],
            whole: Whole::Yes,
        },
    ];
    cases.iter().for_each(check);
}
