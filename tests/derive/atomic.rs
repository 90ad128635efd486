//! `#[shared(atomic)]`: fields and types that are replaced whole, and need only serde.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::{check, check_schema};

/// What is not shared itself.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Palette {
    colors: Vec<[u8; 3]>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Theme<T> {
    name: String,
    #[shared(atomic)]
    palette: Palette,
    #[shared(atomic, host_only)]
    extra: Vec<T>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Paint {
    Plain(#[shared(atomic)] Palette),
    Mixed {
        #[shared(atomic)]
        of: Palette,
        by: u8,
    },
}

fn red() -> Palette {
    Palette {
        colors: vec![[255, 0, 0]],
    }
}

#[test]
fn an_atomic_field_is_replaced_whole() {
    check(
        Theme::<u8>::default(),
        |theme| {
            theme.set_palette(red());
            theme.palette_mut().modify(|palette| palette.colors.clear());
            theme.extra_mut().set(vec![1]);
            theme.set(Theme::default());
        },
        &[
            "Palette(Set(Palette { colors: [[255, 0, 0]] }))",
            "Palette(Set(Palette { colors: [] }))",
            "Extra(Set([1]))",
            r#"Name(Set(""))"#,
            "Palette(Set(Palette { colors: [] }))",
            "Extra(Set([]))",
        ],
    );
    check_schema::<Theme<u8>>(
        "struct Theme { name: String, palette: Palette, #[host_only] extra: Vec<u8>, } #[opaque] type Palette; #[opaque] type Vec<u8>;",
    );
}

#[test]
fn a_field_of_a_variant_may_be_atomic() {
    check(
        Paint::Plain(Palette::default()),
        |paint| {
            paint.plain_mut().unwrap().set(red());
            paint.set(Paint::Mixed { of: red(), by: 1 });
            let mut mixed = paint.mixed_mut().unwrap();
            mixed.of_mut().modify(|of| of.colors.clear());
            mixed.set_by(2);
        },
        &[
            "Plain(Set(Palette { colors: [[255, 0, 0]] }))",
            "Set(Mixed { of: Palette { colors: [[255, 0, 0]] }, by: 1 })",
            "Mixed(Of(Set(Palette { colors: [] })))",
            "Mixed(By(Set(2)))",
        ],
    );
}

/// Told by serde as a text.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(try_from = "String", into = "String")]
#[shared(atomic, rename = "Address")]
struct Email {
    user: String,
    host: String,
}

impl TryFrom<String> for Email {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (user, host) = text.split_once('@').ok_or("an address has an @")?;
        Ok(Self {
            user: user.to_owned(),
            host: host.to_owned(),
        })
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        format!("{}@{}", email.user, email.host)
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[shared(atomic)]
struct Matrix<T>(Vec<Vec<T>>);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Person {
    mail: Email,
    others: Vec<Email>,
    at: Matrix<u8>,
}

#[test]
fn an_atomic_type_is_replaced_whole() {
    let ada = Email {
        user: "ada".to_owned(),
        host: "x".to_owned(),
    };
    let told = r#"Set(Email { user: "ada", host: "x" })"#;
    check(Email::default(), |email| email.set(ada.clone()), &[told]);
    check(
        Person::default(),
        |person| {
            person.set_mail(ada.clone());
            person.others_mut().push(Email::default());
            person
                .others_mut()
                .at(0)
                .modify(|other| *other = ada.clone());
            person.at_mut().modify(|at| at.0.push(vec![1]));
        },
        &[
            &format!("Mail({told})"),
            r#"Others(Push(0, Email { user: "", host: "" }))"#,
            &format!("Others(At(0, {told}))"),
            "At(Set(Matrix([[1]])))",
        ],
    );
    check_schema::<Person>(
        "struct Person { mail: Address, others: Vec<Address>, at: Matrix<u8>, } #[opaque] type Address; #[opaque] type Matrix<u8>;",
    );
}
