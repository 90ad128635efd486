//! Memory that two processes share, as atomic words. The one file with unsafe code.
#![allow(
    unsafe_code,
    reason = "mapped memory comes as an address; see the proof at the one place where it becomes words"
)]

use std::{fs::File, io, slice, sync::Arc, sync::atomic::AtomicU64};

use memmap2::{MmapOptions, MmapRaw};
use rustix::fs::{
    MemfdFlags, SealFlags, fcntl_add_seals, fcntl_get_seals, ftruncate, memfd_create,
};

use crate::ring::{COUNTERS, WORD};

/// How many words a ring has: 256 KiB, a little more than a socket holds.
const RING: usize = 32 * 1024;

/// How many words one way takes.
const WAY: usize = COUNTERS + RING;

/// How many bytes two processes share: a ring each way.
const BYTES: usize = 2 * WAY * WORD;

/// What is never done again to the memory. It cannot shrink, so that no page of it goes while it is mapped: touching
/// such a page would end the process.
const SEALS: SealFlags = SealFlags::SHRINK
    .union(SealFlags::GROW)
    .union(SealFlags::SEAL);

/// The memory that two processes share. It has no name, and is gone when both are.
#[derive(Debug)]
pub(crate) struct Region {
    /// Of `BYTES` bytes.
    map: MmapRaw,
}

impl Region {
    /// Memory that is all 0, and what another process maps it by.
    pub(crate) fn new() -> io::Result<(Arc<Self>, File)> {
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        let file = File::from(memfd_create("ipos-ring", flags)?);
        ftruncate(&file, BYTES as u64)?;
        fcntl_add_seals(&file, SEALS)?;
        Ok((Self::open(&file)?, file))
    }

    /// What another process has made. Memory that could shrink, or is of another size, is refused.
    pub(crate) fn open(file: &File) -> io::Result<Arc<Self>> {
        // A file that is not of this kind has no seals, which is an error too.
        let is_sealed = fcntl_get_seals(file)?.contains(SEALS);
        if !is_sealed || file.metadata()?.len() != BYTES as u64 {
            return Err(io::Error::other(
                "the memory is not sealed, or not as large as it has to be",
            ));
        }
        let map = MmapOptions::new().len(BYTES).map_raw(file)?;
        Ok(Arc::new(Self { map }))
    }

    fn words(&self) -> &[AtomicU64] {
        let words = self.map.as_mut_ptr().cast::<AtomicU64>();
        assert!(
            words.is_aligned() && self.map.len() == BYTES,
            "a mapping begins with a page and was asked for by its size"
        );
        // SAFETY: `words` is aligned and stands for `BYTES` bytes that are mapped for reading and writing until `map`
        // is dropped, which `self` owns and the slice borrows; the file was found sealed, so all pages stay there. Any
        // 8 bytes are an `AtomicU64`, which has interior mutability, so that others may change what it holds. Nothing
        // in this program touches the memory but through such slices, whose accesses are all atomic. The other process
        // may be none of Rust's, or hostile: to this one it is as a thread that stores any values at any time. An
        // atomic load gives one of them, no assumption of the compiler is about which, and no value is out of range.
        unsafe { slice::from_raw_parts(words, BYTES / WORD) }
    }
}

/// The words of one way.
#[derive(Debug)]
pub(crate) struct Way {
    region: Arc<Region>,
    first: usize,
}

impl Way {
    /// From the process that has made the memory to the other, and back.
    pub(crate) fn both(region: &Arc<Region>) -> (Self, Self) {
        let way = |first| Self {
            region: region.clone(),
            first,
        };
        (way(0), way(WAY))
    }
}

impl AsRef<[AtomicU64]> for Way {
    fn as_ref(&self) -> &[AtomicU64] {
        &self.region.words()[self.first..self.first + WAY]
    }
}
