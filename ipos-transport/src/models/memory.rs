//! The in-memory pair.

use std::sync::Arc;

use super::{full, read};
use crate::{Error, Link, memory::CAPACITY, model::spawn};

crate::models! {
    /// A writer that comes to wait for room, and a reader that comes to wait for bytes.
    a_writer_and_a_reader: None, ["a writer is not told that there is room"], || {
        let (left, right) = Link::pair();
        let writer = spawn(move || {
            left.write_all(&full(1), None).unwrap();
            left.write_all(&[2, 3], None).unwrap();
        });
        assert_eq!(read(&right, usize::MAX), [1, 2, 3]);
        writer.join().unwrap();
    };

    /// One end is shut down while threads are blocked in both.
    shut_down_under_a_reader_and_a_writer: None, ["a reader is not told that the connection is closed"], || {
        let (left, right) = Link::pair();
        let (left, right) = (Arc::new(left), Arc::new(right));
        left.try_write(&full(1)).unwrap();
        let (writing, reading) = (left.clone(), right.clone());
        let writer = spawn(move || writing.write_all(&[2], None));
        let reader = spawn(move || read(&reading, usize::MAX));
        left.shutdown();
        match writer.join().unwrap() {
            // The reader had made room.
            Ok(()) => assert_eq!(reader.join().unwrap(), [1, 2]),
            Err(error) => {
                assert!(matches!(error, Error::Closed), "{error}");
                assert_eq!(reader.join().unwrap(), [1]);
            }
        }
        assert_eq!(right.try_write(&[1]).ok(), None);
    };

    /// Two writers come to wait for the room that one reading makes.
    two_writers_that_wait: Some(3), ["a writer is not told that there is room"], || {
        let (left, right) = Link::pair();
        let left = Arc::new(left);
        left.try_write(&full(1)).unwrap();
        let writers = [2, 3].map(|byte| {
            let left = left.clone();
            spawn(move || left.write_all(&[byte], None).unwrap())
        });
        drop(left);
        let heard = read(&right, CAPACITY + 2);
        assert!(heard == [1, 2, 3] || heard == [1, 3, 2], "{heard:?}");
        for writer in writers {
            writer.join().unwrap();
        }
    };
}
