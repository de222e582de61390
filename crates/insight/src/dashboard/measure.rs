//! All figures in one pass over the conversations, so that a year of them is read once.

use segue_model::escalation::{RootCause, Trigger};

use crate::cohort::{Case, Cohort};
use crate::dashboard::{
    AcceptTime, Dashboard, HandleTime, Ratio, SignToHandoff, Sla, TierOne, Wait,
};
use crate::episode::{Class, Name};
use crate::hours::Hours;
use crate::interval::{Durations, share};
use crate::ledger::{Ledger, Query};
use crate::metric::group::Groups;
use crate::metric::tally::Tally;
use crate::metric::{
    abandonment, ai_resolution_rate, begging_rate, by_root_cause, by_trigger, contained,
    context_retention, cost, csat_after_escalation, csat_assistant, csat_segments, escalation_rate,
    first_contact_resolution, first_response, funnel, handed_over, handle_time, heat, imported,
    misroute_rate, outcomes, repeat_contact, requests_per_handoff, retention_funnel, rule_timing,
    sign_to_handoff, silent_abandonment, silent_in_handoff, sla_attainment, tier_one,
    time_to_accept, transfer_rate, weeks,
};

/// Shares and durations by name: how each is counted, and what came of it.
macro_rules! counted {
    (
        shares { $($share:ident = $of_share:path),* $(,)? }
        timings { $($timing:ident = $of_timing:path),* $(,)? }
    ) => {
        #[derive(Default)]
        struct Tallies { $($share: Tally),* }

        struct Ratios { $($share: Ratio),* }

        #[derive(Default)]
        struct Timings { $($timing: Durations),* }

        impl Tallies {
            fn see(&mut self, case: &Case<'_>, shown_max: usize) {
                $($of_share.see(case, &mut self.$share, shown_max);)*
            }

            fn ratios(self, cohort: &Cohort<'_>, before: &Self) -> Ratios {
                Ratios {
                    $($share: $of_share.ratio(self.$share, cohort.now, &before.$share)),*
                }
            }
        }

        impl Timings {
            fn see(&mut self, case: &Case<'_>) {
                $($of_timing.see(case, &mut self.$timing);)*
            }
        }
    };
}

counted! {
    shares {
        handed_over = handed_over::SHARE,
        escalation_rate = escalation_rate::SHARE,
        ai_resolution_rate = ai_resolution_rate::SHARE,
        tier_one_resolution = tier_one::RESOLUTION,
        tier_one_escalation = tier_one::ESCALATED,
        contained = contained::SHARE,
        silent_abandonment = silent_abandonment::SHARE,
        repeat_contact = repeat_contact::SHARE,
        context_retention = context_retention::SHARE,
        csat_after_escalation = csat_after_escalation::SHARE,
        csat_assistant = csat_assistant::SHARE,
        sla_attainment = sla_attainment::SHARE,
        wait = abandonment::SHARE,
        silent_in_handoff = silent_in_handoff::SHARE,
        transfer_rate = transfer_rate::SHARE,
        misroute_rate = misroute_rate::SHARE,
        first_contact_resolution = first_contact_resolution::SHARE,
        begging_rate = begging_rate::SHARE,
    }
    timings {
        time_to_accept = time_to_accept::TIMING,
        first_response = first_response::TIMING,
        handle_time = handle_time::TIMING,
        with_packet = handle_time::WITH_PACKET,
        without_packet = handle_time::WITHOUT_PACKET,
        sign_turns = sign_to_handoff::TURNS,
        sign_time = sign_to_handoff::TIME,
    }
}

/// What is counted of both periods.
#[derive(Default)]
struct Both {
    tallies: Tallies,
    segments: csat_segments::Segments,
}

impl Both {
    fn see(&mut self, case: &Case<'_>, shown_max: usize) {
        self.tallies.see(case, shown_max);
        self.segments.see(case, shown_max);
    }
}

/// What is counted of the period asked for alone.
struct Now<'a> {
    conversations: u32,
    demo: u32,
    timings: Timings,
    parts: handed_over::Parts,
    coverage: repeat_contact::Coverage,
    requests: requests_per_handoff::Requests,
    costs: cost::Costs,
    rules: rule_timing::Rules,
    funnel: funnel::Funnel,
    outcomes: outcomes::Outcomes,
    retention: retention_funnel::RetentionFunnel,
    triggers: Groups<Trigger>,
    causes: Groups<RootCause>,
    queues: Groups<Name>,
    weeks: weeks::Weeks<'a>,
    heat: heat::Heat<'a>,
}

impl<'a> Now<'a> {
    fn new(query: &'a Query) -> Self {
        Self {
            conversations: 0,
            demo: 0,
            timings: Timings::default(),
            parts: handed_over::Parts::default(),
            coverage: repeat_contact::Coverage::default(),
            requests: requests_per_handoff::Requests::default(),
            costs: cost::Costs::default(),
            rules: rule_timing::Rules::default(),
            funnel: funnel::Funnel::default(),
            outcomes: outcomes::Outcomes::default(),
            retention: retention_funnel::RetentionFunnel::default(),
            triggers: Groups::default(),
            causes: Groups::default(),
            queues: Groups::default(),
            weeks: weeks::Weeks::new(Hours::new(&query.zone)),
            heat: heat::Heat::new(Hours::new(&query.zone)),
        }
    }

