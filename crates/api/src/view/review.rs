//! What waits for a judgement.

use segue_service::review::{ReviewQueue, ToJudge};

use super::timeline::article_url;
use crate::wire::review::{ReviewAnswer, ReviewItem};
use crate::wire::timeline::Article;

/// The queue on the wire.
pub fn review(queue: ReviewQueue) -> ReviewAnswer {
    ReviewAnswer {
        items: queue.items.into_iter().map(item).collect(),
        waiting: queue.waiting,
        graded_today: queue.judged_today,
    }
}

fn item(judge: ToJudge) -> ReviewItem {
    let article = judge.article.map(|found| Article {
        url: article_url(&found.id),
        version: found.version,
        title: found.title.unwrap_or_else(|| found.id.clone()),
        slug: found.id,
    });
    ReviewItem {
        conversation: judge.row.conversation,
        turn: judge.row.turn.0,
        text_ref: judge.row.text.0,
        asked: judge.asked,
        answer: judge.answer,
        article,
        score: judge.score,
        was_shown: judge.row.was_shown,
        at: judge.row.at.into(),
        by_chance: judge.by_chance,
    }
}
