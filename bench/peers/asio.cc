// Asio (standalone): sessions with handlers, steady timers, files by io_uring.
#include <fcntl.h>

#include <asio.hpp>
#include <cstdlib>
#include <memory>
#include <vector>

#include "peer.h"
#include "raw.h"

namespace {

asio::io_context context(1);

template <typename Protocol>
struct Connection : std::enable_shared_from_this<Connection<Protocol>> {
  explicit Connection(typename Protocol::socket connected) : socket(std::move(connected)) {}

  void echo() {
    socket.async_read_some(asio::buffer(bytes), [self = this->shared_from_this()](
                                                    std::error_code error, std::size_t count) {
      if (!error) self->send_back(count);
    });
  }
  void send_back(std::size_t count) {
    asio::async_write(socket, asio::buffer(bytes, count),
                      [self = this->shared_from_this()](std::error_code error, std::size_t) {
                        if (!error) self->echo();
                      });
  }

  void count() {
    socket.async_read_some(asio::buffer(bytes), [self = this->shared_from_this()](
                                                    std::error_code error, std::size_t count) {
      if (error == asio::error::eof) return self->tell();
      if (error) return;
      self->received += count;
      self->count();
    });
  }
  void tell() {
    text = peer::told(received);
    asio::async_write(socket, asio::buffer(text),
                      [self = this->shared_from_this()](std::error_code, std::size_t) {});
  }

  typename Protocol::socket socket;
  std::array<char, 64 * 1024> bytes;
  std::uint64_t received = 0;
  std::string text;
};

template <typename Protocol>
using Start = void (Connection<Protocol>::*)();

template <typename Protocol>
void accept(typename Protocol::acceptor& acceptor, Start<Protocol> start) {
  acceptor.async_accept(
      [&acceptor, start](std::error_code error, typename Protocol::socket socket) {
        if (!error) {
          raw_prepare(socket.native_handle());
          ((*std::make_shared<Connection<Protocol>>(std::move(socket))).*start)();
        }
        accept<Protocol>(acceptor, start);
      });
}

template <typename Protocol>
void serve_on(Protocol protocol, Start<Protocol> start) {
  typename Protocol::acceptor acceptor(context, protocol, raw_listen());
  accept<Protocol>(acceptor, start);
  context.run();
}

void serve_echo() {
  using asio::ip::tcp, asio::local::stream_protocol;
  if (option_is("transport", "pipe")) {
    serve_on<stream_protocol>(stream_protocol(), &Connection<stream_protocol>::echo);
  } else {
    serve_on<tcp>(tcp::v4(), &Connection<tcp>::echo);
  }
}

void serve_sink() {
  using asio::ip::tcp, asio::local::stream_protocol;
  if (option_is("transport", "pipe")) {
    serve_on<stream_protocol>(stream_protocol(), &Connection<stream_protocol>::count);
  } else {
    serve_on<tcp>(tcp::v4(), &Connection<tcp>::count);
  }
}

void run_timers() {
  peer::Timers all;
  std::vector<asio::steady_timer> timers;
  timers.reserve(all.count);
  for (unsigned i = 0; i < all.count; ++i)
    timers.emplace_back(context);
  all.run(
      [&](unsigned i, std::uint64_t delay, std::uint64_t due) {
        timers[i].expires_after(std::chrono::milliseconds(delay));
        timers[i].async_wait([&all, due](std::error_code error) {
          if (!error) all.on_fired(now_nanoseconds() >= due);
        });
      },
      [] {
        context.run();
        context.restart();
      });
}

#if defined(ASIO_HAS_FILE)
class Reads {
 public:
  void run() {
    const unsigned depth = option_count("depth", 1);
    const int flags = O_RDONLY | (option_count("direct", 0) != 0 ? O_DIRECT : 0);
    file_.assign(open(option_text("path", ""), flags));
    await_go();
    for (unsigned i = 0; i < depth; ++i)
      start(static_cast<char*>(std::aligned_alloc(4096, block_size_)));
    context.run();
    const std::string more = "\"sum\": \"" + std::to_string(sum_) + "\"";
    finish(operations_, nanoseconds_since_go(), more.c_str());
  }

 private:
  void start(char* bytes) {
    const std::uint64_t offset = next_random(&state_) % blocks_ * block_size_;
    const std::uint64_t began = now_nanoseconds();
    file_.async_read_some_at(offset, asio::buffer(bytes, block_size_),
                             [this, bytes, began](std::error_code error, std::size_t count) {
                               if (error || count != block_size_) fail("a read ends early");
                               std::uint64_t told;
                               std::memcpy(&told, bytes, sizeof(told));
                               sum_ += told;
                               ++operations_;
                               record_latency(now_nanoseconds() - began);
                               if (!time_is_up()) start(bytes);
                             });
  }

  asio::random_access_file file_{context};
  const unsigned block_size_ = option_count("bytes", 4096);
  const std::uint64_t blocks_ = static_cast<std::uint64_t>(option_number("size", 0)) / block_size_;
  std::uint64_t state_ = kFirstRandomState, sum_ = 0, operations_ = 0;
};

void run_files() {
  if (!option_is("operation", "read")) lacks("only reads");
  Reads().run();
}
#else
void run_files() {
  lacks("this Asio has no files");
}
#endif

}  // namespace

int main(int argc, char** argv) {
  return peer::main(argc, argv,
                    {{"stream_server", "echo", serve_echo},
                     {"stream_server", "sink", serve_sink},
                     {"timers", "fire", run_timers},
                     {"files", nullptr, run_files}});
}
