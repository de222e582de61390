//! Failures, fixes and what was taught, as they stand on the wire.

use segue_insight::failures::{Cluster, Effect, EffectVerdict, Failure as Failing, Rate};
use segue_model::time::{Span, Timestamp};
use segue_ports::knowledge::{self, KnowledgeVersion, Piece};
use segue_service::Desk;
use segue_service::learning::{Checked, Found, LoopHealth, Proposed};

use crate::wire::learning as wire;

/// How many failures of a cluster are listed.
const LISTED_MAX: usize = 100;
const MS_PER_MINUTE: f64 = 60_000.0;
const MS_PER_DAY: f64 = 86_400_000.0;

/// The clusters of a window.
pub fn learning(found: &Found, days: u32, health: LoopHealth) -> wire::Learning {
    let from = found.at - Span::hours(24 * u64::from(days));
    let clusters = found.within(from);
    wire::Learning {
        at: found.at.into(),
        days,
        clusters: clusters.iter().map(|it| cluster(found, it, from)).collect(),
        single: found.single,
        wordless: found.wordless,
        health: wire::LoopHealth {
            handoffs: health.wrap_ups.ended,
            tagged: health.wrap_ups.tagged,
            clusters: health.clusters,
            fixed: health.fixed,
            broken: health.broken,
            to_publish_s: health.to_publish_s,
        },
    }
}

/// One cluster with its failures of half a year.
pub fn cluster_detail(found: &Found, whole: &Cluster, days: u32) -> wire::FailureClusterDetail {
    let from = found.at - Span::hours(24 * u64::from(days));
    let inside = whole.within(from, Timestamp(found.at.0 + 1));
    let newest = whole.failures().rev().take(LISTED_MAX);
    wire::FailureClusterDetail {
        cluster: cluster(found, &inside, from),
        examples: whole.examples().into_iter().map(failure).collect(),
        failures: newest.map(failure).collect(),
    }
}

fn failure(of: &Failing) -> wire::FailureRow {
    wire::FailureRow {
        conversation: of.conversation,
        at: of.at.into(),
        text: of.text.clone(),
        root_cause: of.root_cause.map(Into::into),
        trigger: of.trigger.map(Into::into),
    }
}

fn cluster(found: &Found, inside: &Cluster, from: Timestamp) -> wire::FailureCluster {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let whole = found.cluster(inside.id).unwrap_or(inside);
    let middle = Timestamp(i64::midpoint(from.0, found.at.0));
    let later = inside.failures().filter(|it| it.at >= middle).count();
    let causes = inside.root_causes().into_iter();
    let triggers = inside.triggers().into_iter();
    wire::FailureCluster {
        id: inside.id,
        name: inside.name.clone(),
        n: count(inside.members.len()),
        agent_minutes: inside.agent_ms() as f64 / MS_PER_MINUTE,
        wait_minutes: inside.wait_ms() as f64 / MS_PER_MINUTE,
        first_at: whole.first_at().into(),
        last_at: whole.last_at().into(),
        n_earlier: count(inside.members.len() - later),
        n_later: count(later),
        root_causes: causes
            .map(|(cause, n)| wire::FailureCause {
                root_cause: cause.into(),
                n,
            })
            .collect(),
        triggers: triggers
            .map(|(trigger, n)| wire::FailureTrigger {
                trigger: trigger.into(),
                n,
            })
            .collect(),
        is_broken: found.is_broken(whole),
        fixes: found.fixes_of(inside.id).map(fix).collect(),
        effect: found.effect_of(whole).map(|it| effect(&it)),
    }
}

fn fix(row: &KnowledgeVersion) -> wire::FixRow {
    wire::FixRow {
        slug: slug(&row.piece),
        title: row.title.clone(),
        version: row.version,
        kind: kind(row.kind),
        at: row.at.into(),
    }
}

