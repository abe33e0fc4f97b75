// Reads that go on where the last one ended, several at once, of a file that is not in memory: each
// byte goes to one of them.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "fs_support.h"
#include "system.h"

namespace conformance {
namespace {

constexpr std::size_t kBlock = 4096;
constexpr std::size_t kBlocks = 16;

class FsPosition : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    file_ = open_at_once(directory_ / "file");
    for (std::size_t i = 0; i < kBlocks; ++i)
      ASSERT_EQ(static_cast<int>(kBlock), write_at_once(file_, block(i)));
    ASSERT_EQ(0, flush_at_once(file_));
  }
  void TearDown() override {
    EXPECT_EQ(0, close_at_once(file_));
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }
  static std::string block(std::size_t number) {
    return std::string(kBlock, static_cast<char>('a' + number));
  }

  // The blocks that as many reads at once have got.
  std::vector<std::string> read_all_at_once() {
    std::vector<std::string> blocks(kBlocks, std::string(kBlock, '\0'));
    std::vector<std::unique_ptr<FsCall>> calls;
    for (std::string& text : blocks) {
      calls.push_back(std::make_unique<FsCall>());
      const uv_buf_t buffer = uv_buf_init(text.data(), kBlock);
      EXPECT_EQ(0,
                uv_fs_read(&loop_, &calls.back()->request, file_, &buffer, 1, -1, FsCall::count));
    }
    EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
    for (const auto& call : calls)
      EXPECT_EQ(static_cast<ssize_t>(kBlock), call->request.result);
    return blocks;
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  int file_ = -1;
};

TEST_F(FsPosition, EachByteIsReadOnce) {
  for (int round = 0; round < 20; ++round) {
    ASSERT_EQ(0, ::lseek(file_, 0, SEEK_SET));
    ASSERT_EQ(0, test_support::drop_from_cache(file_));
    std::vector<std::string> blocks = read_all_at_once();
    std::sort(blocks.begin(), blocks.end());
    for (std::size_t i = 0; i < kBlocks; ++i)
      ASSERT_TRUE(block(i) == blocks[i]) << "block " << i << " in round " << round;
    EXPECT_EQ(static_cast<off_t>(kBlock * kBlocks), ::lseek(file_, 0, SEEK_CUR));
  }
}

}  // namespace
}  // namespace conformance