    fn see(&mut self, case: &Case<'_>, shown_max: usize) {
        self.conversations += 1;
        self.demo += u32::from(case.episode.class == Class::Demo);
        self.coverage.see(case);
        self.costs.see(case);
        self.rules.see(case);
        self.funnel.see(case);
        self.outcomes.see(case);
        self.weeks.see(case);
        if case.episode.is_escalated() {
            self.timings.see(case);
            self.parts.see(case, shown_max);
            self.requests.see(case);
            self.retention.see(case);
            self.triggers.see(case, shown_max, |it| Some(it.trigger));
            self.causes.see(case, shown_max, |it| it.root_cause);
            self.queues.see(case, shown_max, |it| Some(it.queue));
            self.heat.see(case);
        }
    }
}

/// All figures of a window.
pub(super) fn dashboard(ledger: &Ledger, query: &Query) -> Dashboard {
    let cohort = ledger.cohort(query, 0);
    let (mut both, mut now) = (Both::default(), Now::new(query));
    for case in cohort.cases() {
        both.see(&case, query.shown_max);
        now.see(&case, query.shown_max);
    }
    let mut before = Both::default();
    for case in ledger.cohort(query, 1).cases() {
        before.see(&case, 0);
    }
    let ratios = both.tallies.ratios(&cohort, &before.tallies);
    let timings = now.timings;
    let handled = timings.handle_time.complete();
    let [handle_p50, handle_p90] = timings.handle_time.quantiles_s([0.5, 0.9]);
    let [with_packet_p50_s] = timings.with_packet.quantiles_s([0.5]);
    let [without_packet_p50_s] = timings.without_packet.quantiles_s([0.5]);
    let by_names = |queue| {
        let key = ledger.names().text(queue).to_owned();
        (key.clone(), key)
    };
    Dashboard {
        as_of: query.now,
        days: query.days,
        include_demo: query.include_demo,
        demo_share: share(now.demo, now.conversations),
        conversations: now.conversations,
        handed_over: now.parts.finish(ratios.handed_over),
        escalation_rate: ratios.escalation_rate,
        ai_resolution_rate: ratios.ai_resolution_rate,
        context_retention: ratios.context_retention,
        csat_after_escalation: ratios.csat_after_escalation,
        csat_assistant: ratios.csat_assistant,
        aht_after_escalation: HandleTime {
            p50_s: handle_p50,
            p90_s: handle_p90,
            n: handled,
            with_packet_p50_s,
            without_packet_p50_s,
        },
        time_to_accept: wait_time(timings.time_to_accept),
        funnel: now.funnel.finish(),
        outcomes: now.outcomes.finish(),
        by_trigger: now.triggers.finish(|it| owned(by_trigger::words(it))),
        by_root_cause: now.causes.finish(|it| owned(by_root_cause::words(it))),
        by_queue: now.queues.finish(by_names),
        weeks: now.weeks.finish(),
        heat: now.heat.finish(),
        wait: Wait {
            abandoned: ratios.wait.numerator,
            n: ratios.wait.denominator,
        },
        retention_funnel: now.retention.finish(),
        imported: imported::measure(ledger),
        tier_one: TierOne {
            resolution: ratios.tier_one_resolution,
            escalation: ratios.tier_one_escalation,
        },
        contained: ratios.contained,
        silent_abandonment: ratios.silent_abandonment,
        repeat_contact: now.coverage.finish(ratios.repeat_contact),
        csat_segments: both.segments.finish(&cohort, &before.segments),
        first_response: wait_time(timings.first_response),
        sla_attainment: Sla {
            formula_id: sla_attainment::FORMULA_ID,
            rate: ratios.sla_attainment,
        },
        silent_in_handoff: ratios.silent_in_handoff,
        transfer_rate: ratios.transfer_rate,
        misroute_rate: ratios.misroute_rate,
        first_contact_resolution: ratios.first_contact_resolution,
        requests_per_handoff: now.requests.finish(),
        begging_rate: ratios.begging_rate,
        sign_to_handoff: sign_to_handoff(timings.sign_turns, timings.sign_time),
        cost: now.costs.finish(&query.terms),
        rule_timing: now.rules.finish(ledger.names()),
    }
}

fn owned((key, label): (&str, &str)) -> (String, String) {
    (key.to_owned(), label.to_owned())
}

fn wait_time(waits: Durations) -> AcceptTime {
    let n = waits.complete();
    let [p50_s, p90_s] = waits.quantiles_s([0.5, 0.9]);
    AcceptTime { p50_s, p90_s, n }
}

fn sign_to_handoff(turns: Durations, time: Durations) -> SignToHandoff {
    let n = turns.complete();
    let [turns_p50, turns_p90] = turns.quantiles_s([0.5, 0.9]);
    let [p50_s, p90_s] = time.quantiles_s([0.5, 0.9]);
    SignToHandoff {
        turns_p50,
        turns_p90,
        p50_s,
        p90_s,
        n,
    }
}
