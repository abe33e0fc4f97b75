//! monoio: its io_uring driver, a task for each connection, timer and reader.

mod owned_buffers;
mod protocol;

use monoio::buf::IoBufMut;
use monoio::io::{AsyncReadRent, AsyncWriteRentExt};
use owned_buffers::serve;
use std::rc::Rc;

struct Stream<Io>(Io);

impl<Io: AsyncReadRent + AsyncWriteRentExt> owned_buffers::Stream for Stream<Io> {
    async fn receive(&mut self, buffer: Vec<u8>) -> (std::io::Result<usize>, Vec<u8>) {
        self.0.read(buffer).await
    }
    async fn send_all(&mut self, bytes: Vec<u8>) -> (std::io::Result<()>, Vec<u8>) {
        let (sent, bytes) = self.0.write_all(bytes).await;
        (sent.map(drop), bytes)
    }
}

async fn listen(echoes: bool) -> std::io::Result<()> {
    if protocol::is_pipe() {
        let path = protocol::option("path").unwrap_or_default();
        // The kernel knows no such sharing of a path any more.
        let options = monoio::net::ListenerOpts::new().reuse_port(false);
        let listener = monoio::net::UnixListener::bind_with_config(&path, &options)?;
        protocol::say("ready", &path);
        loop {
            let (stream, _) = listener.accept().await?;
            monoio::spawn(serve(Stream(stream), echoes));
        }
    }
    let listener = monoio::net::TcpListener::bind("127.0.0.1:0")?;
    protocol::say("ready", &listener.local_addr()?.port().to_string());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        monoio::spawn(serve(Stream(stream), echoes));
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

async fn files() {
    let file = Rc::new(monoio::fs::File::from_std(protocol::open_file()).unwrap());
    protocol::read_blocks(|reads| {
        let file = file.clone();
        monoio::spawn(reads.repeat(move |block, offset| {
            let file = file.clone();
            async move {
                let (count, block) = file.read_at(Block(block), offset).await;
                (count, block.0)
            }
        }))
    })
    .await;
}

#[monoio::main(driver = "uring", timer_enabled = true, entries = 4096)]
async fn main() {
    match protocol::task().as_str() {
        "stream_server:echo" => protocol::fail(listen(true).await.unwrap_err()),
        "stream_server:sink" => protocol::fail(listen(false).await.unwrap_err()),
        "timers:fire" => timers().await,
        "files:read" => files().await,
        _ => protocol::lacks(),
    }
}
