//! Messages in words, for traces.

use ipos::simulation::{Asked, Object, Told};

use super::model::Model;

/// What a host tells a member.
pub fn told(message: &[u8], model: &Model) -> String {
    match Told::read(message) {
        Ok(Told::Commit {
            seq,
            origin,
            object,
            patches,
        }) => format!(
            "commit {seq} of {origin} to {}: {}",
            name(object),
            model.told(object, &patches)
        ),
        Ok(Told::Amended {
            seq,
            number,
            patches,
        }) => {
            let object = model.commit_at(seq).map(|commit| commit.object);
            let patches = object.map(|object| model.told(object, &patches));
            format!("{number} amended as {seq}: {}", patches.unwrap_or_default())
        }
        Ok(Told::Accepted { seq, number }) => format!("{number} accepted as {seq}"),
        Ok(Told::Object {
            seq, object, key, ..
        }) => format!("object {} is under `{key}` at {seq}", name(object)),
        Ok(Told::Schema(schema)) => format!("schema {}", schema.hash()),
        Ok(Told::Chunk(bytes)) => format!("{} bytes of a value", bytes.len()),
        Ok(other) => format!("{other:?}"),
        Err(error) => error,
    }
}

/// What a member asks of a host.
pub fn asked(message: &[u8], model: &Model) -> String {
    match Asked::read(message) {
        Ok(Asked::Commit {
            number,
            object,
            base,
            anew,
            whole,
            lost,
            patches,
            acts,
        }) => format!(
            "{number}, a commit to {} on {base}{}{}: {} {acts:?}",
            name(object),
            if anew { ", anew" } else { "" },
            match (whole, lost) {
                (false, _) => "",
                (true, false) => ", as a whole",
                (true, true) => ", as a whole, which is lost",
            },
            model.told(object, &patches)
        ),
        Ok(Asked::Schema(schema)) => format!("schema {}", schema.hash()),
        Ok(Asked::Chunk(bytes)) => format!("{} bytes of a value", bytes.len()),
        Ok(other) => format!("{other:?}"),
        Err(error) => error,
    }
}

fn name(object: Object) -> String {
    format!("{}/{}", object.creator, object.number)
}
