// libevent: buffer events on its own listener, its timers.
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include <vector>

#include "peer.h"
#include "raw.h"

namespace {

event_base* base;

void release(bufferevent* stream, short, void* received) {
  delete static_cast<std::uint64_t*>(received);
  bufferevent_free(stream);
}

void echo(bufferevent* stream, void*) {
  evbuffer_add_buffer(bufferevent_get_output(stream), bufferevent_get_input(stream));
}

void count(bufferevent* stream, void* received) {
  evbuffer* input = bufferevent_get_input(stream);
  *static_cast<std::uint64_t*>(received) += evbuffer_get_length(input);
  evbuffer_drain(input, evbuffer_get_length(input));
}

void release_when_written(bufferevent* stream, void* received) {
  release(stream, 0, received);
}

void tell(bufferevent* stream, short what, void* received) {
  if ((what & BEV_EVENT_EOF) == 0) return release(stream, what, received);
  const std::string text = peer::told(*static_cast<std::uint64_t*>(received));
  bufferevent_setcb(stream, nullptr, release_when_written, release, received);
  bufferevent_write(stream, text.data(), text.size());
}

bufferevent* accept_stream(int fd) {
  raw_prepare(fd);
  evutil_make_socket_nonblocking(fd);
  return bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
}

void on_connection_to_echo(evconnlistener*, int fd, sockaddr*, int, void*) {
  bufferevent* stream = accept_stream(fd);
  bufferevent_setcb(stream, echo, nullptr, release, nullptr);
  bufferevent_enable(stream, EV_READ | EV_WRITE);
}

void on_connection_to_count(evconnlistener*, int fd, sockaddr*, int, void*) {
  bufferevent* stream = accept_stream(fd);
  bufferevent_setcb(stream, count, nullptr, tell, new std::uint64_t(0));
  bufferevent_enable(stream, EV_READ | EV_WRITE);
}

void serve(evconnlistener_cb on_connection) {
  base = event_base_new();
  evconnlistener_new(base, on_connection, nullptr, LEV_OPT_CLOSE_ON_FREE, 0, raw_listen());
  event_base_dispatch(base);
}

peer::Timers* timers;

void on_timer(int, short, void*) {
  // Not checked for its time: the base's clock is a coarse one and nobody can read it.
  timers->on_fired(true);
}

void run_timers() {
  peer::Timers all;
  timers = &all;
  base = event_base_new();
  std::vector<event*> started(all.count);
  for (event*& timer : started)
    timer = evtimer_new(base, on_timer, nullptr);
  all.run(
      [&](unsigned i, std::uint64_t delay, std::uint64_t) {
        const timeval wait = {0, static_cast<suseconds_t>(delay * 1000)};
        evtimer_add(started[i], &wait);
      },
      [] { event_base_dispatch(base); });
}

}  // namespace

int main(int argc, char** argv) {
  return peer::main(argc, argv,
                    {{"stream_server", "echo", [] { serve(on_connection_to_echo); }},
                     {"stream_server", "sink", [] { serve(on_connection_to_count); }},
                     {"timers", "fire", run_timers}});
}
