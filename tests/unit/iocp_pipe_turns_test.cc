// On a handle that was opened for calls that wait, Windows makes one call at a time: a write waits
// until the read before it has brought something, and so does every question about the file. Wine
// makes them side by side. So the library's calls pass a lock here as the system has it.
#include <winsock2.h>

#include <windows.h>

// Needs the types of <windows.h>.
#include <winternl.h>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <io.h>
#include <uv.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "detour.h"
#include "open_handles.h"

extern "C" {
extern decltype(&ReadFile) __imp_ReadFile;
extern decltype(&WriteFile) __imp_WriteFile;
extern decltype(&FlushFileBuffers) __imp_FlushFileBuffers;
extern decltype(&GetFileType) __imp_GetFileType;
extern decltype(&GetNamedPipeHandleStateW) __imp_GetNamedPipeHandleStateW;
extern decltype(&SetNamedPipeHandleState) __imp_SetNamedPipeHandleState;
extern decltype(&NtQueryInformationFile) __imp_NtQueryInformationFile;
}

namespace {

using test_support::Detour;

// Of the one file that a test is about.
struct FileLock {
  HANDLE file = nullptr;
  SRWLOCK lock = SRWLOCK_INIT;
  std::atomic<int> reads{0};  // that have begun
  std::atomic<bool> is_flushing{false};
};
FileLock file_lock;

bool is_the_file(HANDLE handle) {
  using Compare = BOOL(WINAPI*)(HANDLE, HANDLE);
  static const auto compare = reinterpret_cast<Compare>(reinterpret_cast<void*>(
      GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), "CompareObjectHandles")));
  return file_lock.file != nullptr && compare(file_lock.file, handle);
}

// Nothing cancels the wait for the lock, as with the system's.
class Turn {
 public:
  explicit Turn(HANDLE handle) : is_taken_(is_the_file(handle)) {
    if (is_taken_) AcquireSRWLockExclusive(&file_lock.lock);
  }
  ~Turn() {
    if (is_taken_) ReleaseSRWLockExclusive(&file_lock.lock);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  bool is_taken_;
};

BOOL WINAPI read_in_turn(HANDLE file, void* bytes, DWORD size, DWORD* count, OVERLAPPED* how);
BOOL WINAPI write_in_turn(HANDLE file, const void* bytes, DWORD size, DWORD* count,
                          OVERLAPPED* how);
BOOL WINAPI flush_in_turn(HANDLE file);
DWORD WINAPI type_in_turn(HANDLE file);
BOOL WINAPI state_in_turn(HANDLE file, DWORD* state, DWORD* instances, DWORD* most, DWORD* wait,
                          LPWSTR user, DWORD user_size);
BOOL WINAPI change_in_turn(HANDLE file, DWORD* mode, DWORD* most, DWORD* wait);
NTSTATUS NTAPI query_in_turn(HANDLE file, IO_STATUS_BLOCK* block, void* answer, ULONG size,
                             FILE_INFORMATION_CLASS what);

struct OneCallAtATime {
  Detour<decltype(&ReadFile)> read{__imp_ReadFile, read_in_turn};
  Detour<decltype(&WriteFile)> write{__imp_WriteFile, write_in_turn};
  Detour<decltype(&FlushFileBuffers)> flush{__imp_FlushFileBuffers, flush_in_turn};
  Detour<decltype(&GetFileType)> type{__imp_GetFileType, type_in_turn};
  Detour<decltype(&GetNamedPipeHandleStateW)> state{__imp_GetNamedPipeHandleStateW, state_in_turn};
  Detour<decltype(&SetNamedPipeHandleState)> change{__imp_SetNamedPipeHandleState, change_in_turn};
  Detour<decltype(&NtQueryInformationFile)> query{__imp_NtQueryInformationFile, query_in_turn};
};
OneCallAtATime* originals = nullptr;

BOOL WINAPI read_in_turn(HANDLE file, void* bytes, DWORD size, DWORD* count, OVERLAPPED* how) {
  const Turn turn(file);
  if (is_the_file(file)) ++file_lock.reads;
  return originals->read.original(file, bytes, size, count, how);
}
BOOL WINAPI write_in_turn(HANDLE file, const void* bytes, DWORD size, DWORD* count,
                          OVERLAPPED* how) {
  const Turn turn(file);
  return originals->write.original(file, bytes, size, count, how);
}
BOOL WINAPI flush_in_turn(HANDLE file) {
  const Turn turn(file);
  file_lock.is_flushing = true;
  return originals->flush.original(file);
}
DWORD WINAPI type_in_turn(HANDLE file) {
  const Turn turn(file);
  return originals->type.original(file);
}
BOOL WINAPI state_in_turn(HANDLE file, DWORD* state, DWORD* instances, DWORD* most, DWORD* wait,
                          LPWSTR user, DWORD user_size) {
  const Turn turn(file);
  return originals->state.original(file, state, instances, most, wait, user, user_size);
}
BOOL WINAPI change_in_turn(HANDLE file, DWORD* mode, DWORD* most, DWORD* wait) {
  const Turn turn(file);
  return originals->change.original(file, mode, most, wait);
}
NTSTATUS NTAPI query_in_turn(HANDLE file, IO_STATUS_BLOCK* block, void* answer, ULONG size,
                             FILE_INFORMATION_CLASS what) {
  const Turn turn(file);
  return originals->query.original(file, block, answer, size, what);
}

std::string pattern(std::size_t size, unsigned int seed) {
  std::string text(size, '\0');
  unsigned int state = seed;
  for (char& byte : text) {
    state = state * 1103515245u + 12345u;
    byte = static_cast<char>(state >> 16);
  }
  return text;
}

struct Write {
  uv_write_t request;
  std::string text;
  int status = 1;  // 1: not called yet

