use super::*;

fn numbers() -> Publisher<isize> {
    Publisher::new(|missed| -isize::try_from(missed).unwrap())
}

#[test]
fn all_hear_what_is_told_after_they_came_in_order() {
    let publisher = numbers();
    let first = publisher.subscribe();
    publisher.publish(&1);
    let second = publisher.subscribe();
    publisher.publish(&2);
    publisher.close();
    assert_eq!(first.collect::<Vec<_>>(), [1, 2]);
    assert_eq!(second.collect::<Vec<_>>(), [2]);
}

#[test]
fn who_does_not_listen_hears_how_much_was_missed_and_then_what_follows() {
    let (publisher, told) = (numbers(), isize::try_from(LIMIT).unwrap() + 3);
    let late = publisher.subscribe();
    for number in 0..told {
        publisher.publish(&number);
    }
    let heard: Vec<_> = std::iter::from_fn(|| late.try_next()).collect();
    let kept = told - 3;
    assert!(heard.into_iter().eq((0..kept).chain([-3])));
    publisher.publish(&told);
    assert_eq!(late.try_next(), Some(told));
    assert_eq!(late.try_next(), None);
}

#[test]
fn waiting_ends_when_something_is_told_and_when_nothing_will_be() {
    let publisher = numbers();
    let mut listener = publisher.subscribe();
    std::thread::scope(|scope| {
        let heard = scope.spawn(move || (listener.next(), listener.next()));
        publisher.publish(&1);
        publisher.close();
        assert_eq!(heard.join().unwrap(), (Some(1), None));
    });
    assert_eq!(
        numbers().subscribe().next_timeout(Duration::ZERO),
        None,
        "nothing was told"
    );
}
