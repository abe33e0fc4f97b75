#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "support.h"

namespace {

struct ErrorRow {
  int code;
  const char* name;
  const char* message;
};

#define ERROR_ROW(NAME, MESSAGE) {UV_##NAME, #NAME, MESSAGE},
constexpr ErrorRow kErrors[] = {UV_ERRNO_MAP(ERROR_ROW)};
#undef ERROR_ROW

// Codes that came with libuv 1.45 and later.
bool is_newer(int code) {
  return code == UV_ENODATA || code == UV_EUNATCH || code == UV_ENOEXEC;
}

TEST(Errors, EveryCodeHasItsNameAndText) {
  char text[64];
  for (const ErrorRow& row : kErrors) {
    if (is_newer(row.code) && !conformance::is_at_least(1, 52)) continue;
    EXPECT_STREQ(row.name, uv_err_name(row.code));
    EXPECT_STREQ(row.message, uv_strerror(row.code));
    EXPECT_STREQ(row.name, uv_err_name_r(row.code, text, sizeof(text)));
    EXPECT_STREQ(row.message, uv_strerror_r(row.code, text, sizeof(text)));
  }
}

TEST(Errors, UnknownCodesShowTheirNumber) {
  char text[64];
  EXPECT_STREQ("Unknown system error -99999", uv_err_name_r(-99999, text, sizeof(text)));
  EXPECT_STREQ("Unknown system error 0", uv_strerror_r(0, text, sizeof(text)));
  EXPECT_STREQ("Unknown system error 5", uv_strerror_r(5, text, sizeof(text)));
}

TEST(Errors, AnUnknownCodeTakesMemoryOnce) {
  if (!conformance::is_at_least(1, 52))
    GTEST_SKIP() << "libuv 1.44 leaves a new text behind each time";
  const char* text = uv_strerror(-98765);
  EXPECT_STREQ("Unknown system error -98765", text);
  EXPECT_EQ(text, uv_strerror(-98765));
  EXPECT_EQ(text, uv_err_name(-98765));
  for (int code = -70000; code > -70200; --code)
    EXPECT_EQ("Unknown system error " + std::to_string(code), uv_strerror(code));
  EXPECT_EQ(text, uv_strerror(-98765)) << "it is kept";
}

TEST(Errors, TextIsCutToTheBuffer) {
  char text[5] = "zzzz";
  EXPECT_EQ(text, uv_strerror_r(UV_EINVAL, text, sizeof(text)));
  EXPECT_STREQ("inva", text);
  EXPECT_STREQ("Unkn", uv_err_name_r(-99999, text, sizeof(text)));
  EXPECT_STREQ("Unkn", uv_strerror_r(UV_ENOENT, text, 0)) << "no room, nothing written";
}

TEST(Errors, TranslatesSystemErrors) {
  EXPECT_EQ(UV_ENOENT, uv_translate_sys_error(ENOENT)) << "2 on every system";
  EXPECT_EQ(UV_EIO, uv_translate_sys_error(UV_EIO));
  EXPECT_EQ(0, uv_translate_sys_error(0));
}

TEST(Version, StringAndNumberAgree) {
  unsigned version = uv_version();
  std::string text = std::to_string(version >> 16) + "." + std::to_string(version >> 8 & 0xFF) +
                     "." + std::to_string(version & 0xFF);
  EXPECT_EQ(text, uv_version_string());
}

TEST(Buffer, InitHoldsWhatIsGiven) {
  char memory[3];
  uv_buf_t buffer = uv_buf_init(memory, sizeof(memory));
  EXPECT_EQ(memory, buffer.base);
  EXPECT_EQ(sizeof(memory), buffer.len);
  EXPECT_EQ(nullptr, uv_buf_init(nullptr, 0).base);
}

TEST(Wtf8, CarriesPairsAndLoneSurrogates) {
  REQUIRE_FUNCTION(uv_utf16_to_wtf8);
  const std::uint16_t utf16[] = {'a', 0xE9, 0x20AC, 0xD83D, 0xDE00, 0xD800, 'b', 0};
  const char expected[] =
      "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\xA0\x80"
      "b";
  EXPECT_EQ(sizeof(expected) - 1, uv_utf16_length_as_wtf8(utf16, -1));
  EXPECT_EQ(sizeof(expected) - 1, uv_utf16_length_as_wtf8(utf16, 7));
  char* wtf8 = nullptr;
  std::size_t length = 0;
  ASSERT_EQ(0, uv_utf16_to_wtf8(utf16, -1, &wtf8, &length));
  EXPECT_EQ(sizeof(expected) - 1, length);
  EXPECT_STREQ(expected, wtf8);
  std::uint16_t back[8];
  ASSERT_EQ(8, uv_wtf8_length_as_utf16(wtf8)) << "the terminator counts";
  uv_wtf8_to_utf16(wtf8, back, 8);
  EXPECT_EQ(0, std::memcmp(utf16, back, sizeof(utf16)));
  std::free(wtf8);
}

TEST(Wtf8, TooSmallBufferIsNotWritten) {
  REQUIRE_FUNCTION(uv_utf16_to_wtf8);
  const std::uint16_t utf16[] = {'a', 'b', 'c', 0};
  char memory[4] = "zzz";
  char* wtf8 = memory;
  std::size_t length = 2;
  EXPECT_EQ(UV_ENOBUFS, uv_utf16_to_wtf8(utf16, -1, &wtf8, &length));
  EXPECT_STREQ("zzz", memory);
  length = sizeof(memory);
  EXPECT_EQ(0, uv_utf16_to_wtf8(utf16, -1, &wtf8, &length));
  EXPECT_EQ(3u, length);
  EXPECT_STREQ("abc", memory);
}

TEST(Wtf8, MalformedBytesAreInvalid) {
  REQUIRE_FUNCTION(uv_wtf8_length_as_utf16);
  for (const char* text : {"\x80", "\xC0\x80", "\xC3", "\xE2\x82", "\xF5\x80\x80\x80",
                           "\xF4\x90\x80\x80", "\xE0\x80\x80", "a\xFF"}) {
    EXPECT_GT(0, uv_wtf8_length_as_utf16(text));
  }
}

TEST(Types, NamesAndSizes) {
  EXPECT_STREQ("tcp", uv_handle_type_name(UV_TCP));
  EXPECT_STREQ("pipe", uv_handle_type_name(UV_NAMED_PIPE));
  EXPECT_STREQ("file", uv_handle_type_name(UV_FILE));
  EXPECT_EQ(nullptr, uv_handle_type_name(UV_UNKNOWN_HANDLE));
  EXPECT_EQ(nullptr, uv_handle_type_name(UV_HANDLE_TYPE_MAX));
  EXPECT_EQ(sizeof(uv_tcp_t), uv_handle_size(UV_TCP));
  EXPECT_EQ(sizeof(uv_signal_t), uv_handle_size(UV_SIGNAL));
  EXPECT_EQ(SIZE_MAX, uv_handle_size(UV_FILE));
  EXPECT_EQ(SIZE_MAX, uv_handle_size(UV_UNKNOWN_HANDLE));
  EXPECT_STREQ("getaddrinfo", uv_req_type_name(UV_GETADDRINFO));
  EXPECT_EQ(nullptr, uv_req_type_name(UV_UNKNOWN_REQ));
  EXPECT_EQ(sizeof(uv_fs_t), uv_req_size(UV_FS));
  EXPECT_EQ(SIZE_MAX, uv_req_size(UV_REQ_TYPE_MAX));
  EXPECT_EQ(sizeof(uv_loop_t), uv_loop_size());
}

TEST(Types, RequestAccessors) {
  uv_fs_t request;
  std::memset(&request, 0, sizeof(request));
  uv_req_t* base = reinterpret_cast<uv_req_t*>(&request);
  request.type = UV_FS;
  request.fs_type = UV_FS_STAT;
  request.result = UV_ENOENT;
  request.ptr = &base;
  request.path = "path";
  uv_req_set_data(base, &request);
  EXPECT_EQ(&request, uv_req_get_data(base));
  EXPECT_EQ(UV_FS, uv_req_get_type(base));
  EXPECT_EQ(UV_FS_STAT, uv_fs_get_type(&request));
  EXPECT_EQ(UV_ENOENT, uv_fs_get_result(&request));
  EXPECT_EQ(&base, uv_fs_get_ptr(&request));
  EXPECT_STREQ("path", uv_fs_get_path(&request));
  EXPECT_EQ(&request.statbuf, uv_fs_get_statbuf(&request));
  EXPECT_EQ(ENOENT, uv_fs_get_system_error(&request)) << "2 on every system";
}

TEST(Allocator, IncompleteSetIsRefused) {
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(nullptr, std::realloc, std::calloc, std::free));
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(std::malloc, nullptr, std::calloc, std::free));
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(std::malloc, std::realloc, nullptr, std::free));
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(std::malloc, std::realloc, std::calloc, nullptr));
  EXPECT_EQ(0, uv_replace_allocator(std::malloc, std::realloc, std::calloc, std::free));
}

}  // namespace
