//! The talk with the harness, as bench/protocol/protocol.h has it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::io::{BufRead, Read};
use std::rc::Rc;
use std::time::{Duration, Instant};

const FIRST_RANDOM_STATE: u64 = 88172645463325252;

pub fn option(name: &str) -> Option<String> {
    std::env::args().skip(1).find_map(|word| {
        word.split_once('=')
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.to_string())
    })
}

pub fn number(name: &str, fallback: u64) -> u64 {
    option(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(fallback)
}

/// The program that this one stands for, and its mode.
pub fn task() -> String {
    let program = std::env::args().nth(1).unwrap_or_default();
    let mode = option("mode").or(option("operation")).unwrap_or_default();
    format!("{program}:{mode}")
}

pub fn is_pipe() -> bool {
    option("transport").as_deref() == Some("pipe")
}

pub fn say(key: &str, text: &str) {
    println!("{{\"{key}\": \"{}\"}}", text.replace(['"', '\\'], "'"));
}

pub fn fail(why: impl std::fmt::Display) -> ! {
    say("failed", &why.to_string());
    std::process::exit(1)
}

pub fn lacks() {
    say("lacks", "not done by this peer");
}

fn next_random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// A run, from "go" on.
struct Run {
    began: Instant,
    ends: Instant,
    latencies: BTreeMap<u64, u64>,
    operations: u64,
    sum: u64,
}

impl Run {
    fn await_go() -> Run {
        say("ready", "");
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).unwrap_or(0) == 0 {
            std::process::exit(1);
        }
        let seconds = option("seconds").and_then(|text| text.parse().ok());
        let began = Instant::now();
        Run {
            began,
            ends: began + Duration::from_secs_f64(seconds.unwrap_or(0.5)),
            latencies: BTreeMap::new(),
            operations: 0,
            sum: 0,
        }
    }

    fn time_is_up(&self) -> bool {
        Instant::now() >= self.ends
    }

    /// Exact below 256 ns, then 128 steps for each power of two.
    fn record(&mut self, passed: Duration) {
        let value = passed.as_nanos() as u64;
        let shift = (64 - value.leading_zeros()).saturating_sub(8);
        *self.latencies.entry(value >> shift << shift).or_insert(0) += 1;
    }

    fn finish(&self) {
        let seconds = self.began.elapsed().as_secs_f64();
        let pairs: Vec<String> = self
            .latencies
            .iter()
            .map(|(value, count)| format!("[{value}, {count}]"))
            .collect();
        println!(
            "{{\"operations\": {}, \"seconds\": {seconds:.9}, \"sum\": \"{}\", \"latency\": [{}]}}",
            self.operations,
            self.sum,
            pairs.join(", ")
        );
        let _ = std::io::stdin().lock().read_to_end(&mut Vec::new());
    }
}

/// Many timers, again and again until the time is up. `start` starts a task that sleeps so long, and
/// says whether it was woken in time.
pub async fn timers<Task: Future<Output = bool>>(start: impl Fn(Duration) -> Task) {
    let count = number("count", 1_000_000);
    let span = number("span", 5);
    let mut state = FIRST_RANDOM_STATE;
    let mut run = Run::await_go();
    loop {
        let tasks: Vec<Task> = (0..count)
            .map(|_| start(Duration::from_millis(next_random(&mut state) % span)))
            .collect();
        for task in tasks {
            if !task.await {
                say("cheats", "a timer fires before its time");
                std::process::exit(1);
            }
            run.operations += 1;
        }
        if run.time_is_up() {
            return run.finish();
        }
    }
}

/// The task that does so, with a runtime's `sleep`.
pub async fn is_in_time<Sleep: Future>(delay: Duration, sleep: impl Fn(Duration) -> Sleep) -> bool {
    let due = Instant::now() + delay;
    sleep(delay).await;
    Instant::now() >= due
}

/// The reads of random blocks, which all readers share.
#[derive(Clone)]
pub struct Reads(Rc<RefCell<State>>);

struct State {
    size: usize,
    blocks: u64,
    random: u64,
    run: Run,
}

impl Reads {
    fn await_go() -> Reads {
        let size = number("bytes", 4096);
        Reads(Rc::new(RefCell::new(State {
            size: size as usize,
            blocks: number("size", 0) / size,
            random: FIRST_RANDOM_STATE,
            run: Run::await_go(),
        })))
    }

    /// One read after the other until the time is up, each with `read`, which takes the memory and the
    /// place and gives the memory back.
    pub async fn repeat<Reading>(self, mut read: impl FnMut(&'static mut [u8], u64) -> Reading)
    where
        Reading: Future<Output = (std::io::Result<usize>, &'static mut [u8])>,
    {
        let mut block = aligned(self.0.borrow().size);
        loop {
            let began = Instant::now();
            let offset = self.0.borrow_mut().next_offset();
            let (count, told) = read(block, offset).await;
            if count.unwrap_or_else(|error| fail(error)) != told.len() {
                fail("a read ends early");
            }
            block = told;
            let run = &mut self.0.borrow_mut().run;
            run.sum = run.sum.wrapping_add(first_word(block));
            run.operations += 1;
            run.record(began.elapsed());
            if run.time_is_up() {
                return;
            }
        }
    }
}

impl State {
    fn next_offset(&mut self) -> u64 {
        next_random(&mut self.random) % self.blocks * self.size as u64
    }
}

/// So many readers at a time; `start` starts the task of one.
pub async fn read_blocks<Task: Future<Output = ()>>(start: impl Fn(Reads) -> Task) {
    let reads = Reads::await_go();
    let readers: Vec<Task> = (0..number("depth", 1))
        .map(|_| start(reads.clone()))
        .collect();
    for reader in readers {
        reader.await;
    }
    reads.0.borrow().run.finish();
}

/// Opens the file of the option `path`, past the cache if so told. (compio opens files itself.)
#[allow(dead_code)]
pub fn open_file() -> std::fs::File {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = if number("direct", 0) != 0 {
        libc::O_DIRECT
    } else {
        0
    };
    std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(option("path").unwrap_or_default())
        .unwrap_or_else(|error| fail(error))
}

/// Memory that a read past the cache accepts, and that lives as long as the program.
fn aligned(size: usize) -> &'static mut [u8] {
    const ALIGNMENT: usize = 4096;
    let layout = std::alloc::Layout::from_size_align(size, ALIGNMENT).unwrap();
    // SAFETY: the size is not zero; so much was allocated, and is never freed.
    unsafe { std::slice::from_raw_parts_mut(std::alloc::alloc_zeroed(layout), size) }
}

fn first_word(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes[..8].try_into().unwrap())
}
