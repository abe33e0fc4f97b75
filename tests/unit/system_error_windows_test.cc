// The translation of the system's errors, held against what another library says.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "os/system_error.h"
#include "os/windows/windows_error.h"
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
