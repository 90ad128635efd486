//! What processes do with objects.

use ipos::simulation::Written;

use super::{
    deep::Focus,
    rule::Rule,
    step::{Actor, Edits},
    values::{self, Kind},
    world::World,
};

impl World {
    pub(super) fn update(&mut self, actor: Actor, key: &str, edits: Edits) {
        let told = match actor {
            Actor::Host => self.update_host(key, edits),
            Actor::Member(who) => {
                let seat = self.seats.get_mut(&who).filter(|seat| seat.acts());
                seat.and_then(|seat| seat.update(key, edits, &mut self.model))
            }
        };
        if let Some(told) = told {
            self.counts.commits += 1;
            self.tell(|_| format!("{actor:?} writes `{key}`: {told}"));
        }
    }

    fn update_host(&mut self, key: &str, edits: Edits) -> Option<String> {
        let &object = self.model.names.get(key)?;
        let before = self.model.latest(object).1.clone();
        let written = values::update(&mut self.host, key, edits);
        let told = match written {
            Written::Committed(_, patches) => {
                if edits.focus == Focus::Wholes {
                    self.model.lose_meaning(object);
                }
                let mut after = before.clone();
                after.apply(&patches);
                self.model.remove(&before.removed_in(&after));
                Some(before.told(&patches))
            }
            Written::Refused(reason) => {
                self.counts.refused_of_host += 1;
                let rule = self.model.rule(object);
                assert!(rule.is_some(), "8: nobody refuses this: {reason}");
                self.tell(|_| format!("the host may not write `{key}`: {reason}"));
                None
            }
            Written::Nothing | Written::Missing | Written::OtherType => None,
        };
        self.collect();
        told
    }

    pub(super) fn create(
        &mut self,
        actor: Actor,
        key: &str,
        (kind, rule): (Kind, Option<Rule>),
        script: u64,
    ) {
        match actor {
            Actor::Host => {
                let created = values::create(&mut self.host, key, kind, rule, script);
                created.expect("the host may create anything");
                self.collect();
                self.model.set_rule(key, rule);
            }
            Actor::Member(who) => {
                let Some(seat) = self.seats.get_mut(&who).filter(|seat| seat.acts()) else {
                    return;
                };
                if let Err(reason) = seat.create(key, kind, script, &self.model) {
                    self.counts.forbidden += 1;
                    return self.tell(|_| format!("member {who} may not create `{key}`: {reason}"));
                }
            }
        }
        self.counts.created += 1;
        self.tell(|_| format!("{actor:?} creates `{key}`, {kind:?} of script {script:#x}"));
    }

    pub(super) fn delete(&mut self, actor: Actor, key: &str) {
        let existed = match actor {
            Actor::Host => {
                let existed = self.host.delete(key);
                self.collect();
                existed
            }
            Actor::Member(who) => {
                let seat = self.seats.get_mut(&who).filter(|seat| seat.acts());
                seat.is_some_and(|seat| seat.delete(key, &self.model, &mut self.counts))
            }
        };
        if existed {
            self.counts.deleted += 1;
            self.tell(|_| format!("{actor:?} deletes `{key}`"));
        }
    }
}
