//! The demo workspace: an invented company with agents, queues, customers and a
//! little history. It is brought only by `--demo`, and only once.

pub mod carrier;
mod history;
mod people;

use std::sync::Arc;

use anyhow::Context;
use rust_embed::RustEmbed;
use segue_assist::{Article, KnowledgeBase, parse_article};
use segue_model::id::{AgentId, WorkspaceId};
use segue_policy::Policy;
use segue_policy::definition::{Hours, Queue};
use segue_ports::directory::{LinkPurpose, Workspace};
use segue_server::site::DemoCustomer;
use segue_service::Service;
use uuid::Uuid;

/// The demo company's help centre.
#[derive(RustEmbed)]
#[folder = "../../knowledge/"]
#[include = "*.md"]
struct Knowledge;

/// The demo company's customers and past.
#[derive(RustEmbed)]
#[folder = "../../demo/"]
#[include = "customers.csv"]
#[include = "history.jsonl"]
struct Demo;

/// The invented company.
pub const COMPANY: &str = "Brightcrate";

/// A link that signs one of the demo's people in, once.
#[derive(Debug, Clone)]
pub struct SignInLink {
    /// Who, and what they do.
    pub who: String,
    /// The secret.
    pub token: String,
}

fn file(name: &str) -> anyhow::Result<String> {
    let file =
        Demo::get(name).with_context(|| format!("the demo's `{name}` is not in this binary"))?;
    Ok(String::from_utf8(file.data.into_owned())?)
}

/// The help centre, by slug.
pub fn articles() -> anyhow::Result<Vec<Article>> {
    let mut names: Vec<_> = Knowledge::iter()
        .filter(|name| name != "README.md")
        .collect();
    names.sort();
    let mut articles = Vec::with_capacity(names.len());
    for name in names {
        let slug = name.trim_end_matches(".md");
        let file =
            Knowledge::get(&name).with_context(|| format!("`{name}` is not in this binary"))?;
        let text = String::from_utf8(file.data.into_owned())?;
        articles
            .push(parse_article(slug, &text).with_context(|| format!("`{name}` is no article"))?);
    }
    Ok(articles)
}

/// Brings the demo workspace if it is not there; in any case makes new sign-in links.
pub async fn seed(
    service: &Service,
    knowledge: Arc<KnowledgeBase>,
) -> anyhow::Result<Vec<SignInLink>> {
    let found = service
        .store()
        .workspaces()
        .await?
        .into_iter()
        .find(|known| known.is_demo);
    let workspace = match found {
        Some(workspace) => workspace.id,
        None => bring(service, knowledge).await?,
    };
    let desk = service.desk(workspace)?;
    let mut links = Vec::new();
    for person in people::PEOPLE {
        let Some(agent) = desk
            .agents()
            .iter()
            .find(|agent| agent.email == person.email())
            .cloned()
        else {
            continue;
        };
        let token = service
            .new_link(workspace, agent.id, LinkPurpose::SignIn)
            .await?;
        links.push(SignInLink {
            who: format!("{} ({})", agent.name, person.title),
            token,
        });
    }
    Ok(links)
}

/// Brings the demo workspace.
pub async fn bring(
    service: &Service,
    knowledge: Arc<KnowledgeBase>,
) -> anyhow::Result<WorkspaceId> {
    let workspace = Workspace {
        id: WorkspaceId::new(Uuid::now_v7()),
        name: COMPANY.to_owned(),
        is_demo: true,
        created_at: service.now(),
    };
    let id = workspace.id;
    service.store().create_workspace(workspace.clone()).await?;
    for person in people::PEOPLE {
        let agent = person.agent(AgentId::new(Uuid::now_v7()), service.now());
        service.store().create_agent(id, agent).await?;
    }
    service.open_workspace(workspace, knowledge).await?;
    service.activate_policy(id, always_open()?, None).await?;
    service
        .import_customers(id, &file("customers.csv")?)
        .await?;
    history::bring(service, id, &file("history.jsonl")?).await?;
    Ok(id)
}

/// The built-in policy with teams that never close, so that the demo can be
/// tried at any hour; hours are set on the console's page of queues.
fn always_open() -> anyhow::Result<Policy> {
    let mut text = String::new();
    let mut is_in_hours = false;
    // In the text, because its comments are what a newcomer reads.
    for line in Policy::builtin().text().lines() {
        is_in_hours &= line.starts_with("      - ");
        if line == "    hours:" {
            is_in_hours = true;
            text.push_str("    hours: always\n");
        } else if !is_in_hours && !line.starts_with("    holidays: ") {
            text.push_str(line);
            text.push('\n');
        }
    }
    let policy = Policy::parse(&text).map_err(|problems| {
        let first = problems
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        anyhow::anyhow!("the demo's policy is not sound: {first}")
    })?;
    let is_open = |queue: &Queue| queue.hours == Hours::Always;
    anyhow::ensure!(
        policy.queues().iter().all(is_open),
        "a queue of the demo's policy has hours"
    );
    Ok(policy)
}

/// Whom a visitor of the demo site can be.
pub async fn customers(
    service: &Service,
    workspace: WorkspaceId,
) -> anyhow::Result<Vec<DemoCustomer>> {
    /// More than the demo has.
    const MOST: u32 = 100;
    let customers = service.store().customers(workspace, MOST).await?;
    let shown = customers.into_iter().filter_map(|customer| {
        let facts = segue_model::fact::Facts {
            known: customer.facts,
            lookup_failed: None,
        };
        let text = |name: &str| facts.text(name).unwrap_or_default().to_owned();
        Some(DemoCustomer {
            email: customer.email?,
            name: text(segue_model::fact::name::NAME),
            tier: text(segue_model::fact::name::TIER),
            is_vip: facts.flag(segue_model::fact::name::VIP).unwrap_or(false),
            company: text("company"),
        })
    });
    Ok(shown.collect())
}
