//! The figures.

use axum::Json;
use axum::extract::State;
use segue_insight::slice::{Dimension, Filter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::answers::ReadErrors;
use crate::auth::Authorized;
use crate::auth::session::ReadFigures;
use crate::error::ApiError;
use crate::extract::Params;
use crate::figures::{self, Asked, Behind, DAYS_MAX, SHOWN_MAX};
use crate::state::ApiState;
use crate::wire::breakdown::{Breakdown, BreakdownBy, FigureCases};
use crate::wire::dashboard::Dashboard;

/// The longest value that a filter takes, in bytes.
const VALUE_BYTES_MAX: usize = 256;
/// How many conversations behind a number are told at a time.
const CASES_MAX: u32 = 200;
/// The same where nobody says.
const CASES_OTHERWISE: u32 = 50;
/// The most that a minute or a million tokens may cost.
const COST_MAX: f64 = 1_000_000.0;

/// The parameters that choose conversations and handoffs, with whatever else an address
/// takes. An unknown one is an error, so they stand in each struct.
macro_rules! figure_params {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
            /// Whether the demo's history counts.
            #[serde(default)]
            pub include_demo: bool,
            /// The window in days, 1 to 366; 28 if absent.
            #[serde(default)]
            pub days: Option<u32>,
            /// Handoffs of this trigger alone, and their conversations. Here and below the
            /// empty value wants those of which it is not known.
            #[serde(default)]
            pub trigger: Option<String>,
            /// Handoffs that this rule asked for.
            #[serde(default)]
            pub rule: Option<String>,
            /// Handoffs that came to this queue last.
            #[serde(default)]
            pub queue: Option<String>,
            /// Handoffs that this agent had last.
            #[serde(default)]
            pub agent: Option<String>,
            /// Conversations that this version of the policy judged first.
            #[serde(default)]
            pub policy: Option<String>,
            /// Conversations in which this topic was found first.
            #[serde(default)]
            pub topic: Option<String>,
            /// Conversations on pages in this language.
            #[serde(default)]
            pub language: Option<String>,
            /// Conversations on this channel.
            #[serde(default)]
            pub channel: Option<String>,
            /// Conversations of customers in this time zone.
            #[serde(default)]
            pub zone: Option<String>,
            /// Conversations that began in this local hour, `0` to `23`.
            #[serde(default)]
            pub hour: Option<String>,
        }

        impl $name {
            fn filter(&self) -> Result<Filter, ApiError> {
                let wanted = [
                    (Dimension::Trigger, &self.trigger),
                    (Dimension::Rule, &self.rule),
                    (Dimension::Queue, &self.queue),
                    (Dimension::Agent, &self.agent),
                    (Dimension::Policy, &self.policy),
                    (Dimension::Topic, &self.topic),
                    (Dimension::Language, &self.language),
                    (Dimension::Channel, &self.channel),
                    (Dimension::Zone, &self.zone),
                    (Dimension::Hour, &self.hour),
                ];
                filter(wanted.into_iter().filter_map(|(of, value)| Some((of, value.as_deref()?))))
            }

            fn asked(&self) -> Result<Asked, ApiError> {
                within("days", self.days, DAYS_MAX)?;
                Ok(Asked {
                    include_demo: self.include_demo,
                    days: self.days,
                    filter: self.filter()?,
                    ..Asked::default()
                })
            }
        }
    };
}

figure_params! {
    /// Which figures.
    DashboardParams {
        /// How many conversations lead on from each figure, 1 to 1,000; 20 if absent.
        #[serde(default)]
        shown: Option<u32>,
        /// What an active minute of an agent costs, in any currency; 0.60 if absent.
        #[serde(default)]
        agent_minute_cost: Option<f64>,
        /// What a million tokens of the model cost, in the same; 2.00 if absent.
        #[serde(default)]
        tokens_million_cost: Option<f64>,
    }
}

figure_params! {
    /// Which figures, by what.
    BreakdownParams {
        /// The dimension.
        by: BreakdownBy,
    }
}

figure_params! {
    /// Which conversations: all that the filter chooses, or one of `hits`, `misses`,
    /// `outcome` and `root_cause`.
    CasesParams {
        /// Those that this share counts in its numerator; the id is that of
        /// `docs/METRICS.md`.
        #[serde(default)]
        hits: Option<String>,
        /// Those that it counts in its denominator alone.
        #[serde(default)]
        misses: Option<String>,
        /// Those of this outcome.
        #[serde(default)]
        outcome: Option<String>,
        /// Those of which an agent named this root cause.
        #[serde(default)]
        root_cause: Option<String>,
        /// How many of the newest are passed over.
        #[serde(default)]
        skip: Option<u32>,
        /// How many at most, 1 to 200; 50 if absent.
        #[serde(default)]
        limit: Option<u32>,
    }
}

