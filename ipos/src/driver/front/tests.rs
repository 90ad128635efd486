#![cfg(not(loom))]

use std::{thread, time::Duration};

use ipos_transport::{FrameReader, Link, Listener, frame};

use super::*;
use crate::{
    core::PeerId,
    driver::{Flow, desk::pump},
    sync::Event,
};

const WAITINGS: [Waiting; 2] = [Waiting::Park, Waiting::Spin(Duration::from_micros(100))];

/// A deadline that only a hang reaches.
fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(60))
}

/// Who has taken something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Reader,
    Waiter,
    /// The one has taken it, and the other one has done the rest.
    Both,
}

/// What was taken of a connection.
type Log = Vec<(u32, By)>;

/// The near end of some connections, each with a thread that reads, and where one may wait.
struct Scene {
    waiting: Waiting,
    front: Arc<Front<u32>>,
    far: Vec<Link>,
    taken: Arc<Mutex<Vec<Log>>>,
    news: Arc<Event>,
    readers: Vec<thread::JoinHandle<ipos_transport::Result<Flow>>>,
}

impl Scene {
    fn new(many: usize, waiting: Waiting) -> Self {
        let mut scene = Self {
            waiting,
            front: Arc::new(Front::new(waiting)),
            far: Vec::new(),
            taken: Arc::new(Mutex::new(vec![Vec::new(); many])),
            news: Arc::default(),
            readers: Vec::new(),
        };
        let listener = Listener::private().unwrap();
        for which in 0..many {
            scene.far.push(Link::connect(listener.endpoint()).unwrap());
            let near = Arc::new(listener.accept().unwrap());
            let origin = Origin::of(PeerId(u32::try_from(which).unwrap()), None);
            let desk = Desk::new(near, origin, FrameReader::new(1 << 20));
            let (front, taken, news) =
                (scene.front.clone(), scene.taken.clone(), scene.news.clone());
            scene.readers.push(thread::spawn(move || {
                let note = |number, by| {
                    taken.lock()[which].push((number, by));
                    news.notify(usize::MAX);
                    Ok(Flow::Continue)
                };
                pump(
                    &desk,
                    &front,
                    waiting,
                    |number| note(number, By::Both),
                    |message: &[u8]| note(number(message), By::Reader),
                    || Ok(None),
                )
            }));
        }
        scene
    }

    fn send(&self, which: usize, number: u32, length: usize) {
        self.far[which]
            .write_all(&message(number, length), None)
            .unwrap();
    }

    /// Waits until so many were taken of each connection, and does with each message what `how` says.
    fn wait(&self, many: usize, how: impl Fn(u32) -> Taken<u32>) {
        let deadline = soon();
        loop {
            let heard = self.news.listen();
            if self.taken.lock().iter().all(|taken| taken.len() >= many) {
                return;
            }
            assert!(
                !deadline.has_passed(),
                "{many} never came: {:?}",
                self.taken
            );
            let take = |origin: &Origin, message: &[u8]| {
                let number = number(message);
                let taken = how(number);
                if matches!(taken, Taken::Wholly) {
                    let which = origin.peer().0 as usize;
                    self.taken.lock()[which].push((number, By::Waiter));
                    self.news.notify(usize::MAX);
                }
                taken
            };
            if let Waiting::Spin(time) = self.waiting {
                let is_there = || self.taken.lock().iter().all(|taken| taken.len() >= many);
                if self
                    .front
                    .spin(is_there, Deadline::after(time), take, || {})
                {
                    continue;
                }
            }
            self.front.wait(heard, deadline, take, || {});
        }
    }

    /// Waits once, after which the threads that read sleep where who waits comes first.
    fn warm_up(&self) {
        self.front.wait(
            self.news.listen(),
            Deadline::after(Duration::ZERO),
            |_, _| Taken::Not,
            || {},
        );
        // The second one was read by a thread that has gone to sleep since the wait.
        for number in 0..2 {
            (0..self.far.len()).for_each(|which| self.send(which, number, 0));
            self.wait(number as usize + 1, |_| Taken::Not);
        }
    }

    /// What was taken of each connection, when all have ended.
    fn end(self) -> Vec<Log> {
        self.far.iter().for_each(Link::shutdown);
        for reader in self.readers {
            assert!(matches!(reader.join().unwrap(), Ok(Flow::Continue)));
        }
        assert!(self.front.desks.lock().lookout.is_none());
        std::mem::take(&mut *self.taken.lock())
    }
}

/// A message with a number, and so many bytes more.
fn message(number: u32, length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    frame::append(&mut bytes, |out| {
        out.extend(number.to_le_bytes());
        out.resize(out.len() + length, 0);
    });
    bytes
}

