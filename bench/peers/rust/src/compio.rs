//! compio: its io_uring driver, a task for each connection, timer and reader.

mod protocol;

use compio::buf::BufResult;
use compio::io::{AsyncRead, AsyncReadAt, AsyncWriteExt};
use protocol::{Aligned, Blocks, Run};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

async fn echo(mut stream: impl AsyncRead + AsyncWriteExt + 'static) -> std::io::Result<()> {
    let mut buffer: Vec<u8> = Vec::with_capacity(64 * 1024);
    loop {
        let BufResult(count, read) = stream.read(buffer).await;
        if count? == 0 {
            return Ok(());
        }
        let BufResult(written, sent) = stream.write_all(read).await;
        written?;
        buffer = sent;
        buffer.clear();
    }
}

async fn sink(mut stream: impl AsyncRead + AsyncWriteExt + 'static) -> std::io::Result<()> {
    let mut buffer: Vec<u8> = Vec::with_capacity(64 * 1024);
    let mut received = 0;
    loop {
        let BufResult(count, read) = stream.read(buffer).await;
        let count = count?;
        if count == 0 {
            return stream
                .write_all(format!("{received}\n").into_bytes())
                .await
                .0
                .map(drop);
        }
        received += count;
        buffer = read;
        buffer.clear();
    }
}

async fn serve(echoes: bool) -> std::io::Result<()> {
    if protocol::is_pipe() {
        let path = protocol::option("path").unwrap_or_default();
        let listener = compio::net::UnixListener::bind(&path).await?;
        protocol::say("ready", &path);
        loop {
            let (stream, _) = listener.accept().await?;
            if echoes {
                compio::runtime::spawn(echo(stream)).detach();
            } else {
                compio::runtime::spawn(sink(stream)).detach();
            }
        }
    }
    let listener = compio::net::TcpListener::bind("127.0.0.1:0").await?;
    protocol::say("ready", &listener.local_addr()?.port().to_string());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        if echoes {
            compio::runtime::spawn(echo(stream)).detach();
        } else {
            compio::runtime::spawn(sink(stream)).detach();
        }
    }
}

async fn timers() {
    protocol::timers(|delay| {
        let task = compio::runtime::spawn(protocol::is_in_time(delay, compio::time::sleep));
        async { task.await.unwrap() }
    })
    .await;
}

async fn reader(file: compio::fs::File, blocks: Rc<RefCell<Blocks>>, run: Rc<RefCell<Run>>) {
    let mut block = Aligned::new(blocks.borrow().size).leaked();
    loop {
        let began = Instant::now();
        let offset = blocks.borrow_mut().next_offset();
        let BufResult(count, read) = file.read_at(block, offset).await;
        if count.unwrap_or_else(|error| protocol::fail(error)) != read.len() {
            protocol::fail("a read ends early");
        }
        block = read;
        let mut run = run.borrow_mut();
        run.sum = run.sum.wrapping_add(protocol::first_word(block));
        run.operations += 1;
        run.record(began.elapsed());
        if run.time_is_up() {
            return;
        }
    }
}

async fn files() {
    let direct = protocol::number("direct", 0) != 0;
    let file = compio::fs::OpenOptions::new()
        .read(true)
        .custom_flags(if direct { libc::O_DIRECT } else { 0 })
        .open(protocol::option("path").unwrap_or_default())
        .await
        .unwrap_or_else(|error| protocol::fail(error));
    let blocks = Rc::new(RefCell::new(Blocks::from_options()));
    let run = Rc::new(RefCell::new(Run::await_go()));
    let readers: Vec<_> = (0..protocol::number("depth", 1))
        .map(|_| compio::runtime::spawn(reader(file.clone(), blocks.clone(), run.clone())))
        .collect();
    for reader in readers {
        reader.await.unwrap();
    }
    run.borrow().finish();
}

fn main() {
    let runtime = compio::runtime::Runtime::new().unwrap_or_else(|error| protocol::fail(error));
    runtime.block_on(async {
        match protocol::task().as_str() {
            "stream_server:echo" => protocol::fail(serve(true).await.unwrap_err()),
            "stream_server:sink" => protocol::fail(serve(false).await.unwrap_err()),
            "timers:fire" => timers().await,
            "files:read" => files().await,
            _ => protocol::lacks(),
        }
    });
}
