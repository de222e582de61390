//! `segue serve`: the server. With `--demo` it brings a workspace of an invented
//! company; without it, the first run is closed: nothing is seeded, and a
//! single-use setup code in the log claims it (D12).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use segue_api::ApiState;
use segue_api::auth::limit::{Rate, Rates};
use segue_api::auth::proxy::{Network, Proxies};
use segue_assist::{Article, KnowledgeBase};
use segue_model::time::Timestamp;
use segue_ports::clock::Clock;
use segue_server::Limits;
use segue_server::headers::{self, Audience};
use segue_server::site::{HelpArticle, Site};
use segue_service::identity::secret;
use segue_service::identity::visitors::{Claims, IDENTITY_MAX, sign_identity};
use segue_service::tool::Tool;
use segue_service::{Options, Service};
use segue_store_sqlite::SqliteStore;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::connections::{Connections, Plugged};
use crate::demo;
use crate::telemetry::{self, Traces};

/// Options of `segue serve`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the data; made if it is not there.
    #[arg(long)]
    data: PathBuf,
    /// Where console and API listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where the widget and the demo site listen; the port after the console's otherwise.
    #[arg(long)]
    widget_listen: Option<SocketAddr>,
    /// Where the server's counters are read (`/metrics`), on this machine; nowhere otherwise.
    #[arg(long)]
    metrics_listen: Option<SocketAddr>,
    /// The OpenTelemetry collector that traces are sent to, by OTLP over HTTP
    /// (`http://127.0.0.1:4318`); no traces otherwise.
    #[arg(long, value_name = "URL")]
    otlp: Option<String>,
    /// Which share of requests is traced, 0 to 1.
    #[arg(long, default_value_t = 1.0, requires = "otlp", value_parser = share)]
    otlp_share: f64,
    /// A demo workspace: an invented company, agents, queues, customers, a little history.
    #[arg(long)]
    demo: bool,
    /// A folder of Markdown articles that the built-in assistant answers from.
    #[arg(long)]
    knowledge: Option<PathBuf>,
    /// A file that says which models, bots, desks and sources of facts are connected.
    #[arg(long, value_name = "FILE")]
    connections: Option<PathBuf>,
    /// An origin that may embed the widget, besides its own; may be given several times.
    #[arg(long = "embed-origin")]
    embed_origins: Vec<String>,
    /// The address under which agents' browsers reach the console, if a proxy changes it.
    #[arg(long)]
    console_url: Option<String>,
    /// The address under which customers' browsers reach the widget, if a proxy changes it.
    #[arg(long)]
    widget_url: Option<String>,
    /// A proxy in front of this server ends TLS; needed to listen beyond this machine.
    #[arg(long)]
    behind_proxy: bool,
    /// A network of proxies (`10.0.0.0/8`, or one address) whose `X-Forwarded-For` says
    /// whom a request comes from; may be given several times.
    #[arg(long = "trusted-proxy", value_name = "CIDR")]
    trusted_proxies: Vec<Network>,
    /// How many connections each listener holds at once; more are closed as they come.
    #[arg(long, default_value_t = Limits::default().connections_max)]
    connections_max: usize,
    /// How many of them come from one address; without bound from this machine and
    /// from trusted proxies.
    #[arg(long, default_value_t = Limits::default().connections_per_address_max)]
    connections_per_address_max: usize,
    /// How much room is kept in the data folder for a full disk, in MiB; 0 keeps none.
    #[arg(long, default_value_t = 64)]
    reserve_mib: u32,
    /// How many requests a second one API key makes; 0 is no bound. Behind a proxy 1000
    /// unless told otherwise, on this machine alone none.
    #[arg(long, value_name = "PER_SECOND")]
    key_rate: Option<u32>,
}

fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| format!("`{text}` is no share between 0 and 1"))
}

/// What a key may ask of a server that is reached from elsewhere, per second: far more
/// than an assistant does, far less than the store takes, so that one key that runs
/// wild leaves room for the others (S-19).
const KEY_RATE_BEHIND_PROXY: u32 = 1_000;
/// Over how many seconds a burst of a key is counted.
const KEY_BURST_S: u32 = 5;

impl Arguments {
    fn proxies(&self) -> Proxies {
        self.trusted_proxies.iter().copied().collect()
    }

    fn traces(&self) -> Option<Traces> {
        let collector = self.otlp.clone()?;
        let share = self.otlp_share;
        Some(Traces { collector, share })
    }

