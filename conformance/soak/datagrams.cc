// A byte-exact soak of UDP on uv.h: senders and receivers with random sizes, receiving that stops
// and starts, buffers that are too short, several messages at once, and sockets that close with
// messages under way. What a sender has under way is bounded by what fits into a socket's buffer,
// so that every message has to arrive: once, whole and in order. In every other turn some senders
// flood; what the system drops then is counted, and the rest has to be right all the same.
//
//     soak_datagrams SECONDS [SEED [PAIRS]]
#include <uv.h>

#include <cstring>
#include <memory>
#include <vector>

#include "soak.h"

namespace {

constexpr std::size_t kLargest = 65507;
constexpr std::size_t kHeaderSize = 12;  // the message's number and its size
// Of the default socket buffer, about 200 KiB, in which each message also takes room for itself.
constexpr std::size_t kRoom = 80'000;
constexpr std::size_t kRoomForItself = 1024;
constexpr std::size_t kShortBuffer = 100;

uv_loop_t loop;
bool floods_allowed = false;
std::size_t live_pairs = 0;
std::uint64_t messages_sent = 0;
std::uint64_t messages_received = 0;
std::uint64_t messages_lost = 0;
std::uint64_t messages_cut = 0;
std::uint64_t cancelled = 0;

unsigned char pattern(std::uint64_t number, std::uint64_t position) {
  return static_cast<unsigned char>(((position + number) * 0x9e3779b97f4a7c15ULL) >> 56);
}

struct Message {
  std::uint64_t number;
  std::uint32_t size;

