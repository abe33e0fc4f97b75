#include <cstring>

#include "support.h"

namespace {

struct Form {
  const char* text;
  const char* canonical;  // Null when the text is no address.
};

class Ipv4Text : public testing::TestWithParam<Form> {};

TEST_P(Ipv4Text, ParsesAndFormats) {
  unsigned char bytes[4];
  char text[INET_ADDRSTRLEN];
  int result = uv_inet_pton(AF_INET, GetParam().text, bytes);
  if (GetParam().canonical == nullptr) {
    EXPECT_EQ(UV_EINVAL, result);
    return;
  }
  ASSERT_EQ(0, result);
  ASSERT_EQ(0, uv_inet_ntop(AF_INET, bytes, text, sizeof(text)));
  EXPECT_STREQ(GetParam().canonical, text);
}

INSTANTIATE_TEST_SUITE_P(Address, Ipv4Text,
                         testing::Values(Form{"0.0.0.0", "0.0.0.0"}, Form{"1.2.3.4", "1.2.3.4"},
                                         Form{"255.255.255.255", "255.255.255.255"},
                                         Form{"", nullptr}, Form{"1.2.3", nullptr},
                                         Form{"1.2.3.4.5", nullptr}, Form{"256.1.1.1", nullptr},
                                         Form{"01.2.3.4", nullptr}, Form{"1.2.3.000", nullptr},
                                         Form{"1..2.3", nullptr}, Form{"0x1.2.3.4", nullptr},
                                         Form{" 1.2.3.4", nullptr}, Form{"1.2.3.4 ", nullptr}));

class Ipv6Text : public testing::TestWithParam<Form> {};

TEST_P(Ipv6Text, ParsesAndFormats) {
  unsigned char bytes[16];
  char text[INET6_ADDRSTRLEN];
  int result = uv_inet_pton(AF_INET6, GetParam().text, bytes);
  if (GetParam().canonical == nullptr) {
    EXPECT_EQ(UV_EINVAL, result);
    return;
  }
  ASSERT_EQ(0, result);
  ASSERT_EQ(0, uv_inet_ntop(AF_INET6, bytes, text, sizeof(text)));
  EXPECT_STREQ(GetParam().canonical, text);
}

INSTANTIATE_TEST_SUITE_P(
    Address, Ipv6Text,
    testing::Values(Form{"::", "::"}, Form{"::1", "::1"}, Form{"1::", "1::"},
                    Form{"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
                    Form{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"}, Form{"::1.2.3.4", "::1.2.3.4"},
                    Form{"::ffff:1.2.3.4", "::ffff:1.2.3.4"},
                    Form{"64:ff9b::1.2.3.4", "64:ff9b::102:304"}, Form{"FE80::ABcd", "fe80::abcd"},
                    Form{"0:0:0:1:0:0:0:0", "0:0:0:1::"},
                    Form{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
                    Form{"fe80::1%zone", "fe80::1"}, Form{"", nullptr}, Form{"1:2", nullptr},
                    Form{":::", nullptr}, Form{"1::2::3", nullptr}, Form{"12345::", nullptr},
                    Form{"::00001", nullptr}, Form{"g::", nullptr}, Form{"::1.2.3", nullptr},
                    Form{"::1.2.3.4:5", nullptr}, Form{"1:2:3:4:5:6:7:8:9", nullptr},
                    Form{"1:2:3:4:5:6:7:", nullptr}, Form{":1:2:3:4:5:6:7", nullptr}));

TEST(Address, UnknownFamilyIsRefused) {
  char buffer[64] = {};
  EXPECT_EQ(UV_EAFNOSUPPORT, uv_inet_pton(AF_UNIX, "1.2.3.4", buffer));
  EXPECT_EQ(UV_EAFNOSUPPORT, uv_inet_ntop(AF_UNIX, buffer, buffer, sizeof(buffer)));
  EXPECT_EQ(UV_EINVAL, uv_inet_pton(AF_INET, nullptr, buffer));
}

TEST(Address, TextThatDoesNotFitIsNoSpace) {
  const unsigned char bytes[16] = {127, 0, 0, 1};
  char text[INET6_ADDRSTRLEN];
  EXPECT_EQ(UV_ENOSPC, uv_inet_ntop(AF_INET, bytes, text, std::strlen("127.0.0.1")));
  EXPECT_EQ(0, uv_inet_ntop(AF_INET, bytes, text, sizeof("127.0.0.1")));
  EXPECT_EQ(UV_ENOSPC, uv_inet_ntop(AF_INET6, bytes, text, 4));
}

TEST(Address, Ip4AddrFillsASocketAddress) {
  sockaddr_in address;
  std::memset(&address, 0x55, sizeof(address));
  ASSERT_EQ(0, uv_ip4_addr("10.20.30.40", 8080, &address));
  EXPECT_EQ(AF_INET, address.sin_family);
  EXPECT_EQ(8080, ntohs(address.sin_port));
  EXPECT_EQ(0x0A141E28u, ntohl(address.sin_addr.s_addr));
  char text[INET_ADDRSTRLEN];
  EXPECT_EQ(0, uv_ip4_name(&address, text, sizeof(text)));
  EXPECT_STREQ("10.20.30.40", text);
  EXPECT_EQ(UV_ENOSPC, uv_ip4_name(&address, text, 3));
  EXPECT_EQ(UV_EINVAL, uv_ip4_addr("10.20.30", 80, &address));
}

// The lowest number that an interface has, with its name; 0 when there is none.
unsigned first_interface(char (&name)[UV_IF_NAMESIZE]) {
  for (unsigned index = 1; index < 256; ++index) {
    std::size_t size = sizeof(name);
    if (uv_if_indextoname(index, name, &size) == 0) return index;
  }
  return 0;
}

TEST(Address, Ip6AddrTakesAZone) {
  char name[UV_IF_NAMESIZE];
  const unsigned index = first_interface(name);
  if (index == 0) GTEST_SKIP() << "this machine has no interface";
  sockaddr_in6 address;
  ASSERT_EQ(0, uv_ip6_addr((std::string("fe80::1%") + name).c_str(), 53, &address));
  EXPECT_EQ(AF_INET6, address.sin6_family);
  EXPECT_EQ(53, ntohs(address.sin6_port));
  EXPECT_EQ(index, address.sin6_scope_id);
  char text[INET6_ADDRSTRLEN];
  EXPECT_EQ(0, uv_ip6_name(&address, text, sizeof(text)));
  EXPECT_STREQ("fe80::1", text);
  EXPECT_EQ(UV_ENOSPC, uv_ip6_name(&address, text, 3));
}

TEST(Address, Ip6AddrWithUnknownZoneHasNoScope) {
  sockaddr_in6 address;
  ASSERT_EQ(0, uv_ip6_addr("fe80::1%nonesuch", 53, &address));
  EXPECT_EQ(0u, address.sin6_scope_id);
  EXPECT_EQ(UV_EINVAL, uv_ip6_addr("fe80:::1", 53, &address));
}

TEST(Address, IpNameTakesEitherFamily) {
  REQUIRE_FUNCTION(uv_ip_name);
  sockaddr_in v4;
  sockaddr_in6 v6;
  char text[INET6_ADDRSTRLEN];
  ASSERT_EQ(0, uv_ip4_addr("1.2.3.4", 1, &v4));
  ASSERT_EQ(0, uv_ip6_addr("1::2", 1, &v6));
  EXPECT_EQ(0, uv_ip_name(reinterpret_cast<sockaddr*>(&v4), text, sizeof(text)));
  EXPECT_STREQ("1.2.3.4", text);
  EXPECT_EQ(0, uv_ip_name(reinterpret_cast<sockaddr*>(&v6), text, sizeof(text)));
  EXPECT_STREQ("1::2", text);
  v4.sin_family = AF_UNIX;
  EXPECT_EQ(UV_EAFNOSUPPORT, uv_ip_name(reinterpret_cast<sockaddr*>(&v4), text, sizeof(text)));
}

TEST(Interfaces, LoopbackIsInternal) {
  uv_interface_address_t* addresses;
  int count;
  ASSERT_EQ(0, uv_interface_addresses(&addresses, &count));
  for (int i = 0; i < count; ++i) {
    int family = addresses[i].address.address4.sin_family;
    EXPECT_TRUE(family == AF_INET || family == AF_INET6);
    EXPECT_EQ(family, addresses[i].netmask.netmask4.sin_family);
    EXPECT_GT(std::strlen(addresses[i].name), 0u);
    if (family == AF_INET && ntohl(addresses[i].address.address4.sin_addr.s_addr) >> 24 == 127) {
      EXPECT_NE(0, addresses[i].is_internal);
    }
  }
  uv_free_interface_addresses(addresses, count);
}

TEST(Interfaces, IndexToName) {
  char name[UV_IF_NAMESIZE];
  const unsigned index = first_interface(name);
  if (index == 0) GTEST_SKIP() << "this machine has no interface";
  conformance::check_output_contract(
      [&](char* buffer, size_t* size) { return uv_if_indextoname(index, buffer, size); });
  conformance::check_output_contract(
      [&](char* buffer, size_t* size) { return uv_if_indextoiid(index, buffer, size); });
  std::size_t size = sizeof(name);
  EXPECT_EQ(UV_ENXIO, uv_if_indextoname(0, name, &size));
  EXPECT_EQ(UV_ENXIO, uv_if_indextoiid(0x7fffffff, name, &size));
}

}  // namespace
