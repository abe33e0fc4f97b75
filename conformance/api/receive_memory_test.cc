// Memory runs out while something is received: what the program reads is a beginning of what was
// sent, and then everything or UV_ENOMEM. Nothing is missing in the middle.
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "own_process.h"
#include "stream_support.h"
#include "system.h"

namespace conformance {
namespace {

// Refuses the n-th request from now on, once.
std::atomic<long> until_refused;
bool refuses() {
  return until_refused > 0 && --until_refused == 0;
}
void* sometimes_malloc(size_t size) {
  return refuses() ? nullptr : std::malloc(size);
}
void* sometimes_calloc(size_t count, size_t size) {
  return refuses() ? nullptr : std::calloc(count, size);
}
void* sometimes_realloc(void* memory, size_t size) {
  return refuses() ? nullptr : std::realloc(memory, size);
}

enum class Outcome { kGood, kWrongError, kHole, kShort, kNoEnd, kSetUpFailed };

constexpr size_t kTotal = 120000;
constexpr long kMostRefused = 8;

struct Reading {
  std::string text;
  int end = 0;
};

void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
  Reading& reading = *static_cast<Reading*>(stream->data);
  if (size > 0) reading.text.append(buffer->base, static_cast<size_t>(size));
  if (size >= 0) return;
  reading.end = static_cast<int>(size);
  uv_close(reinterpret_cast<uv_handle_t*>(stream), nullptr);
}

void lend_shared(uv_handle_t*, size_t, uv_buf_t* buffer) {
  static char memory[65536];
  *buffer = uv_buf_init(memory, sizeof(memory));
}

Outcome judge(const Reading& reading, const std::string& sent) {
  if (reading.end == 0) return Outcome::kNoEnd;
  if (reading.end != UV_EOF && reading.end != UV_ENOMEM) return Outcome::kWrongError;
  if (sent.compare(0, reading.text.size(), reading.text) != 0) return Outcome::kHole;
  const bool is_all = reading.text.size() == sent.size();
  return is_all || reading.end == UV_ENOMEM ? Outcome::kGood : Outcome::kShort;
}

// A connected pair of which only `tcp` is a handle; the other end's descriptor, or -1.
int connect_to_self(uv_loop_t& loop, uv_tcp_t& tcp) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  if (::bind(listener, generic(address), size) != 0 || ::listen(listener, 1) != 0) return -1;
  if (::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) return -1;
  uv_connect_t request;
  uv_tcp_init(&loop, &tcp);
  if (uv_tcp_connect(&request, &tcp, generic(address), nullptr) != 0) return -1;
  uv_run(&loop, UV_RUN_DEFAULT);
  return ::accept(listener, nullptr, nullptr);
}

struct Messages {
  std::string text;  // a byte of each
  int shortages = 0;
  bool is_wrong = false;
};

void on_message(uv_udp_t* udp, ssize_t size, const uv_buf_t* buffer, const sockaddr* sender,
                unsigned) {
  Messages& messages = *static_cast<Messages*>(udp->data);
  if (size == 1 && sender != nullptr) {
    messages.text += buffer->base[0];
  } else if (size == UV_ENOMEM) {
    ++messages.shortages;
  } else if (size != 0) {
    messages.is_wrong = true;
  }
}

bool send_message(int sender, const sockaddr_in& address, char byte) {
  return ::sendto(sender, &byte, 1, 0, generic(address), sizeof(address)) == 1;
}

// Whether they are of `sent`, in its order.
bool is_subsequence(const std::string& messages, const std::string& sent) {
  size_t found = 0;
  for (char byte : sent)
    if (found < messages.size() && messages[found] == byte) ++found;
  return found == messages.size();
}

