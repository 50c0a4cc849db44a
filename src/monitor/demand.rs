//! Demand limiting: which relays to open, in a stated order, and when to close them again.
//!
//! Only plans are made here; carrying them out (and asking whether to) is the command's business.

/// How demand is limited.
#[derive(Debug, Clone, PartialEq)]
pub struct DemandLimit {
    /// Total active power in W that should not be passed.
    pub limit_w: f64,
    /// Relays are closed again only when the total would stay below this share of the limit.
    pub release: f64,
    /// Polls in a row over or under before anything is done.
    pub polls: u32,
    /// Meters that always keep their supply, however high the demand: at least this many stay closed.
    pub floor: usize,
    /// Meters in the order in which they lose supply; the last to lose it is the first to get it back.
    pub order: Vec<String>,
}

/// What should be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemandAction {
    /// Nothing.
    Wait,
    /// Open this meter's relay.
    Open(String),
    /// Close this meter's relay.
    Close(String),
    /// Demand is over its limit and every relay that may be opened is open.
    Exhausted,
}

/// Follows the demand and says what to do, one step a poll.
#[derive(Debug, Clone)]
pub struct DemandGuard {
    rule: DemandLimit,
    /// Meters this guard opened, with the power they drew then, oldest first.
    opened: Vec<(String, f64)>,
    /// Meters whose relay could not be opened: the next in the order goes instead.
    unable: Vec<String>,
    over: u32,
    under: u32,
}

impl DemandGuard {
    /// With no relay opened yet.
    pub fn new(rule: DemandLimit) -> Self {
        DemandGuard { rule, opened: Vec::new(), unable: Vec::new(), over: 0, under: 0 }
    }

    /// Meters this guard has opened.
    pub fn opened(&self) -> impl Iterator<Item = &str> {
        self.opened.iter().map(|(meter, _)| meter.as_str())
    }

    /// Takes the power of every meter in W, by name, and says what to do. The action counts as done when
    /// [`DemandGuard::done`] is called.
    pub fn push(&mut self, powers: &[(String, f64)]) -> DemandAction {
        let total: f64 = powers.iter().map(|(_, power)| power).sum();
        let over = total > self.rule.limit_w;
        let returning = self.opened.last().map(|(_, power)| *power).unwrap_or_default();
        let under = total + returning < self.rule.limit_w * self.rule.release;
        self.over = if over { self.over.saturating_add(1) } else { 0 };
        self.under = if under { self.under.saturating_add(1) } else { 0 };
        if self.over >= self.rule.polls.max(1) {
            return self.next_to_open(powers).map_or(DemandAction::Exhausted, DemandAction::Open);
        }
        if self.under >= self.rule.polls.max(1)
            && let Some((meter, _)) = self.opened.last()
        {
            return DemandAction::Close(meter.clone());
        }
        DemandAction::Wait
    }

    /// Notes that an action was carried out.
    pub fn done(&mut self, action: &DemandAction, powers: &[(String, f64)]) {
        match action {
            DemandAction::Open(meter) => {
                let power = powers.iter().find(|(name, _)| name == meter).map(|(_, power)| *power).unwrap_or_default();
                self.opened.push((meter.clone(), power));
            }
            DemandAction::Close(meter) => self.opened.retain(|(name, _)| name != meter),
            DemandAction::Wait | DemandAction::Exhausted => return,
        }
        self.over = 0;
        self.under = 0;
    }

    /// Notes that an action failed: a relay that would not open is passed over, one that would not close is tried
    /// again after as many polls.
    pub fn failed(&mut self, action: &DemandAction) {
        if let DemandAction::Open(meter) = action {
            self.unable.push(meter.clone());
        }
        self.over = 0;
        self.under = 0;
    }

    fn next_to_open(&self, powers: &[(String, f64)]) -> Option<String> {
        let closed = powers.len().saturating_sub(self.opened.len());
        if closed <= self.rule.floor {
            return None;
        }
        let is_open = |meter: &String| self.opened.iter().any(|(name, _)| name == meter);
        let is_unable = |meter: &String| self.unable.contains(meter);
        let is_present = |meter: &String| powers.iter().any(|(name, _)| name == meter);
        self.rule.order.iter().find(|meter| !is_open(meter) && !is_unable(meter) && is_present(meter)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(floor: usize) -> DemandGuard {
        let order = ["a", "b", "c"].map(str::to_owned).to_vec();
        DemandGuard::new(DemandLimit { limit_w: 10_000.0, release: 0.9, polls: 2, floor, order })
    }

    fn powers(a: f64, b: f64, c: f64) -> Vec<(String, f64)> {
        vec![("a".into(), a), ("b".into(), b), ("c".into(), c)]
    }

    #[test]
    fn relays_open_in_order_and_close_in_reverse() {
        let mut guard = guard(0);
        let high = powers(4_000.0, 5_000.0, 6_000.0);
        assert_eq!(guard.push(&high), DemandAction::Wait);
        let action = guard.push(&high);
        assert_eq!(action, DemandAction::Open("a".into()));
        guard.done(&action, &high);
        let less = powers(0.0, 5_000.0, 6_000.0);
        guard.push(&less);
        let action = guard.push(&less);
        assert_eq!(action, DemandAction::Open("b".into()));
        guard.done(&action, &less);
        let low = powers(0.0, 0.0, 3_000.0);
        guard.push(&low);
        let action = guard.push(&low);
        assert_eq!(action, DemandAction::Close("b".into()), "3000 + 5000 W stay below 9000 W");
        guard.done(&action, &low);
        assert_eq!(guard.opened().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn nothing_closes_while_its_return_would_pass_the_limit() {
        let mut guard = guard(0);
        let high = powers(4_000.0, 5_000.0, 6_000.0);
        guard.push(&high);
        let action = guard.push(&high);
        guard.done(&action, &high);
        for _ in 0..5 {
            assert_eq!(guard.push(&powers(0.0, 3_000.0, 3_000.0)), DemandAction::Wait);
        }
    }

    #[test]
    fn a_relay_that_would_not_open_is_passed_over() {
        let mut guard = guard(0);
        let high = powers(4_000.0, 5_000.0, 6_000.0);
        guard.push(&high);
        let action = guard.push(&high);
        guard.failed(&action);
        guard.push(&high);
        assert_eq!(guard.push(&high), DemandAction::Open("b".into()));
    }

    #[test]
    fn the_floor_keeps_its_supply() {
        let mut guard = guard(3);
        let high = powers(4_000.0, 5_000.0, 6_000.0);
        guard.push(&high);
        assert_eq!(guard.push(&high), DemandAction::Exhausted);
    }
}
