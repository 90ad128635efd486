//! What became of an input, as a number: inputs with a new one are worth mutating further.

/// What became of an input. Texts count without their numbers, so that one refusal is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    sum: u64,
    is_accepted: bool,
}

impl Default for Trace {
    fn default() -> Self {
        Self {
            sum: 0xcbf2_9ce4_8422_2325,
            is_accepted: false,
        }
    }
}

impl Trace {
    /// Something has happened, of a kind.
    pub fn note(&mut self, kind: u8) {
        self.sum = (self.sum ^ u64::from(kind)).wrapping_mul(0x0100_0000_01b3);
    }

    /// Something of the input that is what the target is about was taken, and counts.
    pub fn accept(&mut self) {
        self.is_accepted = true;
    }

    /// Whether anything was.
    pub fn is_accepted(self) -> bool {
        self.is_accepted
    }

    /// The same, as people are told it.
    pub fn say(&mut self, text: &str) {
        let bytes = text.bytes().filter(|byte| !byte.is_ascii_digit());
        for byte in bytes.take(160) {
            self.note(byte);
        }
    }

    /// How large something is, roughly.
    pub fn size(&mut self, size: usize) {
        self.note(u8::try_from(usize::BITS - size.leading_zeros()).expect("it is 64 at the most"));
    }

    /// Whether something was done, or why not.
    pub fn outcome<T>(&mut self, outcome: &Result<T, String>) {
        match outcome {
            Ok(_) => self.note(1),
            Err(why) => self.say(why),
        }
    }
}