  int start(uv_stream_t* stream, const std::string& bytes) {
    text = bytes;
    request.data = this;
    uv_buf_t buffer = uv_buf_init(&text[0], static_cast<unsigned int>(text.size()));
    return uv_write(&request, stream, &buffer, 1, [](uv_write_t* done, int result) {
      static_cast<Write*>(done->data)->status = result;
    });
  }
};

// A duplex pipe: the library has the end on which calls wait, the test the other, whose calls
// wait, too, on threads of its own.
class PipeTurns : public testing::TestWithParam<DWORD> {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_timer_init(&loop_, &watchdog_));
    watchdog_.data = this;
    uv_timer_start(
        &watchdog_,
        [](uv_timer_t* timer) { static_cast<PipeTurns*>(timer->data)->is_late_ = true; }, 60'000,
        0);
    originals = new OneCallAtATime;
    open();
  }
  void TearDown() override {
    // What still waits for the other side ends with it.
    if (helper_.joinable()) helper_.join();
    close_peer();
    uv_walk(
        &loop_,
        [](uv_handle_t* handle, void*) {
          if (!uv_is_closing(handle)) uv_close(handle, nullptr);
        },
        nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
    file_lock.file = nullptr;
    delete originals;
    originals = nullptr;
  }

  void open() {
    static int number = 0;
    char name[80];
    std::snprintf(name, sizeof(name), "\\\\.\\pipe\\violet-turns-%lu-%d", GetCurrentProcessId(),
                  ++number);
    peer_ =
        CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                         GetParam() | PIPE_READMODE_BYTE | PIPE_WAIT, 1, kRoom, kRoom, 0, nullptr);
    ASSERT_NE(INVALID_HANDLE_VALUE, peer_);
    const HANDLE end =
        CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, 0, nullptr);
    ASSERT_NE(INVALID_HANDLE_VALUE, end);
    file_lock.reads = 0;
    file_lock.is_flushing = false;
    file_lock.file = end;
    file_ = _open_osfhandle(reinterpret_cast<intptr_t>(end), 0);
    ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe_, 0));
    pipe_.data = this;
    ASSERT_EQ(0, uv_pipe_open(&pipe_, file_));
  }

  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&pipe_); }
  void read() {
    ASSERT_EQ(0, uv_read_start(
                     stream(),
                     [](uv_handle_t*, std::size_t, uv_buf_t* buffer) {
                       static char memory[65536];
                       *buffer = uv_buf_init(memory, sizeof(memory));
                     },
                     [](uv_stream_t* from, ssize_t size, const uv_buf_t* buffer) {
                       PipeTurns& self = *static_cast<PipeTurns*>(from->data);
                       if (size < 0) self.end_ = static_cast<int>(size);
                       if (size <= 0) return;
                       self.received_.append(buffer->base, static_cast<std::size_t>(size));
                       if (self.after_read_) self.after_read_();
                     }));
  }
  void run_until(const std::function<bool()>& condition) {
    while (!condition() && !is_late_)
      uv_run(&loop_, UV_RUN_ONCE);
    ASSERT_FALSE(is_late_) << "the condition never came true";
  }
  // Until the thread is in the call that waits.
  void read_until_it_waits() {
    const int before = file_lock.reads;
    read();
    while (file_lock.reads == before) {
      uv_run(&loop_, UV_RUN_NOWAIT);
      Sleep(1);
    }
  }
  void close_pipe() {
    bool closed = false;
    pipe_.data = &closed;
    uv_close(reinterpret_cast<uv_handle_t*>(&pipe_),
             [](uv_handle_t* handle) { *static_cast<bool*>(handle->data) = true; });
    run_until([&] { return closed; });
  }

  // The other side's calls. The first may run beside the second.
  std::string peer_read(std::size_t size) {
    std::string text(size, '\0');
    std::size_t have = 0;
    while (have < size) {
      const DWORD count = transfer(true, &text[have], size - have);
      if (count == 0) break;
      have += count;
    }
    text.resize(have);
    return text;
  }
  void peer_write(const std::string& text) {
    ASSERT_EQ(text.size(), transfer(false, const_cast<char*>(text.data()), text.size()));
  }
  DWORD transfer(bool reads, char* bytes, std::size_t size) {
    OVERLAPPED how = {};
    how.hEvent = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    const DWORD wanted = static_cast<DWORD>(size);
    DWORD count = 0;
    const BOOL is_over = reads ? originals->read.original(peer_, bytes, wanted, nullptr, &how)
                               : originals->write.original(peer_, bytes, wanted, nullptr, &how);
    if (is_over || GetLastError() == ERROR_IO_PENDING) {
      GetOverlappedResult(peer_, &how, &count, TRUE);
    }
    CloseHandle(how.hEvent);
    return count;
  }
  void close_peer() {
    if (peer_ != INVALID_HANDLE_VALUE) CloseHandle(peer_);
    peer_ = INVALID_HANDLE_VALUE;
  }
  void on_thread(std::function<void()> work) {
    helper_is_over_ = false;
    helper_ = std::thread([this, work] {
      work();
      helper_is_over_ = true;
      uv_async_send(&helper_ended_);
    });
  }
  void prepare_helper() {
    ASSERT_EQ(0, uv_async_init(&loop_, &helper_ended_, [](uv_async_t*) {}));
  }
  void run_until_helper_ends() {
    run_until([&] { return helper_is_over_.load(); });
    helper_.join();
  }

  static constexpr DWORD kRoom = 65536;
  uv_loop_t loop_;
  uv_pipe_t pipe_;
  uv_timer_t watchdog_;
  uv_async_t helper_ended_;
  uv_process_t child_;
  std::thread helper_;
  std::atomic<bool> helper_is_over_{false};
  bool is_late_ = false;
  HANDLE peer_ = INVALID_HANDLE_VALUE;
  uv_file file_ = -1;
  std::string received_;
  int end_ = 0;
  std::function<void()> after_read_;
};

