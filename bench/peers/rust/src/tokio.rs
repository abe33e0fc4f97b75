//! tokio: its runtime of one thread, a task for each connection, timer and reader.

mod protocol;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

async fn echo(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..count]).await?;
    }
}

async fn sink(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    let mut received = 0;
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return stream.write_all(format!("{received}\n").as_bytes()).await;
        }
        received += count;
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, echoes: bool) -> std::io::Result<()> {
    if echoes {
        echo(stream).await
    } else {
        sink(stream).await
    }
}

async fn listen(echoes: bool) -> std::io::Result<()> {
    if protocol::is_pipe() {
        let path = protocol::option("path").unwrap_or_default();
        let listener = tokio::net::UnixListener::bind(&path)?;
        protocol::say("ready", &path);
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::task::spawn_local(serve(stream, echoes));
        }
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    protocol::say("ready", &listener.local_addr()?.port().to_string());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::task::spawn_local(serve(stream, echoes));
    }
}

async fn timers() {
    protocol::timers(|delay| {
        let task = tokio::task::spawn_local(protocol::is_in_time(delay, tokio::time::sleep));
        async { task.await.unwrap() }
    })
    .await;
}

/// A read at a place, which tokio leaves to a thread of the pool.
async fn read(
    file: &'static std::fs::File,
    block: &'static mut [u8],
    offset: u64,
) -> (std::io::Result<usize>, &'static mut [u8]) {
    use std::os::unix::fs::FileExt;
    tokio::task::spawn_blocking(move || (file.read_at(block, offset), block))
        .await
        .unwrap()
}

async fn files() {
    let file: &'static std::fs::File = Box::leak(Box::new(protocol::open_file()));
    protocol::read_blocks(|reads| {
        let reader =
            tokio::task::spawn_local(reads.repeat(move |block, offset| read(file, block, offset)));
        async { reader.await.unwrap() }
    })
    .await;
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async {
        match protocol::task().as_str() {
            "stream_server:echo" => protocol::fail(listen(true).await.unwrap_err()),
            "stream_server:sink" => protocol::fail(listen(false).await.unwrap_err()),
            "timers:fire" => timers().await,
            "files:read" => files().await,
            _ => protocol::lacks(),
        }
    });
}
