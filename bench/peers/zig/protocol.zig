//! bench/protocol/protocol.h, and memory.
const std = @import("std");

pub extern fn options_read(count: c_int, words: [*]const [*:0]const u8) void;
pub extern fn option_text(name: [*:0]const u8, fallback: [*:0]const u8) [*:0]const u8;
pub extern fn option_is(name: [*:0]const u8, value: [*:0]const u8) c_int;
pub extern fn option_number(name: [*:0]const u8, fallback: f64) f64;
pub extern fn option_count(name: [*:0]const u8, fallback: c_uint) c_uint;
pub extern fn fail(why: [*:0]const u8) noreturn;
pub extern fn cheats(what: [*:0]const u8) noreturn;
pub extern fn lacks(what: [*:0]const u8) noreturn;
pub extern fn say_ready(address: [*:0]const u8) void;
pub extern fn await_go() void;
pub extern fn time_is_up() c_int;
pub extern fn nanoseconds_since_go() u64;
pub extern fn record_latency(nanoseconds: u64) void;
pub extern fn finish(operations: u64, nanoseconds: u64, more: [*:0]const u8) void;
pub extern fn next_random(state: *u64) u64;
pub extern fn now_nanoseconds() u64;
pub extern const kFirstRandomState: u64;

pub fn allocate(comptime Item: type, count: usize) []Item {
    return std.heap.c_allocator.alloc(Item, count) catch fail("no memory");
}

/// Memory that a read past the cache accepts.
pub fn allocateAligned(size: usize) []u8 {
    return std.heap.c_allocator.alignedAlloc(u8, .fromByteUnits(4096), size) catch fail("no memory");
}
