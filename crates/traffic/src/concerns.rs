//! What people ask about, and how hard it is for the assistant.

use segue_model::time::Timestamp;

use crate::company::Company;
use crate::dice::Dice;
use crate::season::{Plant, Season};
use crate::words::{ELSEWHERE, OUTSIDE, TOOLS};

/// The share of conversations about nothing that is the company's business.
const OUTSIDE_SHARE: f64 = 0.03;
/// How an ordinary question lies for the assistant, and how much concerns differ: somewhat
/// better than where 29 % of the answers are wrong (science §2.3 has .9).
const EASE: (f64, f64) = (1.1, 0.45);
/// Within one concern.
pub(crate) const EASE_WITHIN: f64 = 1.1;
/// What nobody wrote an article for.
const EASE_OF_GAP: f64 = -2.4;
const EASE_OF_OUTSIDE: f64 = -2.2;
/// What is new has the best article.
const EASE_OF_PRODUCT: f64 = 2.0;
/// How many concerns get a better article.
const BETTER: usize = 6;

/// Something that people ask about.
#[derive(Debug, Clone)]
pub(crate) struct Concern {
    /// The article that answers it, or is nearest.
    pub article: String,
    /// What it is about, as agents call it.
    pub about: String,
    pub category: String,
    pub questions: Vec<String>,
    /// In other languages.
    pub elsewhere: Vec<(&'static str, String)>,
    pub answer: String,
    pub has_article: bool,
    pub ease: f64,
    /// Against the others, in an ordinary week.
    weight: f64,
    tool: Option<&'static str>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Usual { is_better_later: bool },
    Outside,
    Product,
    Gap,
}

impl Concern {
    /// The tool that helps to answer it.
    pub fn tool(&self) -> Option<&'static str> {
        self.tool
    }

    pub fn is_product(&self) -> bool {
        self.kind == Kind::Product
    }

    /// How the question lies for the assistant at this time.
    pub fn ease_at(&self, season: &Season, at: Timestamp) -> f64 {
        let better = match self.kind {
            Kind::Usual {
                is_better_later: true,
            } => season.happens("better_articles", at),
            _ => None,
        };
        self.ease + better.map_or(0.0, |it| it.strength)
    }

    /// Its weight against the others at this time.
    pub fn weight_at(&self, season: &Season, at: Timestamp) -> f64 {
        let of = |share: f64| share / (1.0 - share);
        match self.kind {
            Kind::Usual { .. } => match season.happens("campaign", at) {
                Some(campaign) if self.category == season.campaign => {
                    self.weight * campaign.strength
                }
                _ => self.weight,
            },
            Kind::Outside => self.weight,
            Kind::Product => season
                .happens("product", at)
                .map_or(0.0, |it| of(it.strength)),
            Kind::Gap => season
                .planted(Plant::KnowledgeGap, at)
                .map_or(0.0, |it| of(it.strength)),
        }
    }
}

/// Everything that may be asked in these weeks. The weights of the usual add up to 1.
pub(crate) fn all(company: &Company, season: &Season) -> Vec<Concern> {
    let mut dice = Dice::new(season.seed, 3);
    let mut concerns: Vec<Concern> = company
        .articles
        .iter()
        .map(|article| Concern {
            article: article.id.clone(),
            about: article.title.to_lowercase(),
            category: article.category.clone(),
            questions: article.questions.clone(),
            elsewhere: ELSEWHERE
                .iter()
                .filter(|(_, id, _)| *id == article.id)
                .flat_map(|(language, _, texts)| {
                    texts.iter().map(|text| (*language, (*text).to_owned()))
                })
                .collect(),
            answer: article.answer.clone(),
            has_article: true,
            ease: EASE.0 + EASE.1 * dice.normal(),
            // A few are asked a lot, most now and then.
            weight: (0.9 * dice.normal()).exp(),
            tool: tool_of(&article.category),
            kind: Kind::Usual {
                is_better_later: false,
            },
        })
        .collect();
    for _ in 0..BETTER.min(concerns.len()) {
        let at = dice.below(concerns.len());
        if let Some(concern) = concerns.get_mut(at) {
            concern.kind = Kind::Usual {
                is_better_later: true,
            };
        }
    }
    let all: f64 = concerns.iter().map(|it| it.weight).sum();
    for concern in &mut concerns {
        concern.weight *= (1.0 - OUTSIDE_SHARE) / all.max(f64::MIN_POSITIVE);
    }
    concerns.push(outside(company));
    concerns.extend(season.product.map(product));
    concerns.extend(season.gap.map(|gap| {
        let nearest = company.articles.get(dice.below(company.articles.len()));
        Concern {
            article: nearest.map_or_else(String::new, |article| article.id.clone()),
            about: gap.name.to_owned(),
            category: "shipping".to_owned(),
            questions: gap
                .questions
                .iter()
                .map(|text| (*text).to_owned())
                .collect(),
            elsewhere: Vec::new(),
            answer: gap.answer.to_owned(),
            has_article: false,
            ease: EASE_OF_GAP,
            weight: 0.0,
            tool: None,
            kind: Kind::Gap,
        }
    }));
    concerns
}

fn tool_of(category: &str) -> Option<&'static str> {
    let tool = TOOLS.iter().find(|(of, _)| *of == category);
    tool.map(|(_, tool)| *tool)
}

fn outside(company: &Company) -> Concern {
    Concern {
        article: company
            .articles
            .first()
            .map_or_else(String::new, |it| it.id.clone()),
        about: "your question".to_owned(),
        category: "outside".to_owned(),
        questions: OUTSIDE.iter().map(|text| (*text).to_owned()).collect(),
        elsewhere: Vec::new(),
        answer: "That is nothing we do, I'm sorry.".to_owned(),
        has_article: false,
        ease: EASE_OF_OUTSIDE,
        weight: OUTSIDE_SHARE,
        tool: None,
        kind: Kind::Outside,
    }
}

fn product(product: &crate::words::Product) -> Concern {
    Concern {
        article: product.article.to_owned(),
        about: product.title.to_lowercase(),
        category: "product".to_owned(),
        questions: product
            .questions
            .iter()
            .map(|text| (*text).to_owned())
            .collect(),
        elsewhere: Vec::new(),
        answer: product.answer.to_owned(),
        has_article: true,
        ease: EASE_OF_PRODUCT,
        weight: 0.0,
        tool: None,
        kind: Kind::Product,
    }
}