TEST_P(PipeTurns, ItIsWrittenToWhileItIsRead) {
  read_until_it_waits();
  Write write;
  ASSERT_EQ(0, write.start(stream(), "ask"));
  run_until([&] { return write.status != 1; });
  EXPECT_EQ(0, write.status);
  EXPECT_EQ("ask", peer_read(3));
  peer_write("answer");
  run_until([&] { return received_ == "answer"; });
}

TEST_P(PipeTurns, SomeAreTriedWhileItIsRead) {
  read_until_it_waits();
  std::string word(1000, 'w');
  const uv_buf_t buffer = uv_buf_init(&word[0], 1000);
  EXPECT_EQ(1000, uv_try_write(stream(), &buffer, 1));
  EXPECT_EQ(word, peer_read(1000));
  std::size_t taken = 0;
  int result = 1;
  while (result > 0 && taken < 2 * kRoom) {
    result = uv_try_write(stream(), &buffer, 1);
    if (result > 0) taken += static_cast<std::size_t>(result);
  }
  EXPECT_EQ(UV_EAGAIN, result);
  EXPECT_EQ(std::string::npos, peer_read(taken).find_first_not_of('w'));
  peer_write("still read");
  run_until([&] { return received_ == "still read"; });
}

// What is asked about it meanwhile does not wait for what is read.
TEST_P(PipeTurns, QuestionsAreAnsweredWhileItIsRead) {
  read_until_it_waits();
  EXPECT_EQ(UV_NAMED_PIPE, uv_guess_handle(file_));
  uv_fs_t request;
  EXPECT_EQ(0, uv_fs_fstat(nullptr, &request, file_, nullptr));
  EXPECT_EQ(0, uv_stream_set_blocking(stream(), 1));
  EXPECT_EQ(0, uv_stream_set_blocking(stream(), 0));
}

