// Names to addresses and back. Nothing here needs a name server.
#include <cstring>

#include "loop_fixture.h"
#include "platform.h"
#include "support.h"

namespace conformance {
namespace {

class DnsTest : public LoopTest {
 protected:
  int look_up(const char* node, const char* service, const addrinfo* hints = nullptr) {
    int error = uv_getaddrinfo(&loop, &request, nullptr, node, service, hints);
    if (error == 0) uv_freeaddrinfo(request.addrinfo);
    return error;
  }

  uv_getaddrinfo_t request = {};
};

TEST_F(DnsTest, FindsAtOnceWithoutACallback) {
  ASSERT_EQ(0, uv_getaddrinfo(&loop, &request, nullptr, "127.0.0.1", "80", nullptr));
  ASSERT_NE(nullptr, request.addrinfo);
  const sockaddr_in* found = reinterpret_cast<sockaddr_in*>(request.addrinfo->ai_addr);
  EXPECT_EQ(AF_INET, found->sin_family);
  EXPECT_EQ(htonl(INADDR_LOOPBACK), found->sin_addr.s_addr);
  EXPECT_EQ(htons(80), found->sin_port);
  uv_freeaddrinfo(request.addrinfo);
}

TEST_F(DnsTest, FindsInTheBackgroundWithCopiesOfTheQuestion) {
  static int calls;
  calls = 0;
  char node[] = "127.0.0.1";
  char service[] = "443";
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_family = AF_INET;
  ASSERT_EQ(0, uv_getaddrinfo(
                   &loop, &request,
                   [](uv_getaddrinfo_t* done, int status, addrinfo* found) {
                     ++calls;
                     ASSERT_EQ(0, status);
                     ASSERT_NE(nullptr, found);
                     EXPECT_EQ(done->addrinfo, found);
                     EXPECT_EQ(nullptr, found->ai_next) << "one socket type, one address";
                     EXPECT_EQ(SOCK_STREAM, found->ai_socktype);
                     EXPECT_EQ(htons(443),
                               reinterpret_cast<sockaddr_in*>(found->ai_addr)->sin_port);
                     uv_freeaddrinfo(found);
                   },
                   node, service, &hints));
  EXPECT_EQ(UV_GETADDRINFO, request.type);
  std::memset(node, 'x', sizeof(node) - 1);
  std::memset(service, 'x', sizeof(service) - 1);
  std::memset(&hints, 0xff, sizeof(hints));
  EXPECT_EQ(0, calls);
  run();
  EXPECT_EQ(1, calls);
}

TEST_F(DnsTest, NodeOrServiceMayBeMissingNotBoth) {
  EXPECT_EQ(UV_EINVAL, look_up(nullptr, nullptr));
  EXPECT_EQ(0, look_up(nullptr, "80"));
  EXPECT_EQ(0, look_up("::1", nullptr));
  EXPECT_EQ(UV_EINVAL, uv_getaddrinfo(&loop, nullptr, nullptr, "::1", nullptr, nullptr));
}

TEST_F(DnsTest, RefusesNodesThatDnsCannotCarry) {
  uv_getaddrinfo_cb never = [](uv_getaddrinfo_t*, int, addrinfo*) { FAIL(); };
  const std::string names[] = {"", std::string(256, 'a'), std::string(5000, 'a'), "\xff\xfe.test"};
  for (const std::string& name : names) {
    EXPECT_EQ(UV_EINVAL, look_up(name.c_str(), nullptr)) << name;
    EXPECT_EQ(UV_EINVAL, uv_getaddrinfo(&loop, &request, never, name.c_str(), nullptr, nullptr));
  }
  EXPECT_EQ(0, uv_loop_alive(&loop));
}

TEST_F(DnsTest, LeavesLabelsThatAreTooLongToTheResolver) {
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST;
  std::string umlauts;
  for (int i = 0; i < 64; ++i)
    umlauts += "\xc3\xbc";
  std::string ascii(64, 'a');
  const std::string names[] = {ascii, umlauts, ascii + ".\xc3\xbc"};
  for (const std::string& name : names)
    EXPECT_EQ(UV_EAI_NONAME, look_up(name.c_str(), nullptr, &hints)) << name;
}

TEST_F(DnsTest, ResolverErrorsHaveTheirOwnNames) {
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST;
  EXPECT_EQ(UV_EAI_NONAME, look_up("localhost", nullptr, &hints));
  hints.ai_flags = ~0;
  EXPECT_EQ(UV_EAI_BADFLAGS, look_up("localhost", nullptr, &hints));
  hints.ai_flags = 0;
  hints.ai_family = 12345;
  EXPECT_EQ(UV_EAI_FAMILY, look_up("localhost", nullptr, &hints));
  hints.ai_family = 0;
  hints.ai_socktype = 9999;
  EXPECT_EQ(UV_EAI_SOCKTYPE, look_up("localhost", "80", &hints));
  EXPECT_EQ(UV_EAI_SERVICE, look_up(nullptr, "no-such-service-here"));
}

TEST_F(DnsTest, BackgroundErrorsComeWithTheCallback) {
  static int status_seen;
  status_seen = 0;
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST;
  ASSERT_EQ(0, uv_getaddrinfo(
                   &loop, &request,
                   [](uv_getaddrinfo_t*, int status, addrinfo* found) {
                     status_seen = status;
                     EXPECT_EQ(nullptr, found);
                   },
                   "localhost", nullptr, &hints));
  run();
  EXPECT_EQ(UV_EAI_NONAME, status_seen);
}

TEST_F(DnsTest, FreeingNothingIsFine) {
  uv_freeaddrinfo(nullptr);
}

// The BSDs and macOS look at no flag that they do not know, but a number is no name.
constexpr bool kKnowsItsFlags = kIsLinux || kIsWindows;
constexpr int kWrongFlags = kKnowsItsFlags ? 0x7fff0000 : NI_NUMERICHOST | NI_NAMEREQD;
constexpr int kWrongFlagsError = kKnowsItsFlags ? UV_EAI_BADFLAGS : UV_EAI_NONAME;

class NameTest : public LoopTest {
 protected:
  void SetUp() override {
    LoopTest::SetUp();
    ASSERT_EQ(0, uv_ip4_addr("127.0.0.1", 80, &address4));
    ASSERT_EQ(0, uv_ip6_addr("::1", 443, &address6));
  }
  static const sockaddr* base(const void* address) { return static_cast<const sockaddr*>(address); }

