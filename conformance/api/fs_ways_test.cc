// The ways a file operation may take (the loop's own thread, a ring, the pool): whichever it is,
// the outcome is the same, and what needs no thread waits for none.
#include <unistd.h>

#include <memory>
#include <vector>

#include "fs_ways_fixture.h"

namespace conformance {
namespace {

TEST_F(FsWays, NamesThatAreWrongHaveTheirErrors) {
  make_file("");
  const struct {
    std::string path;
    int error;
  } cases[] = {{directory_ / "missing", UV_ENOENT},
               {directory_ / "file/below", kBelowAFile},
               {"", UV_ENOENT}};
  // Twice: the second time the name may be known to be missing.
  for (int round = 0; round < 2; ++round) {
    for (const auto& wrong : cases)
      expect_error(wrong.error, wrong.path);
  }
  FsCall descriptor;
  ASSERT_EQ(0, uv_fs_fstat(&loop_, &descriptor.request, -1, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(UV_EBADF, descriptor.request.result);
}

TEST_F(FsWays, AnEmptyPipeHoldsUpNobody) {
  uv_file pipe_ends[2];
  ASSERT_EQ(0, uv_pipe(pipe_ends, 0, 0));
  keep(pipe_ends[0]);
  keep(pipe_ends[1]);
  char bytes[16] = {};
  uv_buf_t buffer = uv_buf_init(bytes, sizeof(bytes));
  FsCall waiting, other;
  ASSERT_EQ(0, uv_fs_read(&loop_, &waiting.request, pipe_ends[0], &buffer, 1, -1, FsCall::count));
  ASSERT_EQ(0, uv_fs_stat(&loop_, &other.request, "/", FsCall::count));
  while (other.callbacks == 0)
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ(0, waiting.callbacks);
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  ASSERT_EQ(5, write_at_once(pipe_ends[1], "bytes"));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(5, waiting.request.result) << "what there is, not what was asked for";
  EXPECT_STREQ("bytes", bytes);
}

TEST_F(FsWays, ReadsAreCompleteThoughPartsAreNotInMemory) {
  const std::string whole = pattern(48 * 1024);
  int file = make_file(whole);
  ASSERT_EQ(0, flush_at_once(file));
  for (int64_t offset : {int64_t{-1}, int64_t{0}}) {
    ASSERT_EQ(0, test_support::drop_from_cache(file));
    std::string first;
    ASSERT_EQ(1, read(file, first, 1, 0)) << "which brings the first pages at least";
    // Two small buffers and a large one, which the cached part ends in the middle of.
    std::string text(whole.size() + 100, '\0');
    uv_buf_t buffers[3] = {
        uv_buf_init(text.data(), 10), uv_buf_init(text.data() + 10, 5000),
        uv_buf_init(text.data() + 5010, static_cast<unsigned>(text.size() - 5010))};
    FsCall call;
    ASSERT_EQ(0, lseek(file, 0, SEEK_SET));
    ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, buffers, 3, offset, FsCall::count));
    uv_run(&loop_, UV_RUN_DEFAULT);
    ASSERT_EQ(static_cast<ssize_t>(whole.size()), call.request.result);
    text.resize(whole.size());
    EXPECT_EQ(whole, text);
    EXPECT_EQ(offset < 0 ? static_cast<off_t>(whole.size()) : 0, lseek(file, 0, SEEK_CUR));
  }
}

TEST_F(FsWays, ManyUncachedReadsBringTheirOwnBytes) {
  constexpr std::size_t kBlock = 4096, kBlocks = 96;
  const std::string whole = pattern(kBlock * kBlocks);
  int file = make_file(whole);
  ASSERT_EQ(0, flush_at_once(file));
  ASSERT_EQ(0, test_support::drop_from_cache(file));
  std::string text(whole.size(), '\0');
  std::vector<std::unique_ptr<FsCall>> calls;
  for (std::size_t i = 0; i < kBlocks; ++i) {
    std::size_t at = (i * 37 % kBlocks) * kBlock;
    uv_buf_t buffer = uv_buf_init(text.data() + at, kBlock);
    calls.push_back(std::make_unique<FsCall>());
    ASSERT_EQ(0, uv_fs_read(&loop_, &calls.back()->request, file, &buffer, 1,
                            static_cast<int64_t>(at), FsCall::count));
  }
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (const auto& call : calls) {
    EXPECT_EQ(1, call->callbacks);
    EXPECT_EQ(static_cast<ssize_t>(kBlock), call->request.result);
  }
  EXPECT_EQ(whole, text);
}

// More than the completion queue of a ring for files holds.
TEST_F(FsWays, AFloodOfUncachedReadsIsAnswered) {
  constexpr std::size_t kPage = 4096, kPages = 3000;
  const std::string whole = pattern(kPage * kPages);
  int file = make_file(whole);
  ASSERT_EQ(0, flush_at_once(file));
  ASSERT_EQ(0, test_support::drop_from_cache(file));
  ASSERT_EQ(0, test_support::expect_random_reads(file));
  std::string text(kPages, '\0');
  std::vector<FsCall> calls(kPages);
  for (std::size_t i = 0; i < kPages; ++i) {
    uv_buf_t buffer = uv_buf_init(&text[i], 1);
    ASSERT_EQ(0, uv_fs_read(&loop_, &calls[i].request, file, &buffer, 1,
                            static_cast<int64_t>(i * kPage), FsCall::count));
  }
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (std::size_t i = 0; i < kPages; ++i) {
    ASSERT_EQ(1, calls[i].callbacks);
    ASSERT_EQ(1, calls[i].request.result);
    ASSERT_EQ(whole[i * kPage], text[i]);
  }
}

TEST_F(FsWays, ReadsPastThePageCache) {
  if (UV_FS_O_DIRECT == 0) GTEST_SKIP() << "files are always read by the cache here";
  constexpr std::size_t kBlock = 4096;
  make_file(pattern(3 * kBlock));
  const int file = open_at_once(directory_ / "file", UV_FS_O_RDONLY | UV_FS_O_DIRECT);
  if (file < 0) GTEST_SKIP() << "this file system has no O_DIRECT";
  keep(file);
  alignas(kBlock) static char bytes[4 * kBlock];
  uv_buf_t buffer = uv_buf_init(bytes, sizeof(bytes));
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, &buffer, 1, 0, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  ASSERT_EQ(static_cast<ssize_t>(3 * kBlock), call.request.result);
  EXPECT_EQ(pattern(3 * kBlock), std::string(bytes, 3 * kBlock));
}

TEST_F(FsWays, TheEndOfAFileIsTheEnd) {
  int file = make_file("0123456789");
  std::string text;
  EXPECT_EQ(4, read(file, text, 100, 6));
  EXPECT_EQ("6789", text);
  EXPECT_EQ(0, read(file, text, 100, 10));
  EXPECT_EQ(0, read(file, text, 100, 1000));
  EXPECT_EQ(10, read(file, text, 100, -1));
  EXPECT_EQ(0, read(file, text, 100, -1));
  EXPECT_EQ(0, read(file, text, 0, 0));
  EXPECT_EQ(0, read(file, text, 0, -1));
}

TEST_F(FsWays, AFileOpenedForAppendingIsReadFromItsPosition) {
  int file = make_file("0123456789", UV_FS_O_APPEND);
  ASSERT_EQ(0, lseek(file, 0, SEEK_SET));
  std::string text;
  EXPECT_EQ(4, read(file, text, 4, -1));
  EXPECT_EQ("0123", text);
  uv_buf_t more = uv_buf_init(const_cast<char*>("abc"), 3);
  FsCall call;
  ASSERT_EQ(0, uv_fs_write(&loop_, &call.request, file, &more, 1, -1, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(3, call.request.result);
  EXPECT_EQ(0, read(file, text, 100, -1));
  EXPECT_EQ(9, read(file, text, 100, 4));
  EXPECT_EQ("456789abc", text);
}

TEST_F(FsWays, MoreBuffersThanOneCallTakes) {
  constexpr unsigned kCount = 1500;
  int file = make_file(pattern(kCount));
  std::string text(kCount, '\0');
  std::vector<uv_buf_t> buffers;
  for (char& byte : text)
    buffers.push_back(uv_buf_init(&byte, 1));
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, buffers.data(), kCount, 0, FsCall::count));
  buffers.assign(buffers.size(), uv_buf_t{});
  uv_run(&loop_, UV_RUN_DEFAULT);
  ASSERT_GT(call.request.result, 0);
  ASSERT_LE(call.request.result, static_cast<ssize_t>(kCount));
  std::size_t count = static_cast<std::size_t>(call.request.result);
  EXPECT_EQ(pattern(count), text.substr(0, count));
}

// Reads that start the next in their callbacks, and are always answered at once.
TEST_F(FsWays, AChainOfReadsShutsNobodyOut) {
  struct Chain {
    uv_fs_t request;
    uv_check_t check;
    int file;
    int reads, checks;
    char byte;

    void next(uv_loop_t* loop) {
      uv_buf_t buffer = uv_buf_init(&byte, 1);
      request.data = this;
      EXPECT_EQ(0, uv_fs_read(loop, &request, file, &buffer, 1, 0, on_read));
    }
    static void on_read(uv_fs_t* done) {
      Chain& chain = *static_cast<Chain*>(done->data);
      uv_loop_t* loop = done->loop;
      EXPECT_EQ(1, done->result);
      uv_fs_req_cleanup(done);
      ++chain.reads;
      if (chain.checks < 20) chain.next(loop);
    }
  };
  Chain chain = {};
  chain.file = make_file("x");
  chain.check.data = &chain;
  ASSERT_EQ(0, uv_check_init(&loop_, &chain.check));
  uv_check_start(&chain.check, [](uv_check_t* check) {
    if (++static_cast<Chain*>(check->data)->checks == 20)
      uv_close(reinterpret_cast<uv_handle_t*>(check), nullptr);
  });
  chain.next(&loop_);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(20, chain.checks);
  EXPECT_GT(chain.reads, 0);
  EXPECT_LE(chain.reads, 21) << "one in each iteration";
}

TEST_F(FsWays, ALoopWithAnAnswerUnderWayIsBusy) {
  int file = make_file("x");
  char byte = 0;
  uv_buf_t buffer = uv_buf_init(&byte, 1);
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, &buffer, 1, 0, FsCall::count));
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop_));
  uv_stop(&loop_);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(0, call.callbacks) << "a loop that is stopped before it runs does nothing";
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, call.callbacks);
}

}  // namespace
}  // namespace conformance
