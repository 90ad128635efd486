//! What is kept in files: the corpora, and what was found.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::Target;

fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    PathBuf::from(here.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()))
}

fn corpus_file(target: &Target) -> PathBuf {
    root().join("corpus").join(target.name)
}

/// Where failing inputs of a target are put.
fn found_folder(target: &str) -> PathBuf {
    root().join("found").join(target)
}

/// Puts an input of a target where the tests run it, and tells which file that is.
pub fn keep(target: &str, input: &[u8]) -> io::Result<PathBuf> {
    let name = input.iter().fold(0u32, |sum, &byte| {
        sum.wrapping_mul(0x0100_0193) ^ u32::from(byte)
    });
    let folder = found_folder(target);
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{name:08x}"));
    fs::write(&path, input)?;
    Ok(path)
}

/// The inputs that a target starts from: all in one file, each after its length as `u32`, little endian.
pub fn corpus(target: &Target) -> io::Result<Vec<Vec<u8>>> {
    let bytes = fs::read(corpus_file(target))?;
    let mut rest = &bytes[..];
    let mut inputs = vec![];
    while let Some((length, after)) = rest.split_first_chunk() {
        let length = u32::from_le_bytes(*length) as usize;
        let (input, after) = after
            .split_at_checked(length)
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        inputs.push(input.to_vec());
        rest = after;
    }
    Ok(inputs)
}

/// Writes a corpus, and gives its size.
pub fn write_corpus(target: &Target, inputs: &[Vec<u8>]) -> io::Result<usize> {
    let mut bytes = vec![];
    for input in inputs {
        let length = u32::try_from(input.len()).map_err(io::Error::other)?;
        bytes.extend(length.to_le_bytes());
        bytes.extend(input);
    }
    let file = corpus_file(target);
    fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
    fs::write(file, &bytes)?;
    Ok(bytes.len())
}

/// What was found before, with the names of the files.
pub fn found(target: &Target) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let files = match fs::read_dir(found_folder(target.name)) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let mut found = vec![];
    for file in files {
        let path = file?.path();
        let input = fs::read(&path)?;
        found.push((path, input));
    }
    found.sort();
    Ok(found)
}