    fn rates(&self) -> Rates {
        let otherwise = self.behind_proxy.then_some(KEY_RATE_BEHIND_PROXY);
        let per_second = self.key_rate.or(otherwise).filter(|rate| *rate > 0);
        Rates {
            key: per_second.map(|rate| Rate::new(rate.saturating_mul(KEY_BURST_S), KEY_BURST_S)),
            ..Rates::default()
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            connections_max: self.connections_max,
            connections_per_address_max: self.connections_per_address_max,
            proxies: self.proxies(),
            ..Limits::default()
        }
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A knowledge base without articles.
pub fn no_knowledge() -> Arc<KnowledgeBase> {
    Arc::new(KnowledgeBase::of_articles(&[]))
}

/// Runs the server until a signal ends it.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let traces = arguments.traces();
        let telemetry = telemetry::start("info", traces.as_ref())?;
        let served = serve(arguments).await;
        // What is left is sent by a thread of its own, which needs the runtime meanwhile.
        let stopped = tokio::task::spawn_blocking(move || telemetry.stop()).await;
        served.and(stopped.map_err(Into::into))
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(arguments: Arguments) -> anyhow::Result<()> {
    check_reach(&arguments)?;
    let console = bind(arguments.listen, arguments.demo).await?;
    let widget_at = arguments
        .widget_listen
        .unwrap_or_else(|| after(console.local_addr().unwrap_or(arguments.listen)));
    let widget = bind(widget_at, arguments.demo).await?;
    let (console_at, widget_at) = (console.local_addr()?, widget.local_addr()?);
    let metrics = match arguments.metrics_listen {
        Some(at) => Some(bind(at, false).await?),
        None => None,
    };
    let widget_url = arguments
        .widget_url
        .clone()
        .unwrap_or_else(|| format!("http://{widget_at}"));

    let console_url = arguments.console_url.as_ref();
    let console_url = console_url.map_or_else(
        || format!("http://{console_at}"),
        |url| url.trim_end_matches('/').to_owned(),
    );

    let options = segue_store_sqlite::Options {
        reserve_bytes: u64::from(arguments.reserve_mib) << 20,
        ..segue_store_sqlite::Options::default()
    };
    let store = SqliteStore::open(&arguments.data, options)
        .with_context(|| format!("cannot open the data in `{}`", arguments.data.display()))?;
    let store = Arc::new(store);
    let articles = articles(&arguments)?;
    let knowledge = Arc::new(KnowledgeBase::of_articles(&articles));
    let mut connections = match &arguments.connections {
        Some(file) => Connections::read(file)?,
        None => Connections::default(),
    };
    let gateway = connections.gateway()?;
    let Plugged { outside, inbound } =
        connections.plug(tools(arguments.demo), Arc::new(SystemClock))?;
    let service = Service::new(
        Arc::clone(&store) as _,
        Arc::new(SystemClock),
        outside,
        Options {
            console_url: Some(console_url.clone()),
            ..Options::default()
        },
    );
    let identity_key = identity_key(&arguments.data)?;
    // Its patterns take most of a second to compile: no customer's first answer waits for it.
    service
        .tasks()
        .spawn_blocking(|| segue_detect::could_promise("I will call you back."));
    service.start(Arc::clone(&knowledge)).await?;
    let links = if arguments.demo {
        demo::seed(&service, Arc::clone(&knowledge)).await?
    } else {
        announce_setup(&service, console_at).await?;
        Vec::new()
    };
    let options = segue_api::Options {
        is_secure: arguments.behind_proxy,
        console_url,
        widget_url: widget_url.clone(),
        widget_workspace: None,
        identity_key: identity_key.clone().into(),
        knowledge: Arc::clone(&knowledge),
        rates: arguments.rates(),
        proxies: arguments.proxies(),
    };
    let state = ApiState::new(service.clone(), options);
    let site = site(&service, knowledge, identity_key, arguments.demo).await?;
    let metrics_at = metrics.as_ref().and_then(|at| at.local_addr().ok());
    let places = Places {
        console: console_at,
        metrics: metrics_at,
        has_gateway: gateway.is_some(),
    };
    announce(&arguments, &places, &widget_url, &links);
    let listeners = Listeners {
        console,
        widget,
        metrics,
    };
    let desks = segue_connect::desk::router(service.clone(), inbound);
    let gateway = gateway.map(|gateway| segue_gateway::router(state.clone(), gateway));
    let doors = desks.merge(gateway.unwrap_or_default());
    listen(&service, &arguments, (state, doors), site, listeners).await?;
    service.stop().await;
    store.close().await;
    Ok(())
}

fn tools(is_demo: bool) -> Vec<Arc<dyn Tool>> {
    if is_demo {
        vec![Arc::new(demo::carrier::Carrier::default())]
    } else {
        Vec::new()
    }
}

/// Beyond this machine only behind a proxy that ends TLS (S-30).
fn check_reach(arguments: &Arguments) -> anyhow::Result<()> {
    if let Some(at) = arguments.metrics_listen.filter(|at| !at.ip().is_loopback()) {
        bail!("the counters are for this machine only: `{at}` is beyond it");
    }
    let addresses = [Some(arguments.listen), arguments.widget_listen];
    let is_open = addresses
        .into_iter()
        .flatten()
        .any(|address| !address.ip().is_loopback());
    if is_open && arguments.demo {
        bail!("the demo listens on this machine only: its sign-in links are printed to everybody");
    }
    if is_open && !arguments.behind_proxy {
        bail!(
            "listening beyond this machine needs a proxy that ends TLS: say so with --behind-proxy"
        );
    }
    Ok(())
}

async fn bind(address: SocketAddr, next_if_busy: bool) -> anyhow::Result<TcpListener> {
    segue_server::bind(address, next_if_busy)
        .await
        .with_context(|| format!("cannot listen on {address}"))
}

fn after(address: SocketAddr) -> SocketAddr {
    let port = if address.port() == 0 {
        0
    } else {
        address.port().saturating_add(1)
    };
    SocketAddr::new(address.ip(), port)
}

fn articles(arguments: &Arguments) -> anyhow::Result<Vec<Article>> {
    if let Some(folder) = &arguments.knowledge {
        return folder_articles(folder);
    }
    if arguments.demo {
        demo::articles()
    } else {
        Ok(Vec::new())
    }
}

/// The articles of a folder of Markdown files.
pub fn folder_articles(folder: &Path) -> anyhow::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for file in crate::lines::files(folder, &[".md"])? {
        let slug = file
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        if slug == "README" {
            continue;
        }
        let text = std::fs::read_to_string(&file)?;
        let article = segue_assist::parse_article(&slug, &text)
            .with_context(|| format!("`{}` is no article", file.display()))?;
        articles.push(article);
    }
    Ok(articles)
}

/// The key with which the company's own site signs who a customer is.
fn identity_key(folder: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let path = folder.join("identity.key");
    if let Ok(key) = std::fs::read(&path) {
        return Ok(key);
    }
    let key = secret::new_secret("sgi_").into_bytes();
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}

async fn announce_setup(service: &Service, console: SocketAddr) -> anyhow::Result<()> {
    if !service.needs_setup().await? {
        return Ok(());
    }
    let code = service.new_setup_code().await?;
    tracing::warn!(
        "nobody has claimed this server yet: open http://{console}/ and give this code within 30 minutes: {code}"
    );
    Ok(())
}

/// What is reached where.
struct Places {
    console: SocketAddr,
    metrics: Option<SocketAddr>,
    has_gateway: bool,
}

fn announce(arguments: &Arguments, places: &Places, widget_url: &str, links: &[demo::SignInLink]) {
    let Places {
        console, metrics, ..
    } = places;
    println!("Segue is ready.");
    println!("  console        http://{console}/");
    if arguments.demo {
        println!("  customer page  {widget_url}/");
    } else {
        println!("  widget         {widget_url}/widget.js");
    }
    println!("  API            http://{console}/docs");
    if places.has_gateway {
        println!("  gateway        http://{console}/v1 (the base URL of an OpenAI client)");
    }
    if let Some(metrics) = metrics {
        println!("  metrics        http://{metrics}/metrics");
    }
    if !links.is_empty() {
        println!("Sign in once with one of these links:");
    }
    for link in links {
        println!("  {:<34} http://{console}/#/link/{}", link.who, link.token);
    }
}

/// The help centre, by title.
fn help_articles(articles: &[Article]) -> Vec<HelpArticle> {
    let mut articles: Vec<HelpArticle> = articles
        .iter()
        .map(|article| HelpArticle {
            slug: article.slug.clone(),
            title: article.title.clone(),
            category: article.category.clone(),
            updated: article.updated.clone(),
            body: article.body.clone(),
        })
        .collect();
    articles.sort_by(|one, other| one.title.cmp(&other.title));
    articles
}

async fn site(
    service: &Service,
    knowledge: Arc<KnowledgeBase>,
    identity_key: Vec<u8>,
    is_demo: bool,
) -> anyhow::Result<Arc<Site>> {
    let workspace = service.desks().first().map(|desk| desk.workspace.id);
    let customers = match workspace.filter(|_| is_demo) {
        Some(workspace) => demo::customers(service, workspace).await?,
        None => Vec::new(),
    };
    let sign = move |email: &str| {
        let now = SystemClock.now();
        let lives_s = i64::try_from(IDENTITY_MAX.millis() / 1_000).ok()?;
        let claims = Claims {
            sub: email.to_owned(),
            aud: workspace?.to_string(),
            exp: now.0 / 1_000 + lives_s,
            jti: Some(secret::new_secret("")),
        };
        sign_identity(&identity_key, &claims)
    };
    // What was taught since is shown, too: answers lead there.
    let desks = service.clone();
    let articles = move || {
        let taught = desks.desks().first().map(|desk| desk.taught());
        let in_use = taught.as_ref().map_or(&knowledge, |it| &it.knowledge);
        help_articles(in_use.articles())
    };
    Ok(Arc::new(Site {
        articles: Box::new(articles),
        customers,
        sign: Box::new(sign),
    }))
}

/// The doors, each for somebody else.
struct Listeners {
    console: TcpListener,
    widget: TcpListener,
    metrics: Option<TcpListener>,
}

async fn listen(
    service: &Service,
    arguments: &Arguments,
    (state, doors): (ApiState, axum::Router),
    site: Arc<Site>,
    listeners: Listeners,
) -> anyhow::Result<()> {
    let on_metrics = match &listeners.metrics {
        Some(_) => Some(segue_api::metrics_router(
            state.clone(),
            telemetry::count()?,
        )),
        None => None,
    };
    let stop = service.stopping().clone();
    let is_secure = arguments.behind_proxy;
    let on_console = segue_api::console_router(state.clone())
        .merge(doors)
        .merge(segue_server::pages::console())
        .layer(axum::middleware::from_fn(move |request, next| {
            headers::add((Audience::Console, is_secure), request, next)
        }));
    let mut frame_ancestors = vec!["'self'".to_owned()];
    frame_ancestors.extend(arguments.embed_origins.iter().cloned());
    let audience = Audience::Widget {
        frame_ancestors: frame_ancestors.join(" "),
    };
    let on_widget = segue_api::widget_router(state)
        .merge(segue_server::pages::widget(arguments.demo))
        .merge(segue_server::site::router(site))
        .layer(axum::middleware::from_fn(move |request, next| {
            headers::add((audience.clone(), is_secure), request, next)
        }));
    let Listeners {
        console,
        widget,
        metrics,
    } = listeners;
    let doors = [
        Some((console, on_console)),
        Some((widget, on_widget)),
        metrics.zip(on_metrics),
    ];
    let limits = arguments.limits();
    let running = doors.into_iter().flatten().map(|(listener, router)| {
        let (limits, stop) = (limits.clone(), stop.clone());
        tokio::spawn(segue_server::serve(listener, router, limits, stop))
    });
    let running: Vec<_> = running.collect();
    wait_for_signal(&stop).await?;
    for door in running {
        door.await??;
    }
    Ok(())
}

/// Waits for a signal or for `stop`, and then says `stop` to everybody.
pub async fn wait_for_signal(stop: &CancellationToken) -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
        () = stop.cancelled() => {}
    }
    tracing::info!("stopping");
    stop.cancel();
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn key_rate(more: &[&str]) -> Option<Rate> {
        let line = ["segue", "--data", "x"].iter().chain(more);
        Line::try_parse_from(line).unwrap().arguments.rates().key
    }

    #[test]
    fn a_key_is_bound_where_strangers_reach_the_server() {
        assert_eq!(key_rate(&[]), None);
        assert_eq!(key_rate(&["--behind-proxy"]), Some(Rate::new(5_000, 5)));
        assert_eq!(key_rate(&["--behind-proxy", "--key-rate", "0"]), None);
        assert_eq!(key_rate(&["--key-rate", "10"]), Some(Rate::new(50, 5)));
    }

    #[test]
    fn what_is_no_network_is_no_proxy() {
        for network in ["", "10.0.0.0/33", "proxy.example", "10.0.0.1-10.0.0.9"] {
            let line = ["segue", "--data", "x", "--trusted-proxy", network];
            assert!(Line::try_parse_from(line).is_err(), "{network}");
        }
    }
}
