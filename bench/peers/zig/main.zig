//! Zig: its standard library's io_uring, which is what programs of servers in Zig are written on. Its
//! `std.Io` has no sockets on a ring yet, and libxev is in no registry.
const std = @import("std");
const linux = std.os.linux;
const Ring = linux.IoUring;
const protocol = @import("protocol.zig");
const streams = @import("streams.zig");

const entries = 4096;
const nanoseconds_of_millisecond = 1_000_000;

/// What a completion belongs to: its `done` gets the result.
pub const Operation = struct {
    done: *const fn (operation: *Operation, result: i32, more: bool) void,
};

pub var ring: Ring = undefined;

/// A place in the queue is there for each operation that is started, once what waits has been sent.
pub fn queued(attempt: anytype) *linux.io_uring_sqe {
    return attempt catch protocol.fail("the ring is full");
}

pub fn makeRoom() void {
    if (ring.sq_ready() < entries - 1) return;
    _ = ring.submit() catch protocol.fail("cannot submit");
}

/// Waits for completions and hands them out.
pub fn turn() void {
    _ = ring.submit_and_wait(1) catch |err| switch (err) {
        error.SignalInterrupt => return,
        else => protocol.fail("cannot wait"),
    };
    var completions: [256]linux.io_uring_cqe = undefined;
    while (true) {
        const count = ring.copy_cqes(&completions, 0) catch protocol.fail("cannot look at the ring");
        if (count == 0) return;
        for (completions[0..count]) |completion| {
            const operation: *Operation = @ptrFromInt(completion.user_data);
            operation.done(operation, completion.res, completion.flags & linux.IORING_CQE_F_MORE != 0);
        }
    }
}

const Timer = struct {
    operation: Operation = .{ .done = fired },
    span: linux.kernel_timespec = undefined,
    due: u64 = undefined,

    var left: u32 = 0;

    fn start(timer: *Timer, delay: u64) void {
        timer.due = protocol.now_nanoseconds() + delay * nanoseconds_of_millisecond;
        timer.span = .{ .sec = 0, .nsec = @intCast(delay * nanoseconds_of_millisecond) };
        makeRoom();
        _ = queued(ring.timeout(@intFromPtr(&timer.operation), &timer.span, 0, 0));
        left += 1;
    }

    fn fired(operation: *Operation, _: i32, _: bool) void {
        const timer: *Timer = @fieldParentPtr("operation", operation);
        if (protocol.now_nanoseconds() < timer.due) protocol.cheats("a timer fires before its time");
        left -= 1;
    }
};

fn runTimers() void {
    const span = protocol.option_count("span", 5);
    const timers = protocol.allocate(Timer, protocol.option_count("count", 1_000_000));
    for (timers) |*timer| timer.* = .{};
    var state = protocol.kFirstRandomState;
    var operations: u64 = 0;
    protocol.await_go();
    while (true) {
        for (timers) |*timer| timer.start(protocol.next_random(&state) % span);
        while (Timer.left > 0) turn();
        operations += timers.len;
        if (protocol.time_is_up() != 0) break;
    }
    protocol.finish(operations, protocol.nanoseconds_since_go(), "");
}

const Reader = struct {
    operation: Operation = .{ .done = ended },
    block: []u8,
    began: u64 = undefined,

    var file: linux.fd_t = undefined;
    var blocks: u64 = undefined;
    var state: u64 = undefined;
    var sum: u64 = 0;
    var operations: u64 = 0;
    var reading: u32 = 0;

    fn start(reader: *Reader) void {
        const offset = protocol.next_random(&state) % blocks * reader.block.len;
        reader.began = protocol.now_nanoseconds();
        makeRoom();
        _ = queued(ring.read(@intFromPtr(&reader.operation), file, .{ .buffer = reader.block }, offset));
        reading += 1;
    }

    fn ended(operation: *Operation, result: i32, _: bool) void {
        const reader: *Reader = @fieldParentPtr("operation", operation);
        if (result != reader.block.len) protocol.fail("a read ends early");
        sum +%= std.mem.readInt(u64, reader.block[0..8], .little);
        operations += 1;
        reading -= 1;
        protocol.record_latency(protocol.now_nanoseconds() - reader.began);
        if (protocol.time_is_up() == 0) reader.start();
    }
};

fn readFiles() void {
    const size = protocol.option_count("bytes", 4096);
    const depth = protocol.option_count("depth", 1);
    const flags: std.c.O = .{ .ACCMODE = .RDONLY, .DIRECT = protocol.option_count("direct", 0) != 0 };
    Reader.file = std.c.open(protocol.option_text("path", ""), flags);
    if (Reader.file < 0) protocol.fail("cannot open the file");
    Reader.blocks = @as(u64, @intFromFloat(protocol.option_number("size", 0))) / size;
    Reader.state = protocol.kFirstRandomState;
    const readers = protocol.allocate(Reader, depth);
    for (readers) |*reader| reader.* = .{ .block = protocol.allocateAligned(size) };
    protocol.await_go();
    for (readers) |*reader| reader.start();
    while (Reader.reading > 0) turn();
    var text: [64]u8 = undefined;
    const more = std.fmt.bufPrintSentinel(&text, "\"sum\": \"{d}\"", .{Reader.sum}, 0) catch unreachable;
    protocol.finish(Reader.operations, protocol.nanoseconds_since_go(), more);
}

pub fn main(init: std.process.Init.Minimal) void {
    const arguments = init.args.vector;
    protocol.options_read(@intCast(arguments.len), @ptrCast(arguments.ptr));
    ring = Ring.init(entries, linux.IORING_SETUP_SINGLE_ISSUER | linux.IORING_SETUP_DEFER_TASKRUN) catch
        protocol.lacks("no io_uring");
    const program = if (arguments.len > 1) std.mem.span(arguments[1]) else "";
    if (std.mem.eql(u8, program, "stream_server")) {
        streams.serve();
    } else if (std.mem.eql(u8, program, "timers") and protocol.option_is("mode", "fire") != 0) {
        runTimers();
    } else if (std.mem.eql(u8, program, "files") and protocol.option_is("operation", "read") != 0) {
        readFiles();
    } else {
        protocol.lacks("not done by this peer");
    }
}
