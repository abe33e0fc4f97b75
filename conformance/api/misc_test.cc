// What descriptors and libraries are, as far as all systems agree.
#include <string>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

uv_handle_type guess_of(const std::string& path) {
  const uv_file file = open_at_once(path, UV_FS_O_RDWR | UV_FS_O_CREAT);
  EXPECT_GE(file, 0);
  const uv_handle_type type = uv_guess_handle(file);
  EXPECT_EQ(0, close_at_once(file));
  return type;
}

TEST(GuessHandle, Files) {
  const TemporaryDirectory directory;
  EXPECT_EQ(UV_FILE, guess_of(directory / "file"));
  EXPECT_EQ(UV_FILE, guess_of(kNullDevice));
  EXPECT_EQ(UV_UNKNOWN_HANDLE, uv_guess_handle(-1));
}

TEST(DynamicLibrary, AMissingFileIsAnError) {
  uv_lib_t library;
  EXPECT_EQ(-1, uv_dlopen("/no/such/library.so", &library));
  EXPECT_STRNE("no error", uv_dlerror(&library));
  uv_dlclose(&library);
}

}  // namespace
}  // namespace conformance
