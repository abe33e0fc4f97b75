//! compio: its io_uring driver, a task for each connection, timer and reader.

mod owned_buffers;
mod protocol;

use compio::buf::BufResult;
use compio::io::{AsyncRead, AsyncReadAt, AsyncWriteExt};
use owned_buffers::serve;

struct Stream<Io>(Io);

impl<Io: AsyncRead + AsyncWriteExt> owned_buffers::Stream for Stream<Io> {
    async fn receive(&mut self, buffer: Vec<u8>) -> (std::io::Result<usize>, Vec<u8>) {
        let BufResult(count, received) = self.0.read(buffer).await;
        (count, received)
    }
    async fn send_all(&mut self, bytes: Vec<u8>) -> (std::io::Result<()>, Vec<u8>) {
        let BufResult(sent, bytes) = self.0.write_all(bytes).await;
        (sent, bytes)
    }
}

async fn listen(echoes: bool) -> std::io::Result<()> {
    if protocol::is_pipe() {
        let path = protocol::option("path").unwrap_or_default();
        let listener = compio::net::UnixListener::bind(&path).await?;
        protocol::say("ready", &path);
        loop {
            let (stream, _) = listener.accept().await?;
            compio::runtime::spawn(serve(Stream(stream), echoes)).detach();
        }
    }
    let listener = compio::net::TcpListener::bind("127.0.0.1:0").await?;
    protocol::say("ready", &listener.local_addr()?.port().to_string());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        compio::runtime::spawn(serve(Stream(stream), echoes)).detach();
    }
}

async fn timers() {
    protocol::timers(|delay| {
        let task = compio::runtime::spawn(protocol::is_in_time(delay, compio::time::sleep));
        async { task.await.unwrap() }
    })
    .await;
}

async fn files() {
    let direct = protocol::number("direct", 0) != 0;
    let file = compio::fs::OpenOptions::new()
        .read(true)
        .custom_flags(if direct { libc::O_DIRECT } else { 0 })
        .open(protocol::option("path").unwrap_or_default())
        .await
        .unwrap_or_else(|error| protocol::fail(error));
    protocol::read_blocks(|reads| {
        let file = file.clone();
        let reader = compio::runtime::spawn(reads.repeat(move |block, offset| {
            let file = file.clone();
            async move {
                let BufResult(count, block) = file.read_at(block, offset).await;
                (count, block)
            }
        }));
        async { reader.await.unwrap() }
    })
    .await;
}

fn main() {
    let runtime = compio::runtime::Runtime::new().unwrap_or_else(|error| protocol::fail(error));
    runtime.block_on(async {
        match protocol::task().as_str() {
            "stream_server:echo" => protocol::fail(listen(true).await.unwrap_err()),
            "stream_server:sink" => protocol::fail(listen(false).await.unwrap_err()),
            "timers:fire" => timers().await,
            "files:read" => files().await,
            _ => protocol::lacks(),
        }
    });
}
