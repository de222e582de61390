//! What the server says of itself: the log on standard error, counters for Prometheus, and,
//! where the operator names a collector, traces by OTLP.
//!
//! Counters are recorded only where somebody listens for them, spans only where a collector
//! is named; elsewhere both cost next to nothing.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing_subscriber::filter::{EnvFilter, LevelFilter, Targets};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

mod collector;

/// The spans that are traced: the rooms a turn goes through, and requests.
const TRACED: [&str; 2] = ["segue::room", "segue::request"];
/// Upper ends of the classes in which times are counted, in seconds: from a decision in
/// microseconds to a wait of half an hour.
const BUCKETS: [f64; 19] = [
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
    1.0, 5.0, 30.0, 120.0, 600.0, 1_800.0,
];
/// How often what was recorded is folded together, so that it does not pile up.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Where traces go.
#[derive(Debug, Clone)]
pub struct Traces {
    /// The collector's address: `http://127.0.0.1:4318`.
    pub collector: String,
    /// Which share of requests is traced, 0–1.
    pub share: f64,
}

/// Ends what has to be ended before the process does.
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
}

impl Telemetry {
    /// Sends what is left.
    pub fn stop(self) {
        if let Some(traces) = self.traces
            && let Err(error) = traces.shutdown()
        {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Writes what happens to standard error, as much of it as `SEGUE_LOG` says, and sends
/// traces where a collector is named. Within the runtime, which sends them.
///
/// # Errors
/// If the collector's address cannot be called.
pub fn start(otherwise: &str, traces: Option<&Traces>) -> anyhow::Result<Telemetry> {
    let filter = EnvFilter::try_from_env("SEGUE_LOG").unwrap_or_else(|_| EnvFilter::new(otherwise));
    let log = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_filter(filter);
    let provider = traces.map(provider).transpose()?;
    let spans = provider.as_ref().map(|provider| {
        let only = TRACED.iter().map(|target| (*target, LevelFilter::DEBUG));
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("segue"))
            .with_filter(Targets::new().with_targets(only))
    });
    tracing_subscriber::registry().with(log).with(spans).init();
    Ok(Telemetry { traces: provider })
}

fn provider(traces: &Traces) -> anyhow::Result<SdkTracerProvider> {
    opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
    let client = collector::Collector::new(&traces.collector)
        .with_context(|| format!("`{}` is no collector", traces.collector))?;
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_http_client(client)
        .with_endpoint(format!(
            "{}/v1/traces",
            traces.collector.trim_end_matches('/')
        ))
        .build()?;
    let resource = Resource::builder()
        .with_service_name("segue")
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        // Whoever called us decides whether the whole is traced.
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(
            traces.share,
        ))))
        .with_resource(resource)
        .build())
}

/// Begins to count, and says how what was counted is written.
///
/// # Errors
/// If counting has begun already.
pub fn count() -> anyhow::Result<Arc<dyn Fn() -> String + Send + Sync>> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)?
        .install_recorder()?;
    segue_service::watched::describe();
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut every = tokio::time::interval(UPKEEP_EVERY);
        loop {
            every.tick().await;
            upkeep.run_upkeep();
        }
    });
    Ok(Arc::new(move || handle.render()))
}
