use super::check;

const LOCAL: &str = "or keep the field local to each process with `#[shared(skip)]`";

/// Asserts that `part` of the field type `ty` is refused, and why.
#[track_caller]
fn refused(ty: &str, part: &str, reason: &str) {
    for item in [
        format!("struct Board {{ before: u8, field: {ty} }}"),
        format!("struct Board({ty});"),
        format!("enum Board {{ This, That(u8, {ty}) }}"),
        format!("struct Board {{ #[shared(atomic)] field: {ty} }}"),
    ] {
        check(&item, &[(part, reason)]);
    }
    check(
        &format!("struct Board {{ #[shared(skip)] field: {ty} }}"),
        &[],
    );
    check(
        &format!("#[shared(atomic)] struct Board {{ field: {ty} }}"),
        &[],
    );
}

#[test]
fn what_does_not_own_its_data_is_refused() {
    let owns = "a reference cannot be shared: a shared value owns its data";
    for (ty, part, instead) in [
        ("&'static str", "&'static str", "use `String`"),
        ("(&'static [u8])", "&'static [u8]", "use `Vec`"),
        ("&'static u8", "&'static u8", "use the type without the `&`"),
        ("Vec<(u8, &'static str)>", "&'static str", "use `String`"),
    ] {
        refused(ty, part, &format!("{owns}; {instead}, {LOCAL}"));
    }
    let pointer = "a raw pointer cannot be shared: an address means nothing in another process; \
                   use `Box`";
    refused("*const u8", "*const u8", pointer);
    refused("[*mut u8; 4]", "*mut u8", pointer);
}

#[test]
fn what_another_process_cannot_read_is_refused() {
    refused(
        "Option<fn(u8) -> u8>",
        "fn(u8) -> u8",
        &format!(
            "a function cannot be shared: code does not cross the socket; use an `enum` that names \
             the functions, {LOCAL}"
        ),
    );
    refused(
        "Box<dyn Fn(u8) + Send>",
        "dyn Fn(u8) + Send",
        "a trait object cannot be shared: another process cannot know the type behind it; use an \
         `enum` of the types",
    );
    refused(
        "impl Clone",
        "impl Clone",
        "an `impl` type cannot be shared: it has no name by which it could be read; name the type",
    );
}

#[test]
fn what_changes_unseen_is_refused() {
    let unseen = "it changes without being written to, which no other process would see";
    let inside = "use the type inside it, and write through the wrapper";
    for (ty, part, name) in [
        ("RefCell<u8>", "RefCell<u8>", "RefCell"),
        ("std::cell::Cell<u8>", "std::cell::Cell<u8>", "Cell"),
        ("Arc<Mutex<Vec<u8>>>", "Mutex<Vec<u8>>", "Mutex"),
        (
            "Vec<::std::sync::RwLock<u8>>",
            "::std::sync::RwLock<u8>",
            "RwLock",
        ),
    ] {
        refused(
            ty,
            part,
            &format!("`{name}` cannot be shared: {unseen}; {inside}"),
        );
    }
    refused(
        "OnceLock<u8>",
        "OnceLock<u8>",
        &format!(
            "`OnceLock` cannot be shared: {unseen}; use `Option`, and write through the wrapper, \
             {LOCAL}"
        ),
    );
    refused(
        "&'static mut u8",
        "&'static mut u8",
        "a reference cannot be shared: a shared value owns its data; use the type without the `&`",
    );
    refused(
        "Rc<str>",
        "Rc<str>",
        "`Rc` cannot be shared: it counts its owners within one thread; use `Arc` or `Box`",
    );
    refused(
        "std::sync::Weak<u8>",
        "std::sync::Weak<u8>",
        "`Weak` cannot be shared: it may lead to nothing; share the key by which the value is found",
    );
}

#[test]
fn types_of_the_users_own_pass() {
    for ty in [
        "Cell",
        "Vec<Cell>",
        "self::Cell<u8>",
        "sheet::Cell<u8>",
        "Mutex",
        "PhantomData<fn() -> T>",
        "marker::PhantomData<*const u8>",
        "<Rc as Kind>::Item",
        "Cow<'static, str>",
        "some_macro!(Rc<u8>)",
    ] {
        check(&format!("struct Board {{ field: {ty} }}"), &[]);
    }
}

#[test]
fn every_type_that_is_refused_is_told() {
    let rc = "`Rc` cannot be shared: it counts its owners within one thread; use `Arc` or `Box`";
    let text = "a reference cannot be shared: a shared value owns its data; use `String`";
    let text = format!("{text}, {LOCAL}");
    check(
        "struct Board { one: (Rc<u8>, &'static str), two: HashMap<Rc<str>, u8> }",
        &[("Rc<u8>", rc), ("&'static str", &text), ("Rc<str>", rc)],
    );
}
