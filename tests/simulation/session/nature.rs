//! What a session is like: who is how busy, how slow the links are, how often members come and go.

use super::random::Random;

#[derive(Clone, Debug)]
pub struct Nature {
    /// How many of an object's commits the host remembers.
    pub memory: usize,
    /// How many changes of the session.
    pub log: usize,
    /// How many members there are when nobody has just gone.
    pub members: usize,
    /// How much is done before the session is left to come to rest.
    pub acts: usize,
    /// How many keys are in use.
    pub keys: usize,
    /// How long a message takes, at the most.
    pub delay: usize,
    /// How often of a hundred times a message takes much longer.
    pub stalls: usize,
    /// How long the host does nothing between two acts, at the most.
    pub host_pause: usize,
    /// The same for members, each between these.
    pub pauses: (usize, usize),
    /// How often of a hundred times the next act follows at once.
    pub bursts: usize,
    /// How often of a thousand acts an object is created or deleted.
    pub creations: usize,
    pub deletions: usize,
    /// How long it takes until somebody joins, leaves or is killed, at the most.
    pub changes: usize,
    /// How long it takes until a link breaks or a member lags, at the most; and which of it, by weight:
    /// cut off, connected again, lagging.
    pub troubles: usize,
    pub trouble: [usize; 3],
    /// How often of a thousand acts somebody begins to wait for all, and does not wait any more.
    pub barriers: usize,
    pub patience: usize,
    /// How many of a hundred objects of the host have a validator.
    pub rules: usize,
    /// What objects are, by weight: deep, words, boxed words, with fields for the host alone.
    pub kinds: [usize; 4],
    /// How many of a hundred commits of members count as a whole or not at all.
    pub wholes: usize,
    /// What updates are about, by weight: everything with wholes or without, rows, text, taking rows,
    /// rows in other orders, what actions do.
    pub focus: [usize; 7],
    /// How often of a hundred times a session comes to rest in between.
    pub rests: usize,
}

impl Nature {
    pub fn random(random: &mut Random) -> Self {
        let mut nature = Self {
            memory: 6 + random.below(40),
            log: 1 + random.below(200),
            members: 2 + random.below(5),
            acts: 40 + random.below(80),
            keys: 1 + random.below(4),
            delay: 20 + random.below(60),
            stalls: 2,
            host_pause: 100,
            pauses: (30, 150),
            bursts: 15,
            creations: 25,
            deletions: 12,
            changes: 400,
            troubles: 500,
            trouble: [2, 3, 2],
            barriers: 60,
            patience: 10,
            rules: 10,
            kinds: [20, 8, 8, 3],
            wholes: 5,
            focus: [0, 4, 2, 2, 1, 1, 1],
            rests: 1,
        };
        match random.below(19) {
            // Everybody writes into one list.
            0 => {
                nature.keys = 1;
                nature.focus = [0, 0, 1, 0, 0, 0, 0];
                (nature.creations, nature.deletions) = (3, 2);
            }
            // Everybody writes into one text.
            1 => {
                nature.keys = 1;
                nature.focus = [0, 0, 0, 1, 0, 0, 0];
                (nature.creations, nature.deletions) = (3, 2);
            }
            // Everybody puts one list into other orders.
            2 => {
                nature.keys = 1;
                nature.focus = [0, 0, 0, 0, 0, 1, 0];
                (nature.creations, nature.deletions) = (3, 2);
            }
            // Links are slow, and much is under way.
            3 => {
                nature.delay = 600;
                nature.stalls = 5;
            }
            // Some write all the time, others seldom.
            4 => {
                nature.pauses = (5, 400);
                nature.bursts = 40;
            }
            // Members come and go.
            5 => nature.changes = 80,
            // Keys change hands.
            6 => {
                (nature.creations, nature.deletions) = (180, 90);
                nature.rules = 40;
            }
            // The host forgets soon.
            7 => {
                nature.memory = 2 + random.below(4);
                nature.delay = 200;
                nature.focus[4] = 8;
                nature.wholes = 30;
            }
            // What is there is replaced whole.
            8 => nature.focus = [2, 1, 1, 1, 0, 0, 0],
            // Much is refused.
            9 => {
                nature.keys = 1 + random.below(2);
                (nature.rules, nature.kinds[3]) = (80, 8);
            }
            // The same, and keys change hands, and links break.
            10 => {
                nature.rules = 50;
                (nature.creations, nature.deletions) = (250, 200);
                nature.keys = 1 + random.below(2);
                nature.delay = 200;
                nature.troubles = 150;
                nature.log = 2 + random.below(60);
            }
            // Everybody takes from one list.
            11 => {
                nature.keys = 1;
                nature.focus = [0, 0, 1, 0, 6, 0, 0];
                nature.wholes = 80;
                (nature.creations, nature.deletions) = (3, 2);
            }
            // The same, and the host forgets soon, and some do not read.
            12 => {
                nature.keys = 1;
                nature.focus = [0, 0, 1, 0, 4, 0, 0];
                nature.wholes = 60;
                (nature.creations, nature.deletions) = (3, 2);
                (nature.memory, nature.log) = (2 + random.below(8), 2 + random.below(8));
                nature.troubles = 100;
            }
            // Links break all the time.
            13 => {
                nature.troubles = 60;
                nature.trouble = [4, 5, 1];
                nature.log = 2 + random.below(100);
            }
            // Many do not read.
            14 => {
                nature.troubles = 60;
                nature.trouble = [1, 3, 8];
                nature.log = if random.percent(30) {
                    2 + random.below(8)
                } else {
                    100
                };
            }
            // All wait for each other.
            15 => {
                (nature.barriers, nature.patience) = (200, 60);
                nature.troubles = 150;
            }
            // Keys change hands, and many do not read.
            16 => {
                (nature.creations, nature.deletions) = (500, 400);
                nature.keys = 1 + random.below(2);
                nature.members = 2 + random.below(2);
                (nature.host_pause, nature.pauses) = (60, (20, 60));
                nature.log = 300;
                nature.delay = 150;
                nature.troubles = 80;
                nature.trouble = [1, 2, 9];
                nature.rules = if random.percent(50) { 60 } else { 0 };
            }
            // Most is done by actions.
            17 => {
                nature.keys = 1 + random.below(2);
                nature.focus = [0, 0, 2, 0, 1, 0, 9];
                nature.wholes = 15;
                (nature.creations, nature.deletions) = (8, 5);
                nature.delay = 20 + random.below(200);
            }
            _ => {}
        }
        nature
    }
}