  sockaddr_in address4;
  sockaddr_in6 address6;
  uv_getnameinfo_t request = {};
};

TEST_F(NameTest, FindsAtOnceWithoutACallback) {
  const int numeric = NI_NUMERICHOST | NI_NUMERICSERV;
  ASSERT_EQ(0, uv_getnameinfo(&loop, &request, nullptr, base(&address4), numeric));
  EXPECT_STREQ("127.0.0.1", request.host);
  EXPECT_STREQ("80", request.service);
  ASSERT_EQ(0, uv_getnameinfo(&loop, &request, nullptr, base(&address6), numeric));
  EXPECT_STREQ("::1", request.host);
  EXPECT_STREQ("443", request.service);
}

TEST_F(NameTest, FindsInTheBackground) {
  static int calls;
  calls = 0;
  ASSERT_EQ(0, uv_getnameinfo(
                   &loop, &request,
                   [](uv_getnameinfo_t* done, int status, const char* host, const char* service) {
                     ++calls;
                     EXPECT_EQ(0, status);
                     EXPECT_STREQ("::1", host);
                     EXPECT_EQ(done->host, host);
                     EXPECT_EQ(done->service, service);
                   },
                   base(&address6), NI_NUMERICHOST | NI_NUMERICSERV));
  EXPECT_EQ(UV_GETNAMEINFO, request.type);
  address6 = {};
  run();
  EXPECT_EQ(1, calls);
}

TEST_F(NameTest, RefusesOtherFamiliesAndMissingArguments) {
  sockaddr other = {};
  other.sa_family = AF_UNIX;
  EXPECT_EQ(UV_EINVAL, uv_getnameinfo(&loop, &request, nullptr, &other, 0));
  EXPECT_EQ(UV_EINVAL, uv_getnameinfo(&loop, &request, nullptr, nullptr, 0));
  EXPECT_EQ(UV_EINVAL, uv_getnameinfo(&loop, nullptr, nullptr, base(&address4), 0));
}

TEST_F(NameTest, ResolverErrorsComeWithTheCallback) {
  static int status_seen;
  status_seen = 0;
  ASSERT_EQ(0, uv_getnameinfo(
                   &loop, &request,
                   [](uv_getnameinfo_t*, int status, const char* host, const char* service) {
                     status_seen = status;
                     EXPECT_EQ(nullptr, host);
                     EXPECT_EQ(nullptr, service);
                   },
                   base(&address4), kWrongFlags));
  run();
  EXPECT_EQ(kWrongFlagsError, status_seen);
}

}  // namespace
}  // namespace conformance