  std::vector<char> bytes() const {
    std::vector<char> bytes(size);
    for (std::size_t i = kHeaderSize; i < size; ++i)
      bytes[i] = static_cast<char>(pattern(number, i));
    std::memcpy(bytes.data(), &number, sizeof(number));
    std::memcpy(bytes.data() + sizeof(number), &size, sizeof(size));
    return bytes;
  }
};

struct Pair {
  uv_udp_t sender;
  uv_udp_t receiver;
  uv_timer_t pause;
  sockaddr_in address;
  std::uint64_t sent = 0;
  std::uint64_t to_send = 0;
  std::uint64_t next = 0;  // the number that is expected
  std::size_t under_way = 0;
  std::uint64_t last_progress = 0;
  int requests = 0;
  int open_handles = 3;
  bool receiving = false;
  bool several = false;
  bool floods = false;
  bool closing = false;
  std::vector<char> buffer;
};

struct Send {
  uv_udp_send_t request;
  Pair* pair;
  std::vector<char> bytes;
};

std::size_t room_of(std::size_t size) {
  return size + kRoomForItself;
}

void close_pair(Pair& pair) {
  if (pair.closing) return;
  pair.closing = true;
  auto closed = [](uv_handle_t* handle) {
    Pair* owner = static_cast<Pair*>(handle->data);
    if (--owner->open_handles > 0) return;
    if (owner->requests != 0) fail("a send's callback did not run before the close callback", 0);
    --live_pairs;
    delete owner;
  };
  uv_close(reinterpret_cast<uv_handle_t*>(&pair.sender), closed);
  uv_close(reinterpret_cast<uv_handle_t*>(&pair.receiver), closed);
  uv_close(reinterpret_cast<uv_handle_t*>(&pair.pause), closed);
}

void check_message(Pair& pair, const char* bytes, std::size_t size, unsigned flags,
                   std::size_t capacity) {
  if (size < kHeaderSize) fail("a message without its header", static_cast<long long>(size));
  Message message;
  std::memcpy(&message.number, bytes, sizeof(message.number));
  std::memcpy(&message.size, bytes + sizeof(message.number), sizeof(message.size));
  if (message.number < pair.next)
    fail("a message twice or late", static_cast<long long>(message.number));
  if (message.number > pair.next && !pair.floods) {
    fail("messages lost before", static_cast<long long>(message.number));
  }
  messages_lost += message.number - pair.next;
  pair.next = message.number + 1;
  const bool is_cut = (flags & UV_UDP_PARTIAL) != 0;
  if (is_cut != (message.size > capacity)) fail("wrongly said to be cut, or not", message.size);
  if (size != (is_cut ? capacity : message.size))
    fail("a wrong size", static_cast<long long>(size));
  for (std::size_t i = kHeaderSize; i < size; ++i) {
    if (static_cast<unsigned char>(bytes[i]) != pattern(message.number, i)) {
      fail("a wrong byte at", static_cast<long long>(i));
    }
  }
  ++messages_received;
  if (is_cut) ++messages_cut;
  const std::size_t room = room_of(message.size);
  pair.under_way = pair.under_way > room ? pair.under_way - room : 0;
}

void on_received(uv_udp_t* udp, ssize_t size, const uv_buf_t* buffer, const sockaddr* from,
                 unsigned flags) {
  Pair& pair = *static_cast<Pair*>(udp->data);
  if (pair.closing && (flags & UV_UDP_MMSG_FREE) == 0) fail("a message after uv_close()", size);
  if (size < 0) fail("receiving", size);
  if (from == nullptr) return;
  if (!pair.receiving) fail("a message after uv_udp_recv_stop()", size);
  check_message(pair, buffer->base, static_cast<std::size_t>(size), flags, buffer->len);
  pair.last_progress = uv_hrtime();
  // Of several messages at once the rest would be lost, as documented.
  if (!pair.several && chance(5)) {
    must(uv_udp_recv_stop(udp), "uv_udp_recv_stop");
    pair.receiving = false;
  }
  if (pair.sent == pair.to_send && chance(5)) close_pair(pair);
}

void start_receiving(Pair& pair) {
  if (pair.receiving) return;
  auto provide = [](uv_handle_t* handle, std::size_t suggested, uv_buf_t* buffer) {
    Pair& owner = *static_cast<Pair*>(handle->data);
    owner.buffer.resize(owner.several ? suggested * (1 + roll(4)) : suggested);
    // Chunks have a fixed size.
    if (!owner.several && chance(5)) owner.buffer.resize(kShortBuffer);
    *buffer = uv_buf_init(owner.buffer.data(), static_cast<unsigned int>(owner.buffer.size()));
  };
  must(uv_udp_recv_start(&pair.receiver, provide, on_received), "uv_udp_recv_start");
  pair.receiving = true;
}

void on_sent(uv_udp_send_t* request, int status) {
  std::unique_ptr<Send> send(reinterpret_cast<Send*>(request));
  Pair& pair = *send->pair;
  --pair.requests;
  if (status == UV_ECANCELED && pair.closing) {
    ++cancelled;
  } else if (status != 0) {
    fail("sending", status);
  }
}

void send_one(Pair& pair, std::size_t size) {
  const Message message = {pair.sent++, static_cast<std::uint32_t>(size)};
  Send* send = new Send{{}, &pair, message.bytes()};
  const std::size_t first = roll(size + 1);
  uv_buf_t pieces[2] = {
      uv_buf_init(send->bytes.data(), static_cast<unsigned int>(first)),
      uv_buf_init(send->bytes.data() + first, static_cast<unsigned int>(size - first))};
  ++pair.requests;
  ++messages_sent;
  pair.under_way += room_of(size);
  must(uv_udp_send(&send->request, &pair.sender, pieces, 2,
                   reinterpret_cast<sockaddr*>(&pair.address), on_sent),
       "uv_udp_send");
}

// Each magnitude as likely.
std::size_t random_size() {
  std::size_t size = kHeaderSize + roll(std::size_t{1} << roll(17));
  return size < kLargest ? size : kLargest;
}

void go_on(Pair& pair) {
  if (pair.closing) return;
  if (chance(80)) start_receiving(pair);
  for (std::uint64_t count = roll(40); count > 0 && pair.sent < pair.to_send; --count) {
    const std::size_t size = random_size();
    if (!pair.floods && pair.under_way > 0 && pair.under_way + room_of(size) > kRoom) break;
    send_one(pair, size);
  }
  const bool all_came = pair.sent == pair.to_send && pair.next == pair.to_send;
  const std::uint64_t waited = uv_hrtime() - pair.last_progress;
  if (all_came || (pair.floods && pair.sent == pair.to_send && waited > 50'000'000)) {
    if (pair.floods) messages_lost += pair.to_send - pair.next;
    return close_pair(pair);
  }
  if (waited > 30'000'000'000ULL)
    fail("messages that never come", static_cast<long long>(pair.next));
  auto again = [](uv_timer_t* timer) { go_on(*static_cast<Pair*>(timer->data)); };
  must(uv_timer_start(&pair.pause, again, roll(3), 0), "uv_timer_start");
}

// The BSDs keep some 40 KB, and send 9 KB at most, unless they are told otherwise.
bool has_small_buffers(uv_udp_t& udp) {
  int size = 0;
  must(uv_recv_buffer_size(reinterpret_cast<uv_handle_t*>(&udp), &size), "uv_recv_buffer_size");
  return static_cast<std::size_t>(size) < 2 * kRoom;
}

void enlarge_buffers(Pair& pair) {
  sockaddr_in anywhere;
  uv_ip4_addr("127.0.0.1", 0, &anywhere);
  // It has a socket only then.
  must(uv_udp_bind(&pair.sender, reinterpret_cast<sockaddr*>(&anywhere), 0), "uv_udp_bind");
  int size = 1 << 19;
  must(uv_recv_buffer_size(reinterpret_cast<uv_handle_t*>(&pair.receiver), &size),
       "uv_recv_buffer_size");
  must(uv_send_buffer_size(reinterpret_cast<uv_handle_t*>(&pair.sender), &size),
       "uv_send_buffer_size");
}

void make_pair() {
  Pair* pair = new Pair;
  ++live_pairs;
  pair->to_send = 1 + roll(500);
  pair->several = chance(50);
  pair->floods = floods_allowed && chance(50);
  pair->last_progress = uv_hrtime();
  must(uv_udp_init(&loop, &pair->sender), "uv_udp_init");
  must(uv_udp_init_ex(&loop, &pair->receiver, pair->several ? AF_INET | UV_UDP_RECVMMSG : AF_INET),
       "uv_udp_init_ex");
  must(uv_timer_init(&loop, &pair->pause), "uv_timer_init");
  pair->sender.data = pair->receiver.data = pair->pause.data = pair;
  uv_ip4_addr("127.0.0.1", 0, &pair->address);
  must(uv_udp_bind(&pair->receiver, reinterpret_cast<sockaddr*>(&pair->address), 0), "uv_udp_bind");
  int size = sizeof(pair->address);
  must(uv_udp_getsockname(&pair->receiver, reinterpret_cast<sockaddr*>(&pair->address), &size),
       "uv_udp_getsockname");
  if (has_small_buffers(pair->receiver)) enlarge_buffers(*pair);
  go_on(*pair);
}

void run(std::uint64_t nanoseconds, std::size_t pairs) {
  must(uv_loop_init(&loop), "uv_loop_init");
  const std::uint64_t end = uv_hrtime() + nanoseconds;
  while (uv_hrtime() < end) {
    while (live_pairs < pairs)
      make_pair();
    uv_run(&loop, UV_RUN_ONCE);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  if (live_pairs != 0) fail("pairs that never ended", static_cast<long long>(live_pairs));
  must(uv_loop_close(&loop), "uv_loop_close");
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
  const std::uint64_t seed =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device{}();
  const std::size_t pairs = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 20;
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  dice.seed(seed);
  count_allocations();
  // The first loop opens what stays for the whole process, some of it (Wine's Winsock) not at once.
  run(static_cast<std::uint64_t>(1e8), pairs);
  const int descriptors = open_descriptors();
  const long long allocations = live_allocations;
  for (int turn = 0; turn < 4; ++turn) {
    floods_allowed = turn % 2 == 1;
    run(static_cast<std::uint64_t>(seconds * 1e9 / 4), pairs);
    if (open_descriptors() != descriptors)
      fail("descriptors left open", open_descriptors() - descriptors);
    if (live_allocations != allocations)
      fail("memory not released", live_allocations - allocations);
  }
  std::printf("messages: sent %llu, received %llu, lost in floods %llu, cut %llu, cancelled %llu\n",
              static_cast<unsigned long long>(messages_sent),
              static_cast<unsigned long long>(messages_received),
              static_cast<unsigned long long>(messages_lost),
              static_cast<unsigned long long>(messages_cut),
              static_cast<unsigned long long>(cancelled));
  return 0;
}