Outcome receive_messages(long refused) {
  if (uv_replace_allocator(sometimes_malloc, sometimes_realloc, sometimes_calloc, std::free) != 0) {
    return Outcome::kSetUpFailed;
  }
  uv_loop_t loop;
  uv_udp_t udp;
  Messages messages;
  sockaddr_in address = loopback(0);
  int size = sizeof(address);
  if (uv_loop_init(&loop) != 0 || uv_udp_init(&loop, &udp) != 0) return Outcome::kSetUpFailed;
  udp.data = &messages;
  if (uv_udp_bind(&udp, generic(address), 0) != 0 ||
      uv_udp_getsockname(&udp, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      uv_udp_recv_start(&udp, lend_shared, on_message) != 0) {
    return Outcome::kSetUpFailed;
  }
  uv_run(&loop, UV_RUN_NOWAIT);
  const int sender = ::socket(AF_INET, SOCK_DGRAM, 0);
  for (char byte : std::string("abcd"))
    if (!send_message(sender, address, byte)) return Outcome::kSetUpFailed;
  until_refused = refused;
  for (int i = 0; i < 3; ++i)
    uv_run(&loop, UV_RUN_NOWAIT);
  until_refused = 0;
  if (!send_message(sender, address, 'z')) return Outcome::kSetUpFailed;
  while (messages.text.empty() || messages.text.back() != 'z')
    uv_run(&loop, UV_RUN_ONCE);
  if (messages.is_wrong) return Outcome::kWrongError;
  if (!is_subsequence(messages.text, "abcdz")) return Outcome::kHole;
  const bool is_told = messages.text.size() == 5 || messages.shortages > 0;
  return is_told ? Outcome::kGood : Outcome::kShort;
}

// `refused` counts from when everything has arrived, with 0 for none.
Outcome read_all(long refused) {
  if (uv_replace_allocator(sometimes_malloc, sometimes_realloc, sometimes_calloc, std::free) != 0) {
    return Outcome::kSetUpFailed;
  }
  uv_loop_t loop;
  uv_tcp_t tcp;
  if (uv_loop_init(&loop) != 0) return Outcome::kSetUpFailed;
  const int peer = connect_to_self(loop, tcp);
  if (peer < 0) return Outcome::kSetUpFailed;
  // All of it has to be on the way, and its end to have come, before anything is read.
  int room = 1 << 18;
  if (uv_recv_buffer_size(reinterpret_cast<uv_handle_t*>(&tcp), &room) != 0 ||
      ::setsockopt(peer, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room)) != 0) {
    return Outcome::kSetUpFailed;
  }
  Reading reading;
  tcp.data = &reading;
  uv_read_start(stream(tcp), lend_shared, on_read);
  uv_run(&loop, UV_RUN_NOWAIT);
  const std::string sent = pattern(kTotal);
  if (::send(peer, sent.data(), sent.size(), 0) != static_cast<ssize_t>(kTotal)) {
    return Outcome::kSetUpFailed;
  }
  ::shutdown(peer, SHUT_WR);
  uv_os_fd_t descriptor;
  uv_fileno(reinterpret_cast<uv_handle_t*>(&tcp), &descriptor);
  pollfd ended = {};
  ended.fd = static_cast<decltype(ended.fd)>(number_of(descriptor));
  ended.events = test_support::kPeerEnded;
  ::poll(&ended, 1, -1);
  until_refused = refused;
  uv_run(&loop, UV_RUN_DEFAULT);
  until_refused = 0;
  return judge(reading, sent);
}

// The allocator is the process's, and a loop that waits for what was lost never ends.
template <typename Run>
Outcome judge_in_own_process(Run run) {
  return static_cast<Outcome>(in_own_process([&run] { return static_cast<int>(run()); }));
}

TEST(ReceiveMemory, AStreamHasNoHole) {
  for (long refused = 0; refused <= kMostRefused; ++refused) {
    EXPECT_EQ(Outcome::kGood, judge_in_own_process([&] { return read_all(refused); }))
        << "allocation " << refused << " was refused";
  }
}

TEST(ReceiveMemory, ADatagramIsNotLostInSilence) {
  for (long refused = 0; refused <= kMostRefused; ++refused) {
    EXPECT_EQ(Outcome::kGood, judge_in_own_process([&] { return receive_messages(refused); }))
        << "allocation " << refused << " was refused";
  }
}

}  // namespace
}  // namespace conformance
