//! What the user sees: the sliders, the simulation's picture, and its news.

use crate::{Lab, Params, sliders};
use ratatui::{
    Frame,
    layout::{Constraint, Layout},
    style::{Style, Stylize},
    text::{Line, Text},
    widgets::{Block, Paragraph},
};

pub const WIDTH: u16 = 80;
pub const HEIGHT: u16 = 22;

/// How wide a slider is.
const TRACK: usize = 24;

pub fn draw(frame: &mut Frame<'_>, lab: &Lab, chosen: usize, news: &[String]) {
    let rows = Layout::vertical([Constraint::Length(16), Constraint::Min(5)]);
    let [above, below] = rows.areas(frame.area());
    let columns = Layout::horizontal([Constraint::Length(30), Constraint::Length(50)]);
    let [left, right] = columns.areas(above);

    let sliders = sliders(&lab.params, chosen);
    frame.render_widget(
        Paragraph::new(sliders).block(Block::bordered().title("sliders")),
        left,
    );

    let view = &lab.view;
    let picture: Vec<_> = view
        .picture
        .iter()
        .map(|row| Line::raw(row.as_str()))
        .collect();
    let state = if view.is_paused { "paused" } else { "running" };
    let measured = format!(
        "{state}, step {}, height {:.1}, energy {:.2}",
        view.time, view.height, view.energy
    );
    let block = Block::bordered().title("simulation").title_bottom(measured);
    frame.render_widget(Paragraph::new(picture).cyan().block(block), right);

    let newest = news
        .iter()
        .rev()
        .take(3)
        .map(|line| Line::raw(line.as_str()));
    let block = Block::bordered()
        .title("news")
        .title_bottom("↑ ↓ choose   ← → move   space pause   q quit");
    frame.render_widget(Paragraph::new(Text::from_iter(newest)).block(block), below);
}

fn sliders(params: &Params, chosen: usize) -> Text<'static> {
    let mut lines = Vec::new();
    for (number, slider) in sliders::ALL.iter().enumerate() {
        let is_chosen = number == chosen;
        let (mark, style) = if is_chosen {
            ('>', Style::new().yellow().bold())
        } else {
            (' ', Style::new())
        };
        let value = (slider.get)(params);
        let at = (slider.place(params) * (TRACK - 1) as f64).round() as usize;
        let (before, after) = ("─".repeat(at), "─".repeat(TRACK - 1 - at));
        lines.push(Line::styled(
            format!("{mark} {:<18}{value:>6.3}", slider.name),
            style,
        ));
        lines.push(Line::styled(format!("  {before}●{after}"), style));
        lines.push(Line::default());
    }
    Text::from(lines)
}
