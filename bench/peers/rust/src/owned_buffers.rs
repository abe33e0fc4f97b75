//! What the completion runtimes have in common: the kernel writes into a buffer while a call is under
//! way, so a call takes the buffer and gives it back.

use std::io::Result;

#[allow(async_fn_in_trait)]
pub trait Stream {
    /// Appends to an empty buffer; 0 at the end.
    async fn receive(&mut self, buffer: Vec<u8>) -> (Result<usize>, Vec<u8>);
    async fn send_all(&mut self, bytes: Vec<u8>) -> (Result<()>, Vec<u8>);
}

const SIZE: usize = 64 * 1024;

async fn echo(mut stream: impl Stream) -> Result<()> {
    let mut buffer = Vec::with_capacity(SIZE);
    loop {
        let (count, received) = stream.receive(buffer).await;
        if count? == 0 {
            return Ok(());
        }
        let (sent, bytes) = stream.send_all(received).await;
        sent?;
        buffer = bytes;
        buffer.clear();
    }
}

async fn sink(mut stream: impl Stream) -> Result<()> {
    let mut buffer = Vec::with_capacity(SIZE);
    let mut total = 0;
    loop {
        let (count, received) = stream.receive(buffer).await;
        let count = count?;
        if count == 0 {
            return stream.send_all(format!("{total}\n").into_bytes()).await.0;
        }
        total += count;
        buffer = received;
        buffer.clear();
    }
}

pub async fn serve(stream: impl Stream, echoes: bool) -> Result<()> {
    if echoes {
        echo(stream).await
    } else {
        sink(stream).await
    }
}
