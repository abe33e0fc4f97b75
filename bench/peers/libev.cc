// libev: its watchers; reading and writing are the program's own, as the library leaves them.
#include <ev.h>

#include <vector>

#include "peer.h"
#include "raw.h"

namespace {

struct ev_loop* loop;
char bytes[64 * 1024];

// The loop rewrites times between its two clocks.
constexpr ev_tstamp kRounding = 1e-4;

struct Connection {
  ev_io watcher;
  std::uint64_t received = 0;
};

void release(Connection* connection) {
  ev_io_stop(loop, &connection->watcher);
  close(connection->watcher.fd);
  delete connection;
}

// The bytes read into `bytes`; 0 at the end, after which the connection is to go; -1 for none.
ssize_t receive(const Connection& connection) {
  const ssize_t got = recv(connection.watcher.fd, bytes, sizeof(bytes), 0);
  return got < 0 && errno != EAGAIN ? 0 : got;
}

void echo(struct ev_loop*, ev_io* watcher, int) {
  Connection* connection = static_cast<Connection*>(watcher->data);
  const ssize_t got = receive(*connection);
  if (got > 0) raw_send_all(watcher->fd, bytes, static_cast<std::size_t>(got));
  if (got == 0) release(connection);
}

void count(struct ev_loop*, ev_io* watcher, int) {
  Connection* connection = static_cast<Connection*>(watcher->data);
  const ssize_t got = receive(*connection);
  if (got > 0) connection->received += static_cast<std::size_t>(got);
  if (got != 0) return;
  const std::string text = peer::told(connection->received);
  raw_send_all(watcher->fd, text.data(), text.size());
  release(connection);
}

using Callback = void (*)(struct ev_loop*, ev_io*, int);
Callback on_readable;

void on_connection(struct ev_loop*, ev_io* listener, int) {
  const int fd = accept4(listener->fd, nullptr, nullptr, SOCK_NONBLOCK);
  if (fd < 0) return;
  Connection* connection = new Connection;
  ev_io_init(&connection->watcher, on_readable, raw_prepare(fd), EV_READ);
  connection->watcher.data = connection;
  ev_io_start(loop, &connection->watcher);
}

void serve(Callback callback) {
  ev_io listener;
  on_readable = callback;
  loop = ev_default_loop(0);
  ev_io_init(&listener, on_connection, raw_listen(), EV_READ);
  ev_io_start(loop, &listener);
  ev_run(loop, 0);
}

struct Timed {
  ev_timer timer;
  ev_tstamp due;  // By the loop's clock, which stands still meanwhile.
};

peer::Timers* timers;

void on_timer(struct ev_loop*, ev_timer* timer, int) {
  timers->on_fired(ev_now(loop) >= static_cast<Timed*>(timer->data)->due);
}

void run_timers() {
  peer::Timers all;
  timers = &all;
  loop = ev_default_loop(0);
  std::vector<Timed> timed(all.count);
  all.run(
      [&](unsigned i, std::uint64_t delay, std::uint64_t) {
        const ev_tstamp wait = static_cast<ev_tstamp>(delay) / 1e3;
        timed[i].due = ev_now(loop) + wait - kRounding;
        ev_timer_init(&timed[i].timer, on_timer, wait, 0.);
        timed[i].timer.data = &timed[i];
        ev_timer_start(loop, &timed[i].timer);
      },
      [] {
        ev_run(loop, 0);
        ev_now_update(loop);
      });
}

}  // namespace

int main(int argc, char** argv) {
  return peer::main(argc, argv,
                    {{"stream_server", "echo", [] { serve(echo); }},
                     {"stream_server", "sink", [] { serve(count); }},
                     {"timers", "fire", run_timers}});
}
