// How much one file operation may move: what Linux takes in one system call. More is UV_EINVAL
// before anything is touched, so that no result wraps.
#include <climits>
#include <cstdint>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

constexpr std::size_t kLimit = 0x7ffff000;
constexpr std::size_t kRegion = std::size_t{1} << 20;

// Memory of which the same bytes are written again and again. A length that is refused may go
// beyond it.
class Region {
 public:
  explicit Region(std::size_t size) : bytes_(size) {}

  uv_buf_t buffer(std::size_t length) {
    uv_buf_t buffer = {};
    buffer.base = bytes_.data();
    buffer.len = static_cast<decltype(buffer.len)>(length);
    return buffer;
  }

 private:
  std::vector<char> bytes_;
};

class FsLimits : public FsFixture {
 protected:
  void SetUp() override {
    if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 hands it to the kernel and wraps";
    FsFixture::SetUp();
    file_ = open(path_, UV_FS_O_RDWR | UV_FS_O_CREAT);
    ASSERT_GE(file_, 0);
  }
  void TearDown() override {
    if (file_ < 0) return;
    EXPECT_EQ(0, close(file_));
    FsFixture::TearDown();
  }

  // The request is refused by the call itself, whichever way it would have taken.
  template <typename Start>
  int refused(Start start) {
    FsCall call;
    const uv_fs_cb callback = GetParam() == Mode::kSync ? nullptr : FsCall::count;
    const int error = start(GetParam() == Mode::kSync ? nullptr : &loop_, &call.request, callback);
    EXPECT_EQ(error, call.request.result);
    EXPECT_EQ(0, uv_loop_alive(&loop_));
    EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
    EXPECT_EQ(0, call.callbacks);
    return error;
  }
  int refused_write(const std::vector<uv_buf_t>& buffers) {
    return refused([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_write(loop, request, file_, buffers.data(),
                         static_cast<unsigned>(buffers.size()), -1, callback);
    });
  }
  int refused_read(const std::vector<uv_buf_t>& buffers) {
    return refused([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_read(loop, request, file_, buffers.data(), static_cast<unsigned>(buffers.size()),
                        0, callback);
    });
  }
  ssize_t written(const std::vector<uv_buf_t>& buffers, uv_file file) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_write(loop, request, file, buffers.data(), static_cast<unsigned>(buffers.size()),
                         -1, callback);
    });
  }

  std::string path_ = directory_ / "file";
  uv_file file_ = -1;
};
FOR_BOTH_MODES(FsLimits);

TEST_P(FsLimits, OneBufferOfTooMuch) {
  Region region(kRegion);
  for (std::size_t length : {kLimit + 1, std::size_t{UINT_MAX}, SIZE_MAX}) {
    EXPECT_EQ(UV_EINVAL, refused_write({region.buffer(length)})) << length;
    EXPECT_EQ(UV_EINVAL, refused_read({region.buffer(length)})) << length;
  }
  EXPECT_EQ(0u, stat(path_).st_size);
}

TEST_P(FsLimits, ManyBuffersOfTooMuchTogether) {
  Region region(2 * kRegion);
  const std::vector<uv_buf_t> three_gigabytes(2500, region.buffer(1288490));
  EXPECT_EQ(UV_EINVAL, refused_write(three_gigabytes));
  EXPECT_EQ(UV_EINVAL, refused_read(three_gigabytes));
  std::vector<uv_buf_t> one_byte_too_many(kLimit / 4096, region.buffer(4096));
  one_byte_too_many.push_back(region.buffer(1));
  EXPECT_EQ(UV_EINVAL, refused_write(one_byte_too_many));
  EXPECT_EQ(UV_EINVAL, refused_read(one_byte_too_many));
  // The sum is 1 where it wraps.
  EXPECT_EQ(UV_EINVAL, refused_write({region.buffer(SIZE_MAX), region.buffer(2)}));
  EXPECT_EQ(0u, stat(path_).st_size);
}

TEST_P(FsLimits, RefusedIsAlsoWhatIsNoFile) {
  Region region(kRegion);
  const uv_buf_t buffer = region.buffer(kLimit + 1);
  EXPECT_EQ(UV_EINVAL, refused([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
              return uv_fs_write(loop, request, -1, &buffer, 1, 0, callback);
            }));
}

TEST_P(FsLimits, SendsNoMore) {
  const std::string target = directory_ / "target";
  const uv_file out = open(target, UV_FS_O_WRONLY | UV_FS_O_CREAT);
  ASSERT_EQ(4, write(file_, "text", 0));
  for (std::size_t length : {kLimit + 1, std::size_t{UINT_MAX}, SIZE_MAX}) {
    EXPECT_EQ(UV_EINVAL, refused([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
                return uv_fs_sendfile(loop, request, out, file_, 0, length, callback);
              }));
  }
  EXPECT_EQ(0u, stat(target).st_size);
  EXPECT_EQ(4, run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
              return uv_fs_sendfile(loop, request, out, file_, 0, kLimit, callback);
            }));
  close(out);
}

// The null device takes it without looking, so this costs nothing.
TEST_P(FsLimits, AsMuchAsAllowedIsWritten) {
  Region region(kRegion);
  std::vector<uv_buf_t> buffers(kLimit / kRegion, region.buffer(kRegion));
  buffers.push_back(region.buffer(kLimit % kRegion));
  const uv_file null_device = open(kNullDevice, UV_FS_O_WRONLY);
  ASSERT_GE(null_device, 0);
  EXPECT_EQ(static_cast<ssize_t>(kLimit), written(buffers, null_device));
  close(null_device);
}

TEST(Limits, RandomBytes) {
  char byte;
  uv_random_t request;
  constexpr std::size_t kTooMuch = 0x80000000;
  EXPECT_EQ(UV_E2BIG, uv_random(nullptr, &request, &byte, kTooMuch, 0, nullptr));
  EXPECT_EQ(UV_E2BIG, uv_random(nullptr, &request, &byte, SIZE_MAX, 0, nullptr));
}

TEST(Limits, NamesToLookUp) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 needs a loop here";
  const std::string endless(std::size_t{1} << 20, 'a');
  uv_getaddrinfo_t request;
  EXPECT_EQ(UV_EINVAL,
            uv_getaddrinfo(nullptr, &request, nullptr, endless.c_str(), nullptr, nullptr));
  EXPECT_LT(uv_getaddrinfo(nullptr, &request, nullptr, "127.0.0.1", endless.c_str(), nullptr), 0);
}

}  // namespace
}  // namespace conformance
