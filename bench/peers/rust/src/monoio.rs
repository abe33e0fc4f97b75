//! monoio: its io_uring driver, a task for each connection, timer and reader.

mod protocol;

use monoio::buf::IoBufMut;
use monoio::io::{AsyncReadRent, AsyncWriteRentExt};
use protocol::{Aligned, Blocks, Run};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

async fn echo(mut stream: impl AsyncReadRent + AsyncWriteRentExt) -> std::io::Result<()> {
    let mut buffer: Vec<u8> = Vec::with_capacity(64 * 1024);
    loop {
        let (count, read) = stream.read(buffer).await;
        if count? == 0 {
            return Ok(());
        }
        let (written, sent) = stream.write_all(read).await;
        written?;
        buffer = sent;
        buffer.clear();
    }
}

async fn sink(mut stream: impl AsyncReadRent + AsyncWriteRentExt) -> std::io::Result<()> {
    let mut buffer: Vec<u8> = Vec::with_capacity(64 * 1024);
    let mut received = 0;
    loop {
        let (count, read) = stream.read(buffer).await;
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
        // The kernel knows no such sharing of a path any more.
        let options = monoio::net::ListenerOpts::new().reuse_port(false);
        let listener = monoio::net::UnixListener::bind_with_config(&path, &options)?;
        protocol::say("ready", &path);
        loop {
            let (stream, _) = listener.accept().await?;
            if echoes {
                monoio::spawn(echo(stream));
            } else {
                monoio::spawn(sink(stream));
            }
        }
    }
    let listener = monoio::net::TcpListener::bind("127.0.0.1:0")?;
    protocol::say("ready", &listener.local_addr()?.port().to_string());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        if echoes {
            monoio::spawn(echo(stream));
        } else {
            monoio::spawn(sink(stream));
        }
    }
}

async fn timers() {
    protocol::timers(|delay| monoio::spawn(protocol::is_in_time(delay, monoio::time::sleep))).await;
}

/// Memory that the kernel may write into while a read is under way.
struct Block(&'static mut [u8]);

// SAFETY: the memory is never freed or moved, and all of it was initialised.
unsafe impl IoBufMut for Block {
    fn write_ptr(&mut self) -> *mut u8 {
        self.0.as_mut_ptr()
    }
    fn bytes_total(&mut self) -> usize {
        self.0.len()
    }
    unsafe fn set_init(&mut self, _: usize) {}
}

async fn reader(file: Rc<monoio::fs::File>, blocks: Rc<RefCell<Blocks>>, run: Rc<RefCell<Run>>) {
    let mut block = Block(Aligned::new(blocks.borrow().size).leaked());
    loop {
        let began = Instant::now();
        let offset = blocks.borrow_mut().next_offset();
        let (count, read) = file.read_at(block, offset).await;
        if count.unwrap_or_else(|error| protocol::fail(error)) != read.0.len() {
            protocol::fail("a read ends early");
        }
        block = read;
        let mut run = run.borrow_mut();
        run.sum = run.sum.wrapping_add(protocol::first_word(block.0));
        run.operations += 1;
        run.record(began.elapsed());
        if run.time_is_up() {
            return;
        }
    }
}

async fn files() {
    let file = Rc::new(monoio::fs::File::from_std(protocol::open_file()).unwrap());
    let blocks = Rc::new(RefCell::new(Blocks::from_options()));
    let run = Rc::new(RefCell::new(Run::await_go()));
    let readers: Vec<_> = (0..protocol::number("depth", 1))
        .map(|_| monoio::spawn(reader(file.clone(), blocks.clone(), run.clone())))
        .collect();
    for reader in readers {
        reader.await;
    }
    run.borrow().finish();
}

#[monoio::main(driver = "uring", timer_enabled = true, entries = 4096)]
async fn main() {
    match protocol::task().as_str() {
        "stream_server:echo" => protocol::fail(serve(true).await.unwrap_err()),
        "stream_server:sink" => protocol::fail(serve(false).await.unwrap_err()),
        "timers:fire" => timers().await,
        "files:read" => files().await,
        _ => protocol::lacks(),
    }
}