fn number(message: &[u8]) -> u32 {
    u32::from_le_bytes(message[..4].try_into().unwrap())
}

fn check(many: usize, length: usize, waiting: Waiting, how: fn(u32) -> Taken<u32>) -> Vec<By> {
    const EACH: u32 = 3000;
    let scene = Scene::new(many, waiting);
    scene.warm_up();
    thread::scope(|scope| {
        let scene = &scene;
        for which in 0..many {
            scope.spawn(move || {
                for number in 2..EACH {
                    scene.send(which, number, length);
                    if number % 7 == 0 {
                        thread::yield_now();
                    }
                }
            });
        }
        // One waits for all that there is, and another one, while there is room for one, for each.
        scope.spawn(|| (0..EACH as usize).for_each(|many| scene.wait(many, how)));
        scene.wait(EACH as usize, how);
    });
    let mut by = Vec::new();
    for taken in scene.end() {
        let numbers: Vec<u32> = taken.iter().map(|&(number, _)| number).collect();
        assert_eq!(
            numbers,
            (0..EACH).collect::<Vec<_>>(),
            "each once, in order"
        );
        by.extend(taken.iter().map(|&(_, by)| by));
    }
    by
}

#[test]
fn each_message_is_taken_once_and_in_order_whoever_takes_it() {
    for waiting in WAITINGS {
        for (many, length) in [(1, 4), (3, 4), (1, 3000), (1, 100_000)] {
            check(many, length, waiting, |_| Taken::Wholly);
            check(many, length, waiting, |number| match number % 5 {
                0 => Taken::Not,
                1 => Taken::But(number),
                _ => Taken::Wholly,
            });
        }
        // More than are watched.
        check(Lookout::MOST + 1, 4, waiting, |_| Taken::Wholly);
        let by = check(1, 4, waiting, |_| Taken::Not);
        assert!(by.iter().all(|&by| by == By::Reader));
    }
}

#[test]
fn what_is_left_is_read_though_nothing_more_comes() {
    for waiting in WAITINGS {
        for _ in 0..50 {
            let scene = Scene::new(1, waiting);
            scene.warm_up();
            // More than the first read takes, at once; who reads first leaves it to the other one.
            let bytes = [message(2, 0), message(3, 10_000), message(4, 10_000)].concat();
            thread::scope(|scope| {
                scope.spawn(|| scene.wait(5, |_| Taken::Not));
                thread::yield_now();
                scene.far[0].write_all(&bytes, None).unwrap();
            });
            let by = |(_, by): &(u32, By)| *by == By::Reader;
            assert!(scene.end()[0].iter().all(by));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn who_waits_reads_what_comes_while_it_sleeps() {
    let scene = Scene::new(1, Waiting::Park);
    scene.warm_up();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        // One after the other, until one has come while the other thread slept.
        scope.spawn(|| {
            let mut number = 2;
            while !is_over.load(Ordering::SeqCst) {
                scene.send(0, number, 0);
                number += 1;
                let taken = || scene.taken.lock()[0].len();
                while taken() < number as usize && !is_over.load(Ordering::SeqCst) {
                    thread::yield_now();
                }
            }
        });
        let by_waiter = || scene.taken.lock()[0].iter().any(|it| it.1 == By::Waiter);
        for many in 3.. {
            scene.wait(many, |_| Taken::Wholly);
            if by_waiter() {
                break;
            }
        }
        is_over.store(true, Ordering::SeqCst);
    });
    scene.end();
}

#[cfg(target_os = "linux")]
#[test]
fn a_panic_is_of_the_thread_that_reads() {
    let mut scene = Scene::new(1, Waiting::Park);
    scene.warm_up();
    let reader = scene.readers.remove(0);
    let deadline = soon();
    let is_going_on = || !reader.is_finished() && !deadline.has_passed();
    thread::scope(|scope| {
        scope.spawn(|| {
            let take = |_: &Origin, _: &[u8]| panic!("of the test");
            while is_going_on() {
                let heard = scene.news.listen();
                let nap = Deadline::after(Duration::from_millis(10));
                scene.front.wait(heard, nap, take, || {});
            }
        });
        // The thread that reads takes those that come while nobody waits.
        for number in 2.. {
            scene.send(0, number, 0);
            let taken = || scene.taken.lock()[0].len();
            while is_going_on() && taken() <= number as usize {
                thread::yield_now();
            }
            if !is_going_on() {
                break;
            }
        }
    });
    let panic = reader.join().err().expect("it has panicked");
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"of the test"));
    scene.end();
}
