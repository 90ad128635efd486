use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Task {
    name: String,
    done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
    tick: u32,
    tasks: Vec<Task>,
    owner: Option<String>,
}


#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Shape {
    Empty,
    Circle(f64),
    Rect { w: f64, h: f64 },
}

fn change(shape: &mut ShapeMut<'_>) {
    shape.circle_mut().set(1.0);
    shape.rect_mut().set_w(1.0);
    shape.empty_mut();
}

fn main() {}
