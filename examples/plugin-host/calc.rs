//! What the plug-in `calc` does: `apples = 3 * (2 + 2)`. It has two bugs that kill its process.

use std::collections::BTreeMap;

/// Works out a line: its value, and the variable that it is given to.
pub fn line(text: &str, memory: &BTreeMap<String, i64>) -> Result<(Option<String>, i64), String> {
    let (name, term) = match text.split_once('=') {
        Some((name, term)) => (Some(name.trim().to_owned()), term),
        None => (None, text),
    };
    let mut reader = Reader { rest: term, memory };
    let value = reader.sum()?;
    match reader.peek() {
        None => Ok((name, value)),
        Some(other) => Err(format!("what is `{other}`?")),
    }
}

struct Reader<'a> {
    rest: &'a str,
    memory: &'a BTreeMap<String, i64>,
}

impl Reader<'_> {
    fn sum(&mut self) -> Result<i64, String> {
        let mut value = self.product()?;
        while let Some(sign @ ('+' | '-')) = self.peek() {
            self.skip();
            let next = self.product()?;
            value = if sign == '+' {
                value + next
            } else {
                value - next
            };
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<i64, String> {
        let mut value = self.atom()?;
        while let Some(sign @ ('*' | '/')) = self.peek() {
            self.skip();
            let next = self.atom()?;
            // The first bug: nobody thought of 0. It is a panic.
            value = if sign == '*' {
                value * next
            } else {
                value / next
            };
        }
        Ok(value)
    }

    fn atom(&mut self) -> Result<i64, String> {
        if self.peek() == Some('(') {
            self.skip();
            // The second: each parenthesis takes some of the stack, and who counts them? No panic comes of that,
            // which one could catch, but the end of the process.
            let value = self.sum()?;
            return match self.peek() {
                Some(')') => Ok((self.skip(), value).1),
                _ => Err("a `)` is missing".to_owned()),
            };
        }
        let end = self.rest.find(|c: char| !c.is_alphanumeric());
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let known = self.memory.get(word).copied();
        known
            .or_else(|| word.parse().ok())
            .ok_or_else(|| format!("what is `{word}`?"))
    }

    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn skip(&mut self) {
        self.rest = &self.rest[1..];
    }
}
