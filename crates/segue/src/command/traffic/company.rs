//! The demo company, as the generator of history wants it.

use segue_model::fact::FactValue;
use segue_model::fact::name;
use segue_model::id::WorkspaceId;
use segue_service::Service;
use segue_traffic::{Article, Colleague, Company, Person, people};

use crate::demo;

/// How many customers write in these weeks; most write once or twice.
const PEOPLE: usize = 800;
/// The columns of a customers' file that made-up people have.
const COLUMNS: [&str; 7] = [
    name::EMAIL,
    name::ACCOUNT_ID,
    name::NAME,
    name::TIER,
    name::VIP,
    name::ACCOUNT_OWNER,
    "company",
];

/// The company with customers of its own, who are in the workspace afterwards.
pub(super) async fn of(
    service: &Service,
    workspace: WorkspaceId,
    seed: u64,
) -> anyhow::Result<Company> {
    let desk = service.desk(workspace)?;
    let mut customers = people(seed, PEOPLE);
    service
        .import_customers(workspace, &table(&customers)?)
        .await?;
    for person in &mut customers {
        let email = person
            .facts
            .text(name::EMAIL)
            .unwrap_or_default()
            .to_owned();
        if let Some(known) = service.store().find_customer(workspace, email).await? {
            person.id = known.id;
        }
    }
    let colleagues = desk
        .agents()
        .iter()
        .filter(|agent| agent.is_active && !agent.queues.is_empty())
        .map(|agent| Colleague {
            id: agent.id,
            queues: agent.queues.clone(),
        })
        .collect();
    let rules = desk.ruleset();
    Ok(Company {
        articles: articles()?,
        people: customers,
        colleagues,
        zone: rules.zone(),
        rules,
    })
}

/// The help centre, each article with the sentences that the assistant quotes.
pub(crate) fn articles() -> anyhow::Result<Vec<Article>> {
    let article = |article: segue_assist::Article| Article {
        answer: article.body.lines().next().unwrap_or_default().to_owned(),
        id: article.slug,
        title: article.title,
        category: article.category,
        questions: article.asked,
    };
    Ok(demo::articles()?.into_iter().map(article).collect())
}

/// The customers as a file, because that is how a workspace gets them.
fn table(customers: &[Person]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS)?;
    for person in customers {
        let value = |column: &&str| match person.facts.known.get(*column) {
            Some(FactValue::Text(text)) => text.clone(),
            Some(FactValue::Flag(flag)) => flag.to_string(),
            Some(FactValue::Number(number)) => number.to_string(),
            None => String::new(),
        };
        out.write_record(COLUMNS.iter().map(value))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}
