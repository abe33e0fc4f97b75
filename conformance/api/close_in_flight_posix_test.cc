// A server at the limit of its descriptors.
#include <sys/resource.h>

#include <memory>
#include <vector>

#include "in_flight_support.h"

namespace conformance {
namespace {

struct Guest {
  uv_tcp_t tcp;
  Write write;
};

// The limit stays where it is: everybody is served, for whoever was served makes room.
TEST_F(InFlight, AServerAtItsDescriptorLimitServesEveryone) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 drops clients then";
  static int served;
  static std::vector<std::unique_ptr<Guest>> guests;
  served = 0;
  guests.clear();
  listen([](uv_stream_t* server, int status) {
    ASSERT_EQ(0, status);
    guests.push_back(std::make_unique<Guest>());
    Guest& guest = *guests.back();
    uv_tcp_init(server->loop, &guest.tcp);
    ASSERT_EQ(0, uv_accept(server, stream(guest.tcp)));
    guest.write.done = [&guest] {
      uv_close(reinterpret_cast<uv_handle_t*>(&guest.tcp), [](uv_handle_t*) { ++served; });
    };
    ASSERT_EQ(0, guest.write.start(stream(guest.tcp), "served"));
  });
  constexpr int kClients = 24;
  std::vector<std::unique_ptr<RawClient>> clients;
  turn(1);
  for (int i = 0; i < kClients; ++i)
    clients.push_back(std::make_unique<RawClient>(address_));
  rlimit normal;
  getrlimit(RLIMIT_NOFILE, &normal);
  const int next = dup(0);
  ::close(next);
  rlimit low = normal;
  low.rlim_cur = static_cast<rlim_t>(next) + 3;
  setrlimit(RLIMIT_NOFILE, &low);
  run_until([] { return served == kClients; });
  setrlimit(RLIMIT_NOFILE, &normal);
  for (auto& client : clients)
    EXPECT_EQ("served", client->read_all());
  guests.clear();
}

}  // namespace
}  // namespace conformance
