//! What a socket costs that nobody uses: the server's memory before and after.

use std::time::Duration;

use serde_json::{Value, json};

use crate::connection::{self, Connection, post};
use crate::figures::{count, round};
use crate::server::Server;
use crate::system;
use crate::websocket::Socket;

/// Sockets that are opened first, so that what is made once is there and the allocator
/// has handed out what it kept from the start.
const WARM_UP: u64 = 4_000;
/// How long memory is left to settle.
const SETTLE: Duration = Duration::from_secs(2);

/// Opens so many sockets.
pub async fn run(sockets: u64) -> anyhow::Result<Value> {
    let mut server = Server::start().await?;
    let mut connection = Connection::open(server.address).await?;
    let mut open = Vec::new();
    add(&server, &mut connection, &mut open, WARM_UP).await?;
    let empty = settled(&server).await?;
    add(&server, &mut connection, &mut open, sockets).await?;
    let greeted = settled(&server).await?;
    for socket in open.iter_mut().skip(usize::try_from(WARM_UP)?) {
        socket
            .send(&json!({"type": "subscribe", "topic": "inbox"}))
            .await?;
        socket.receive(&mut Vec::new()).await?;
    }
    let following = settled(&server).await?;
    let cpu = system::cpu_us(server.id())?;
    tokio::time::sleep(SETTLE).await;
    let cpu = system::cpu_us(server.id())? - cpu;
    drop(open);
    server.stop()?;
    Ok(json!({
        "bench": "idle",
        "sockets": sockets,
        "bytes_per_idle_socket": round((greeted - empty) / count(sockets)),
        "bytes_per_socket_with_inbox": round((following - empty) / count(sockets)),
        "resident_mib_before": round(empty / 1024.0 / 1024.0),
        "resident_mib_after": round(following / 1024.0 / 1024.0),
        "cpu_us_per_socket_and_s": round(cpu / count(sockets) / SETTLE.as_secs_f64()),
        "goals": {"bytes_per_idle_socket": 8192},
    }))
}

async fn add(
    server: &Server,
    connection: &mut Connection,
    open: &mut Vec<Socket>,
    sockets: u64,
) -> anyhow::Result<()> {
    for _ in 0..sockets {
        let request = post("/v1/live/ticket", &server.session, "{}");
        let ticket = connection.json(&request).await?;
        let ticket = connection::text(&ticket, "ticket")?;
        open.push(Socket::open(server.address, ticket).await?);
    }
    Ok(())
}

async fn settled(server: &Server) -> anyhow::Result<f64> {
    tokio::time::sleep(SETTLE).await;
    system::resident_bytes(server.id())
}
