//! One attribute in a `#[shared(..)]`, as it is written.

use proc_macro2::{Group, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Expr, ExprLit, ExprPath, Lit, LitStr, Path, Token, WherePredicate,
    meta::ParseNestedMeta, punctuated::Punctuated, token::Paren,
};

use crate::errors::Errors;

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Type,
    Variant,
    Field,
}

/// An attribute that there is.
struct Known {
    name: &'static str,
    /// Where it may stand.
    places: &'static [Place],
    /// How it is written.
    form: &'static str,
    /// What to do where it may not stand.
    instead: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        name: "atomic",
        places: &[Place::Type, Place::Field],
        form: "atomic",
        instead: "`atomic` is for types and fields: write `#[shared(atomic)]` at the fields that are \
                  replaced whole",
    },
    Known {
        name: "skip",
        places: &[Place::Field],
        form: "skip",
        instead: "`skip` is for fields: write `#[shared(skip)]` at each field that stays local",
    },
    Known {
        name: "host_only",
        places: &[Place::Field],
        form: "host_only",
        instead: "`host_only` is for fields: write `#[shared(host_only)]` at each field that the \
                  host alone may write",
    },
    Known {
        name: "rename",
        places: &[Place::Type, Place::Variant, Place::Field],
        form: "rename = \"name\"",
        instead: "",
    },
    Known {
        name: "crate",
        places: &[Place::Type],
        form: "crate = \"path::to::ipos\"",
        instead: "`crate` is for types: write `#[shared(crate = \"path::to::ipos\")]` at the type",
    },
    Known {
        name: "bound",
        places: &[Place::Type],
        form: "bound = \"T: Trait\"",
        instead: "`bound` is for types: write `#[shared(bound = \"T: Trait\")]` at the type",
    },
];

impl Place {
    /// What there may be in this place.
    fn known(self) -> String {
        let names = KNOWN.iter().filter(|known| known.places.contains(&self));
        let names: Vec<_> = names.map(|known| format!("`{}`", known.name)).collect();
        let what = match self {
            Self::Type => "a type",
            Self::Variant => "a variant",
            Self::Field => "a field",
        };
        format!("{what} may have {}", names.join(", "))
    }
}

/// An attribute: its name and what follows it.
pub(super) struct Item {
    pub(super) path: Path,
    known: &'static Known,
    value: Value,
}

/// What may follow an attribute's name.
pub(super) enum Value {
    None,
    /// `= value`
    Equals(Token![=], Box<Expr>),
    /// `(..)`
    Group(Group),
}

impl Value {
    pub(super) fn read(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        if meta.input.peek(Token![=]) {
            let equals = meta.input.parse()?;
            let mut value: Expr = meta.input.parse()?;
            // What a macro was given comes in a group that is not seen.
            while let Expr::Group(group) = value {
                value = *group.expr;
            }
            Ok(Self::Equals(equals, Box::new(value)))
        } else if meta.input.peek(Paren) {
            Ok(Self::Group(meta.input.parse()?))
        } else {
            Ok(Self::None)
        }
    }

    /// The text in quotes, if that is what it is.
    pub(super) fn text(&self) -> Option<&LitStr> {
        let Self::Equals(_, value) = self else {
            return None;
        };
        match &**value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text),
            _ => None,
        }
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::None => {}
            Self::Equals(equals, value) => tokens.extend(quote!(#equals #value)),
            Self::Group(group) => group.to_tokens(tokens),
        }
    }
}

/// Reads each attribute in each `#[shared(..)]`; what is unknown, in the wrong place or there twice is
/// told and left out.
pub(super) fn read(attrs: &[Attribute], place: Place, errors: &mut Errors) -> Vec<Item> {
    let mut items: Vec<Item> = vec![];
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("shared")) {
        let read = attr.parse_nested_meta(|meta| {
            let known = KNOWN.iter().find(|known| meta.path.is_ident(known.name));
            let refused = match known {
                Some(known) if !known.places.contains(&place) => Some(known.instead.to_owned()),
                Some(known) if items.iter().any(|item| item.known.name == known.name) => {
                    Some(format!("`{}` stands here twice; write it once", known.name))
                }
                Some(_) => None,
                None => {
                    let (name, known) = (path_name(&meta.path), place.known());
                    Some(format!("unknown attribute `{name}`; {known}"))
                }
            };
            if let Some(refused) = &refused {
                errors.at(&meta.path, refused);
            }
            let value = Value::read(&meta)?;
            if let (Some(known), None) = (known, refused) {
                let path = meta.path.clone();
                items.push(Item { path, known, value });
            }
            Ok(())
        });
        if let Err(error) = read {
            errors.at_span(error.span(), format!("{error}; {}", place.known()));
        }
    }
    items
}

impl Item {
    pub(super) fn name(&self) -> &'static str {
        self.known.name
    }

    /// An attribute that stands alone.
    pub(super) fn flag(&self, errors: &mut Errors) -> bool {
        if !matches!(self.value, Value::None) {
            let (name, form) = (self.name(), self.known.form);
            self.refuse(
                errors,
                &format!("`{name}` takes no value; write `#[shared({form})]`"),
            );
        }
        true
    }

    /// The name that a thing has in the schema.
    pub(super) fn text(&self, errors: &mut Errors) -> Option<String> {
        let text = self.value.text().map(LitStr::value);
        if text.as_ref().is_none_or(String::is_empty) {
            self.refuse_value("a name in quotes", errors);
        }
        text
    }

    /// The path of a module, in quotes or not.
    pub(super) fn path(&self, errors: &mut Errors) -> Option<Path> {
        let in_quotes = self.value.text();
        let in_quotes = in_quotes.and_then(|text| text.parse_with(Path::parse_mod_style).ok());
        let path = in_quotes.or_else(|| match &self.value {
            Value::Equals(_, value) => match &**value {
                Expr::Path(ExprPath { path, .. }) => Some(path.clone()),
                _ => None,
            },
            _ => None,
        });
        if path.is_none() {
            self.refuse_value("the path of a module in quotes", errors);
        }
        path
    }

    /// Predicates as after a `where`, in quotes.
    pub(super) fn predicates(&self, errors: &mut Errors) -> Option<Vec<WherePredicate>> {
        let parse = Punctuated::<WherePredicate, Token![,]>::parse_terminated;
        let predicates = self
            .value
            .text()
            .and_then(|text| text.parse_with(parse).ok());
        if predicates.is_none() {
            self.refuse_value("what may stand after a `where`, in quotes", errors);
        }
        predicates.map(|predicates| predicates.into_iter().collect())
    }

    fn refuse_value(&self, what: &str, errors: &mut Errors) {
        let (name, form) = (self.name(), self.known.form);
        self.refuse(
            errors,
            &format!("`{name}` takes {what}; write `#[shared({form})]`"),
        );
    }

    fn refuse(&self, errors: &mut Errors, message: &str) {
        let Self { path, value, .. } = self;
        errors.at(quote!(#path #value), message);
    }
}

fn path_name(path: &Path) -> String {
    let segments = path.segments.iter();
    let names: Vec<_> = segments.map(|segment| segment.ident.to_string()).collect();
    names.join("::")
}