TEST_P(PipeTurns, AChildInheritsItWhileItIsRead) {
  read_until_it_waits();
  char own[MAX_PATH];
  std::size_t size = sizeof(own);
  ASSERT_EQ(0, uv_exepath(own, &size));
  std::string program(own, size);
  program = program.substr(0, program.find_last_of('\\') + 1) + "told_child.exe";
  char argument[] = "--console";
  char* arguments[] = {&program[0], argument, nullptr};
  uv_stdio_container_t files[3] = {};
  files[0].flags = files[1].flags = UV_INHERIT_FD;
  files[0].data.fd = files[1].data.fd = file_;
  uv_process_options_t options = {};
  options.file = program.c_str();
  options.args = arguments;
  options.stdio = files;
  options.stdio_count = 2;
  bool has_ended = false;
  child_.data = &has_ended;
  options.exit_cb = [](uv_process_t* child, int64_t, int) {
    *static_cast<bool*>(child->data) = true;
  };
  ASSERT_EQ(0, uv_spawn(&loop_, &child_, &options));
  run_until([&] { return has_ended; });
}

// What comes in the moment in which the read is taken back is not lost.
TEST_P(PipeTurns, NothingIsLostOrChangesItsPlace) {
  prepare_helper();
  constexpr int kMessages = 400;
  std::string expected, sent;
  for (int i = 0; i < kMessages; ++i) {
    expected += std::to_string(i) + ",";
    sent += std::to_string(-i) + ";";
  }
  std::string heard;
  on_thread([&] {
    for (int i = 0; i < kMessages; ++i) {
      peer_write(std::to_string(i) + ",");
      if (i % 3 == 0) Sleep(1);
    }
    heard = peer_read(sent.size());
  });
  read();
  std::vector<Write> writes(kMessages);
  for (int i = 0; i < kMessages; ++i) {
    ASSERT_EQ(0, writes[static_cast<std::size_t>(i)].start(stream(), std::to_string(-i) + ";"));
    if (i % 7 == 0) uv_run(&loop_, UV_RUN_NOWAIT);
  }
  run_until_helper_ends();
  run_until([&] { return received_.size() >= expected.size(); });
  EXPECT_EQ(expected, received_);
  EXPECT_EQ(sent, heard);
  for (Write& write : writes)
    EXPECT_EQ(0, write.status);
}

