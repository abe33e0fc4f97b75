//! tokio: its runtime of one thread, a task for each connection, timer and reader.

mod protocol;

use protocol::{Aligned, Blocks, Run};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;
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

async fn serve(echoes: bool) -> std::io::Result<()> {
    if protocol::is_pipe() {
        let path = protocol::option("path").unwrap_or_default();
        let listener = tokio::net::UnixListener::bind(&path)?;
        protocol::say("ready", &path);
        loop {
            let (stream, _) = listener.accept().await?;
            if echoes {
                tokio::task::spawn_local(echo(stream));
            } else {
                tokio::task::spawn_local(sink(stream));
            }
        }
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    protocol::say("ready", &listener.local_addr()?.port().to_string());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        if echoes {
            tokio::task::spawn_local(echo(stream));
        } else {
            tokio::task::spawn_local(sink(stream));
        }
    }
}

async fn timers() {
    protocol::timers(|delay| {
        let task = tokio::task::spawn_local(protocol::is_in_time(delay, tokio::time::sleep));
        async { task.await.unwrap() }
    })
    .await;
}

/// Reads at a place, which tokio leaves to a thread of the pool.
async fn reader(file: &'static std::fs::File, blocks: Rc<RefCell<Blocks>>, run: Rc<RefCell<Run>>) {
    use std::os::unix::fs::FileExt;
    let mut buffer = Aligned::new(blocks.borrow().size).leaked();
    loop {
        let began = Instant::now();
        let offset = blocks.borrow_mut().next_offset();
        buffer = tokio::task::spawn_blocking(move || {
            file.read_exact_at(buffer, offset)
                .unwrap_or_else(|error| protocol::fail(error));
            buffer
        })
        .await
        .unwrap();
        let mut run = run.borrow_mut();
        run.sum = run.sum.wrapping_add(protocol::first_word(buffer));
        run.operations += 1;
        run.record(began.elapsed());
        if run.time_is_up() {
            return;
        }
    }
}

async fn files() {
    let file: &'static std::fs::File = Box::leak(Box::new(protocol::open_file()));
    let blocks = Rc::new(RefCell::new(Blocks::from_options()));
    let run = Rc::new(RefCell::new(Run::await_go()));
    let readers: Vec<_> = (0..protocol::number("depth", 1))
        .map(|_| tokio::task::spawn_local(reader(file, blocks.clone(), run.clone())))
        .collect();
    for reader in readers {
        reader.await.unwrap();
    }
    run.borrow().finish();
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async {
        match protocol::task().as_str() {
            "stream_server:echo" => protocol::fail(serve(true).await.unwrap_err()),
            "stream_server:sink" => protocol::fail(serve(false).await.unwrap_err()),
            "timers:fire" => timers().await,
            "files:read" => files().await,
            _ => protocol::lacks(),
        }
    });
}
