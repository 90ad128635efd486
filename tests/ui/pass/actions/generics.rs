//! Generic types, and enums.

use std::fmt::Debug;

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Pair<T: PartialEq, const N: usize> {
    left: Vec<T>,
    right: Option<T>,
}

#[ipos::actions]
impl<T, const N: usize> Pair<T, N>
where
    T: PartialEq + Shared,
{
    fn add(pair: &mut PairMut<'_, T, N>, thing: T) -> Result<usize, T> {
        if pair.left.len() == N || pair.right.as_ref() == Some(&thing) {
            return Err(thing);
        }
        pair.left_mut().push(thing);
        Ok(pair.left.len())
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Figure {
    Nothing,
    Circle { radius: f64 },
    Pair(Box<Figure>),
}

#[ipos::actions]
impl Figure {
    fn grow(figure: &mut FigureMut<'_>, by: f64) -> bool {
        if let Some(mut inner) = figure.pair_mut() {
            return inner.call(Figure::grow_action(by)) == Ok(true);
        }
        let Some(mut circle) = figure.circle_mut() else {
            return false;
        };
        circle.radius_mut().add(by);
        true
    }
}

#[test]
fn check() {
    let ipos = Ipos::host().unwrap();
    let pair = ipos.create("pair", Pair::<String, 1>::default()).unwrap();
    assert_eq!(pair.call(Pair::add_action("a".into())).unwrap(), 1);
    assert!(pair.call(Pair::add_action("b".into())).is_err());
    let circle = Figure::Pair(Box::new(Figure::Circle { radius: 1.0 }));
    let figure = ipos.create("figure", circle).unwrap();
    assert!(figure.call(Figure::grow_action(2.0)).unwrap());
    assert_eq!(
        format!("{:?}", *figure.read()),
        "Pair(Circle { radius: 3.0 })"
    );
    figure.set(Figure::Nothing).unwrap();
    assert!(!figure.call(Figure::grow_action(2.0)).unwrap());
}
