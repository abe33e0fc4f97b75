//! Connections, each with one operation under way: a receive, then the send of what came.
const std = @import("std");
const linux = std.os.linux;
const c = std.c;
const main = @import("main.zig");
const protocol = @import("protocol.zig");

const Connection = struct {
    operation: main.Operation,
    descriptor: linux.fd_t,
    received: u64 = 0,
    left: []u8 = &.{}, // What is still to be sent.
    bytes: [64 * 1024]u8 = undefined,

    fn receive(connection: *Connection) void {
        main.makeRoom();
        const key = @intFromPtr(&connection.operation);
        _ = main.queued(main.ring.recv(key, connection.descriptor, .{ .buffer = &connection.bytes }, 0));
    }

    fn send(connection: *Connection, bytes: []u8) void {
        connection.left = bytes;
        connection.operation.done = sent;
        main.makeRoom();
        const key = @intFromPtr(&connection.operation);
        _ = main.queued(main.ring.send(key, connection.descriptor, bytes, linux.MSG.NOSIGNAL));
    }

    fn sent(operation: *main.Operation, result: i32, _: bool) void {
        const connection: *Connection = @fieldParentPtr("operation", operation);
        if (result < 0) return connection.close();
        const rest = connection.left[@intCast(result)..];
        if (rest.len > 0) return connection.send(rest);
        operation.done = echo;
        connection.receive();
    }

    fn echo(operation: *main.Operation, result: i32, _: bool) void {
        const connection: *Connection = @fieldParentPtr("operation", operation);
        if (result <= 0) return connection.close();
        connection.send(connection.bytes[0..@intCast(result)]);
    }

    fn sink(operation: *main.Operation, result: i32, _: bool) void {
        const connection: *Connection = @fieldParentPtr("operation", operation);
        if (result < 0) return connection.close();
        if (result > 0) {
            connection.received += @intCast(result);
            return connection.receive();
        }
        connection.send(std.fmt.bufPrint(&connection.bytes, "{d}\n", .{connection.received}) catch unreachable);
    }

    fn close(connection: *Connection) void {
        _ = c.close(connection.descriptor);
        std.heap.c_allocator.destroy(connection);
    }
};

var listener: linux.fd_t = undefined;
var accepting: main.Operation = .{ .done = accepted };

fn accept() void {
    main.makeRoom();
    _ = main.queued(main.ring.accept_multishot(@intFromPtr(&accepting), listener, null, null, 0));
}

fn accepted(_: *main.Operation, result: i32, more: bool) void {
    if (!more) accept();
    if (result < 0) return;
    const on: c_int = 1;
    _ = c.setsockopt(result, linux.IPPROTO.TCP, linux.TCP.NODELAY, &on, @sizeOf(c_int));
    const connection = &protocol.allocate(Connection, 1)[0];
    connection.descriptor = result;
    connection.received = 0;
    connection.operation.done = if (protocol.option_is("mode", "echo") != 0) Connection.echo else Connection.sink;
    connection.receive();
}

/// Listens and tells the harness where.
fn listen() linux.fd_t {
    const is_pipe = protocol.option_is("transport", "pipe") != 0;
    const path = protocol.option_text("path", "");
    var local: linux.sockaddr.un = .{ .path = @splat(0) };
    var port: linux.sockaddr.in = .{ .port = 0, .addr = std.mem.nativeToBig(u32, 0x7f000001) };
    var size: linux.socklen_t = @sizeOf(linux.sockaddr.in);
    const descriptor = c.socket(if (is_pipe) linux.AF.UNIX else linux.AF.INET, linux.SOCK.STREAM, 0);
    const address: *linux.sockaddr = if (is_pipe) @ptrCast(&local) else @ptrCast(&port);
    if (is_pipe) {
        size = @sizeOf(linux.sockaddr.un);
        const text = std.mem.span(path);
        if (text.len >= local.path.len) protocol.fail("the path is too long");
        @memcpy(local.path[0..text.len], text);
    }
    if (c.bind(descriptor, address, size) != 0 or c.listen(descriptor, 4096) != 0) protocol.fail("cannot listen");
    if (is_pipe) {
        protocol.say_ready(path);
        return descriptor;
    }
    _ = c.getsockname(descriptor, address, &size);
    var text: [8]u8 = undefined;
    const number = std.mem.bigToNative(u16, port.port);
    protocol.say_ready(std.fmt.bufPrintSentinel(&text, "{d}", .{number}, 0) catch unreachable);
    return descriptor;
}

pub fn serve() noreturn {
    listener = listen();
    accept();
    while (true) main.turn();
}