impl CasesParams {
    fn behind(&self) -> Result<Behind, ApiError> {
        let given = [
            self.hits.clone().map(Behind::Hits),
            self.misses.clone().map(Behind::Misses),
            self.outcome.clone().map(Behind::Outcome),
            self.root_cause.clone().map(Behind::RootCause),
        ];
        let mut given = given.into_iter().flatten();
        let behind = given.next().unwrap_or(Behind::All);
        match given.next() {
            None => Ok(behind),
            Some(_) => Err(ApiError::invalid(
                "hits",
                "one of hits, misses, outcome and root_cause",
            )),
        }
    }
}

fn filter<'a>(wanted: impl Iterator<Item = (Dimension, &'a str)>) -> Result<Filter, ApiError> {
    let mut filter = Filter::default();
    for (dimension, value) in wanted {
        if value.len() > VALUE_BYTES_MAX {
            return Err(ApiError::invalid(dimension.word(), "at most 256 bytes"));
        }
        let is_hour = value.is_empty() || value.parse::<u8>().is_ok_and(|hour| hour < 24);
        if dimension == Dimension::Hour && !is_hour {
            return Err(ApiError::invalid("hour", "between 0 and 23"));
        }
        filter = filter.with(dimension, value);
    }
    Ok(filter)
}

fn within(field: &'static str, given: Option<u32>, most: u32) -> Result<(), ApiError> {
    if given.is_none_or(|given| (1..=most).contains(&given)) {
        return Ok(());
    }
    Err(ApiError::invalid(field, &format!("between 1 and {most}")))
}

fn cost(field: &'static str, given: Option<f64>) -> Result<(), ApiError> {
    if given.is_none_or(|given| (0.0..=COST_MAX).contains(&given)) {
        return Ok(());
    }
    Err(ApiError::invalid(field, "between 0 and 1000000"))
}

/// The figures of a window that ends now. Each says its formula, and leads to
/// its conversations.
#[utoipa::path(get, operation_id = "read_dashboard", path = "/v1/dashboard", tag = "dashboard", security(("session" = [])), params(DashboardParams), responses((status = 200, description = "The figures; `docs/METRICS.md` defines them.", body = Dashboard), ReadErrors))]
pub async fn read(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Params(params): Params<DashboardParams>,
) -> Result<Json<Dashboard>, ApiError> {
    within("shown", params.shown, SHOWN_MAX)?;
    cost("agent_minute_cost", params.agent_minute_cost)?;
    cost("tokens_million_cost", params.tokens_million_cost)?;
    let asked = Asked {
        shown: params.shown,
        agent_minute_cost: params.agent_minute_cost,
        tokens_million_cost: params.tokens_million_cost,
        ..params.asked()?
    };
    let figures = figures::dashboard(by.desk, api.now(), asked).await?;
    Ok(Json(figures))
}

/// The figures of a window by the values of one dimension, with n and interval. A row of
/// fewer than 30 cases says so, and what it is ranked by is drawn towards the whole.
#[utoipa::path(get, operation_id = "read_breakdown", path = "/v1/metrics/breakdown", tag = "dashboard", security(("session" = [])), params(BreakdownParams), responses((status = 200, description = "The figures by value; `docs/METRICS.md` defines them.", body = Breakdown), ReadErrors))]
pub async fn breakdown(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Params(params): Params<BreakdownParams>,
) -> Result<Json<Breakdown>, ApiError> {
    let asked = params.asked()?;
    let figures = figures::breakdown(by.desk, api.now(), asked, params.by).await?;
    Ok(Json(figures))
}

/// The conversations behind a number, newest first.
#[utoipa::path(get, operation_id = "list_figure_conversations", path = "/v1/metrics/conversations", tag = "dashboard", security(("session" = [])), params(CasesParams), responses((status = 200, description = "Some of them, and how many there are.", body = FigureCases), ReadErrors))]
pub async fn cases(
    State(api): State<ApiState>,
    by: Authorized<ReadFigures>,
    Params(params): Params<CasesParams>,
) -> Result<Json<FigureCases>, ApiError> {
    within("limit", params.limit, CASES_MAX)?;
    let (asked, behind) = (params.asked()?, params.behind()?);
    let skip = params.skip.unwrap_or(0) as usize;
    let page = (skip, params.limit.unwrap_or(CASES_OTHERWISE) as usize);
    let found = figures::cases(by.desk, api.now(), asked, behind, page).await?;
    let found = found.ok_or_else(|| ApiError::invalid("hits", "the id of a share"))?;
    Ok(Json(found))
}
