// The translation of the system's errors, held against what another library says.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "iocp/socket_status.h"
#include "os/system_error.h"
#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"
#include "uv.h"

namespace violet {
namespace {

TEST(SystemError, SaysWhatAnotherLibrarySays) {
  std::ifstream facts(VIOLET_FACTS "/windows-errors.txt");
  ASSERT_TRUE(facts.is_open());
  int compared = 0;
  for (std::string line; std::getline(facts, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    int code = 0;
    std::string name;
    words >> code >> name;
    EXPECT_EQ(name, uv_err_name(translate_system_error(code))) << code;
    ++compared;
  }
  EXPECT_GT(compared, 90);
}

TEST(SystemError, OfStatusCodes) {
  EXPECT_EQ(UV_ENOENT, error_from_status(static_cast<long>(0xC0000034)));
  EXPECT_EQ(UV_EPERM, error_from_status(static_cast<long>(0xC0000022)));
  EXPECT_EQ(UV_ECANCELED, error_from_status(static_cast<long>(0xC0000120)));
}

int error_of_winsock(SOCKET socket, unsigned long status) {
  OVERLAPPED over = {};
  over.Internal = status;
  DWORD size = 0;
  DWORD flags = 0;
  EXPECT_FALSE(WSAGetOverlappedResult(socket, &over, &size, FALSE, &flags));
  return error_from_windows(static_cast<unsigned long>(WSAGetLastError()));
}

TEST(SystemError, OfPacketsOfSocketsIsWhatWinsockSays) {
  ASSERT_EQ(0, start_winsock());
  const SOCKET socket = ::socket(AF_INET, SOCK_STREAM, 0);
  constexpr unsigned long kStatuses[] = {
      0x80000005, 0xc0000007, 0xc0000017, 0xc0000097, 0xc000009a, 0xc00000a1,
      0xc000012d, 0xc00000b5, 0xc00000bc, 0xc00000be, 0xc0000120, 0xc000013b,
      0xc000013c, 0xc000013e, 0xc000013f, 0xc0000140, 0xc0000141, 0xc0000206,
      0xc0000207, 0xc0000209, 0xc000020a, 0xc000020c, 0xc000020d, 0xc000020f,
      0xc0000236, 0xc000023c, 0xc000023d, 0xc000023e, 0xc0000241,
  };
  for (unsigned long status : kStatuses) {
    EXPECT_EQ(error_of_winsock(socket, status), socket_error_of(static_cast<long>(status)))
        << std::hex << status;
  }
  closesocket(socket);
  EXPECT_EQ(0, socket_error_of(0));
  EXPECT_EQ(UV_ECONNREFUSED, socket_error_of(static_cast<long>(0xc000023f)))
      << "of a datagram's port, as on other systems";
}

TEST(SystemError, GoesBackToTheUsualCode) {
  EXPECT_EQ(0, system_error_of(0));
  EXPECT_EQ(ERROR_FILE_NOT_FOUND, system_error_of(UV_ENOENT));
  EXPECT_EQ(ERROR_ACCESS_DENIED, system_error_of(UV_EPERM));
  for (int code = 1; code < 12'000; ++code) {
    const int error = translate_system_error(code);
    if (error != UV_UNKNOWN) {
      EXPECT_EQ(error, translate_system_error(system_error_of(error))) << code;
    }
  }
}

}  // namespace
}  // namespace violet
