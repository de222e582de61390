//! What any server of this make can do: the body is parsed, and sent back.

use axum::Json;
use axum::routing::post;
use serde::{Deserialize, Serialize};

/// As many as the product's runtime takes on a machine of two processors.
const WORKERS: usize = 2;

#[derive(Serialize, Deserialize)]
struct Turn {
    role: String,
    text: String,
}

async fn echo(Json(turn): Json<Turn>) -> Json<Turn> {
    Json(turn)
}

/// Serves until it is killed; prints where.
pub fn serve() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        Ok(axum::serve(listener, axum::Router::new().route("/echo", post(echo))).await?)
    })
}