fn effect(of: &Effect) -> wire::FixEffect {
    let finite = |value: f64| value.is_finite().then_some(value);
    let (low, high) = of.interval.unzip();
    wire::FixEffect {
        published_at: of.published_at.into(),
        days: of.span.millis() as f64 / MS_PER_DAY,
        before: rate(of.before),
        after: rate(of.after),
        change: of.ratio.map(|it| it - 1.0),
        change_min: low.map(|it| it - 1.0),
        change_max: high.and_then(finite).map(|it| it - 1.0),
        verdict: match of.verdict {
            EffectVerdict::Fewer => wire::EffectVerdict::Fewer,
            EffectVerdict::More => wire::EffectVerdict::More,
            EffectVerdict::TooEarly => wire::EffectVerdict::TooEarly,
        },
        weeks: of
            .weeks
            .iter()
            .map(|week| wire::EffectWeek {
                from: week.from.into(),
                rate: rate(week.rate),
            })
            .collect(),
    }
}

fn rate(of: Rate) -> wire::EscalationRate {
    wire::EscalationRate {
        escalations: of.escalations,
        conversations: of.conversations,
        per_thousand: of.per_thousand(),
    }
}

/// A proposed article.
pub fn proposed(of: Proposed) -> wire::ProposedArticle {
    let base = of.edit.as_ref().map_or(0, |edit| edit.version);
    wire::ProposedArticle {
        slug: of.slug,
        title: of.title,
        category: of.category,
        body: of.body,
        asked: of.asked,
        sources: of.sources.iter().map(source).collect(),
        resolutions: of.resolutions,
        model: of.model,
        base,
        body_before: of.edit.map(|edit| edit.body),
        nearest: of
            .nearest
            .map(|(slug, title)| wire::NearestArticle { slug, title }),
    }
}

fn source(of: &knowledge::Source) -> wire::ArticleSource {
    wire::ArticleSource {
        conversation: of.conversation,
        turn: of.turn.0,
    }
}

/// What an article would change.
pub fn checked(slug: &str, of: &Checked) -> wire::CheckAnswer {
    let tried = of.rehearsal.wanted.iter().map(|(before, after)| {
        let is_found = after.article.as_deref() == Some(slug);
        wire::TriedQuestion {
            question: after.question.clone(),
            confidence_before: before.confidence,
            confidence_after: after.confidence,
            is_found,
            is_answered: is_found && after.confidence >= of.accept,
        }
    });
    let stolen = of
        .rehearsal
        .stolen
        .iter()
        .map(|(before, _)| wire::StolenQuestion {
            question: before.question.clone(),
            article: before.article.clone().unwrap_or_default(),
        });
    wire::CheckAnswer {
        accept: of.accept,
        n: of.rehearsal.wanted.len(),
        answered_before: of.answered.0,
        answered_after: of.answered.1,
        tried: tried.collect(),
        stolen: stolen.collect(),
        others: of.rehearsal.others,
    }
}

/// One version of what was taught.
pub fn taught(desk: &Desk, row: &KnowledgeVersion) -> wire::TaughtVersion {
    wire::TaughtVersion {
        slug: slug(&row.piece),
        version: row.version,
        kind: kind(row.kind),
        title: row.title.clone(),
        category: row.category.clone(),
        body: row.body.clone(),
        asked: row.asked.clone(),
        author: (row.version > 0).then(|| desk.name_of(row.author)),
        at: row.at.into(),
        reason: row.reason.clone(),
        sources: row.sources.iter().map(source).collect(),
        fixes: row.fix.as_ref().map(|fix| wire::FixedCluster {
            id: fix.cluster,
            name: fix.name.clone(),
        }),
    }
}

fn slug(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Article(slug) => Some(slug.clone()),
        Piece::Instructions => None,
    }
}

const fn kind(of: knowledge::VersionKind) -> wire::VersionKind {
    match of {
        knowledge::VersionKind::Published => wire::VersionKind::Published,
        knowledge::VersionKind::RolledBack => wire::VersionKind::RolledBack,
        knowledge::VersionKind::Withdrawn => wire::VersionKind::Withdrawn,
    }
}