// A write that waits for room must not keep us from reading what the other side writes first.
TEST_P(PipeTurns, BothSidesWriteMoreThanThereIsRoomFor) {
  prepare_helper();
  const std::string ours = pattern(1 << 20, 1);
  const std::string theirs = pattern(1 << 20, 2);
  std::string heard;
  on_thread([&] {
    peer_write(theirs);
    heard = peer_read(ours.size());
  });
  read();
  Write write, last;
  ASSERT_EQ(0, write.start(stream(), ours.substr(0, ours.size() - 5)));
  ASSERT_EQ(0, last.start(stream(), ours.substr(ours.size() - 5)));
  run_until([&] { return last.status != 1 && received_.size() >= theirs.size(); });
  run_until_helper_ends();
  EXPECT_EQ(0, write.status);
  EXPECT_TRUE(theirs == received_);
  EXPECT_TRUE(ours == heard);
}

TEST_P(PipeTurns, SeveralBuffersGoInOrder) {
  prepare_helper();
  read_until_it_waits();
  const std::string text = pattern(300'000, 3);
  uv_buf_t buffers[] = {uv_buf_init(const_cast<char*>("a"), 1), uv_buf_init(nullptr, 0),
                        uv_buf_init(const_cast<char*>(text.data()), 300'000),
                        uv_buf_init(const_cast<char*>("z"), 1)};
  std::string heard;
  on_thread([&] { heard = peer_read(300'002); });
  uv_write_t request;
  int status = 1;
  request.data = &status;
  ASSERT_EQ(0, uv_write(&request, stream(), buffers, 4, [](uv_write_t* done, int result) {
              *static_cast<int*>(done->data) = result;
            }));
  run_until_helper_ends();
  run_until([&] { return status != 1; });
  EXPECT_EQ(0, status);
  EXPECT_TRUE("a" + text + "z" == heard);
}

TEST_P(PipeTurns, AWriteThatIsToWaitWaits) {
  prepare_helper();
  read_until_it_waits();
  ASSERT_EQ(0, uv_stream_set_blocking(stream(), 1));
  const std::string text = pattern(200'000, 4);
  std::string heard;
  on_thread([&] { heard = peer_read(text.size()); });
  Write write;
  ASSERT_EQ(0, write.start(stream(), text));
  run_until_helper_ends();
  EXPECT_TRUE(text == heard);
  peer_write("x");
  run_until([&] { return received_ == "x" && write.status != 1; });
  EXPECT_EQ(0, write.status);
}

// The other side speaks until it has heard the end of what we say, and reads late.
TEST_P(PipeTurns, AShutdownKeepsNobodyFromReading) {
  if (GetParam() != PIPE_TYPE_MESSAGE) GTEST_SKIP() << "only a pipe of messages has an end";
  prepare_helper();
  read_until_it_waits();
  const std::string theirs = pattern(500'000, 5);
  std::string heard;
  on_thread([&] {
    peer_write(theirs);
    // To the end.
    heard = peer_read(1'000);
    peer_write("heard");
  });
  Write write;
  ASSERT_EQ(0, write.start(stream(), "last words"));
  uv_shutdown_t shutdown;
  int status = 1;
  shutdown.data = &status;
  ASSERT_EQ(0, uv_shutdown(&shutdown, stream(), [](uv_shutdown_t* request, int result) {
              *static_cast<int*>(request->data) = result;
            }));
  run_until_helper_ends();
  EXPECT_EQ("last words", heard);
  run_until([&] { return received_.size() >= theirs.size() + 5; });
  EXPECT_TRUE(theirs + "heard" == received_);
  EXPECT_EQ(0, status);
}

TEST_P(PipeTurns, ReadingMayBeginBehindAShutdown) {
  if (GetParam() != PIPE_TYPE_MESSAGE) GTEST_SKIP() << "only a pipe of messages has an end";
  Write write;
  ASSERT_EQ(0, write.start(stream(), "last words"));
  uv_shutdown_t shutdown;
  int status = 1;
  shutdown.data = &status;
  ASSERT_EQ(0, uv_shutdown(&shutdown, stream(), [](uv_shutdown_t* request, int result) {
              *static_cast<int*>(request->data) = result;
            }));
  run_until([&] { return status != 1; });
  while (!file_lock.is_flushing)
    Sleep(1);
  prepare_helper();
  read();
  peer_write("read");
  run_until([&] { return received_ == "read"; });
  std::string heard;
  on_thread([&] { heard = peer_read(100); });
  run_until_helper_ends();
  EXPECT_EQ("last words", heard);
}

TEST_P(PipeTurns, TheEndOfTheOtherSideIsRead) {
  read_until_it_waits();
  Write write;
  ASSERT_EQ(0, write.start(stream(), "x"));
  peer_write("last");
  EXPECT_EQ("x", peer_read(1));
  close_peer();
  run_until([&] { return end_ != 0; });
  EXPECT_EQ("last", received_);
  EXPECT_EQ(UV_EOF, end_);
  Write late;
  ASSERT_EQ(0, late.start(stream(), "to nobody"));
  run_until([&] { return late.status != 1; });
  EXPECT_EQ(UV_EPIPE, late.status);
}

TEST_P(PipeTurns, WritesRightBeforeACloseArrive) {
  read_until_it_waits();
  Write first, last;
  ASSERT_EQ(0, first.start(stream(), "first "));
  ASSERT_EQ(0, last.start(stream(), "last"));
  close_pipe();
  EXPECT_EQ(0, first.status);
  EXPECT_EQ(0, last.status);
  EXPECT_EQ("first last", peer_read(100));
}

// Whatever is under way.
TEST_P(PipeTurns, ItMayBeClosedAtAnyTime) {
  enum Moment { kReading, kNoRoom, kNoRoomTwice, kStopped, kShutDown, kShutDownAndReading };
  int before = 0;
  for (int round = 0; round < 12; ++round) {
    if (round == 6) before = test_support::count_open_handles();
    const int moment = round % 6;
    Write write, more;
    read_until_it_waits();
    if (moment == kNoRoom || moment == kNoRoomTwice) {
      ASSERT_EQ(0, write.start(stream(), pattern(1 << 20, 6)));
      ASSERT_EQ(0, more.start(stream(), "more"));
    }
    for (int i = 0; moment == kNoRoomTwice && i < 5; ++i)
      uv_run(&loop_, UV_RUN_ONCE);
    if (moment == kStopped) {
      ASSERT_EQ(0, write.start(stream(), "x"));
      ASSERT_EQ(0, uv_read_stop(stream()));
    }
    uv_shutdown_t shutdown;
    if (moment >= kShutDown) {
      ASSERT_EQ(0, write.start(stream(), "x"));
      ASSERT_EQ(0, uv_shutdown(&shutdown, stream(), nullptr));
      for (int i = 0; i < 3; ++i)
        uv_run(&loop_, UV_RUN_NOWAIT);
    }
    if (moment == kShutDownAndReading) {
      const ULONGLONG until = GetTickCount64() + 60;
      while (GetTickCount64() < until)
        uv_run(&loop_, UV_RUN_NOWAIT);
    }
    close_pipe();
    if (moment == kNoRoom || moment == kNoRoomTwice) {
      EXPECT_EQ(UV_ECANCELED, write.status);
      EXPECT_EQ(UV_ECANCELED, more.status);
    }
    close_peer();
    open();
  }
  EXPECT_GE(before, test_support::count_open_handles());
}

INSTANTIATE_TEST_SUITE_P(Types, PipeTurns, testing::Values(PIPE_TYPE_MESSAGE, PIPE_TYPE_BYTE));

}  // namespace
