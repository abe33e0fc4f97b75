// How often the engine calls Windows for named pipes: the calls of the library under test lead to
// functions of the test's own first.
#include <winsock2.h>

#include <windows.h>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <io.h>
#include <uv.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "detour.h"
#include "iocp_call_counter.h"

extern "C" {
extern decltype(&ReadFile) __imp_ReadFile;
extern decltype(&WriteFile) __imp_WriteFile;
}

namespace {

using test_support::Detour;

struct Calls {
  int reads = 0;
  int writes = 0;
};
Calls calls;

struct Detours;
Detours* detours = nullptr;

BOOL WINAPI count_read(HANDLE file, void* bytes, DWORD size, DWORD* count, OVERLAPPED* how);
BOOL WINAPI count_write(HANDLE file, const void* bytes, DWORD size, DWORD* count, OVERLAPPED* how);

struct Detours {
  Detour<decltype(&ReadFile)> read{__imp_ReadFile, count_read};
  Detour<decltype(&WriteFile)> write{__imp_WriteFile, count_write};
  test_support::IocpCallCounter engine;
};

BOOL WINAPI count_read(HANDLE file, void* bytes, DWORD size, DWORD* count, OVERLAPPED* how) {
  ++calls.reads;
  return detours->read.original(file, bytes, size, count, how);
}
BOOL WINAPI count_write(HANDLE file, const void* bytes, DWORD size, DWORD* count, OVERLAPPED* how) {
  ++calls.writes;
  return detours->write.original(file, bytes, size, count, how);
}

struct End {
  uv_pipe_t handle;
  uv_write_t writing;
  bool echoes = false;
  bool in_two_buffers = false;
  std::string received;

  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&handle); }
  void write(const char* text) {
    const auto size = static_cast<unsigned int>(std::strlen(text));
    auto* bytes = const_cast<char*>(text);
    const uv_buf_t buffers[] = {uv_buf_init(bytes, size - 1), uv_buf_init(bytes + size - 1, 1)};
    const uv_buf_t whole = uv_buf_init(bytes, size);
    ASSERT_EQ(0, in_two_buffers ? uv_write(&writing, stream(), buffers, 2, nullptr)
                                : uv_write(&writing, stream(), &whole, 1, nullptr));
  }
  void read() {
    ASSERT_EQ(0, uv_read_start(
                     stream(),
                     [](uv_handle_t*, std::size_t, uv_buf_t* buffer) {
                       static char memory[65536];
                       *buffer = uv_buf_init(memory, sizeof(memory));
                     },
                     [](uv_stream_t* from, ssize_t size, const uv_buf_t* buffer) {
                       End& end = *static_cast<End*>(from->data);
                       if (size <= 0) return;
                       end.received.append(buffer->base, static_cast<std::size_t>(size));
                       if (end.echoes) end.write("pong");
                     }));
  }
};

// How the two ends of a connection came to be.
struct Kind {
  const char* name;
  int ipc;
  bool opened;  // with uv_pipe_open()
  bool in_two_buffers;
};

class IocpPipeCalls : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_pipe_init(&loop_, &listener_, 0));
    for (End* end : {&client_, &server_}) {
      ASSERT_EQ(0, uv_pipe_init(&loop_, &end->handle, GetParam().ipc));
      end->handle.data = end;
      end->in_two_buffers = GetParam().in_two_buffers;
    }
    static int number = 0;
    char name[80];
    std::snprintf(name, sizeof(name), "\\\\.\\pipe\\violet-calls-%lu-%d", GetCurrentProcessId(),
                  ++number);
    GetParam().opened ? open(name) : connect(name);
    client_.read();
    server_.read();
    server_.echoes = true;
    for (int i = 0; i < 5; ++i)
      uv_run(&loop_, UV_RUN_NOWAIT);
    detours_ = std::make_unique<Detours>();
    detours = detours_.get();
    calls = {};
  }
  void TearDown() override {
    detours_.reset();
    detours = nullptr;
    uv_walk(
        &loop_, [](uv_handle_t* handle, void*) { uv_close(handle, nullptr); }, nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  void connect(const char* name) {
    ASSERT_EQ(0, uv_pipe_bind(&listener_, name));
    listener_.data = this;
    ASSERT_EQ(0, uv_listen(reinterpret_cast<uv_stream_t*>(&listener_), 1,
                           [](uv_stream_t* listener, int status) {
                             ASSERT_EQ(0, status);
                             auto& self = *static_cast<IocpPipeCalls*>(listener->data);
                             ASSERT_EQ(0, uv_accept(listener, self.server_.stream()));
                             self.connected_ += 1;
                           }));
    connecting_.data = this;
    uv_pipe_connect(&connecting_, &client_.handle, name, [](uv_connect_t* request, int status) {
      ASSERT_EQ(0, status);
      static_cast<IocpPipeCalls*>(request->data)->connected_ += 1;
    });
    while (connected_ < 2)
      uv_run(&loop_, UV_RUN_ONCE);
  }
  void open(const char* name) {
    const HANDLE server = CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                           PIPE_TYPE_MESSAGE, 1, 65536, 65536, 0, nullptr);
    const HANDLE client = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_OVERLAPPED, nullptr);
    ASSERT_EQ(
        0, uv_pipe_open(&server_.handle, _open_osfhandle(reinterpret_cast<intptr_t>(server), 0)));
    ASSERT_EQ(
        0, uv_pipe_open(&client_.handle, _open_osfhandle(reinterpret_cast<intptr_t>(client), 0)));
  }

  uv_loop_t loop_;
  uv_pipe_t listener_;
  uv_connect_t connecting_;
  int connected_ = 0;
  End client_, server_;
  std::unique_ptr<Detours> detours_;
};

TEST_P(IocpPipeCalls, AMessageCostsOneReadOneWriteAndOnePacket) {
  constexpr int kRounds = 200;
  for (int i = 1; i <= kRounds; ++i) {
    client_.write("ping");
    while (client_.received.size() < static_cast<std::size_t>(i) * 4)
      uv_run(&loop_, UV_RUN_ONCE);
  }
  constexpr int kMessages = 2 * kRounds;
  EXPECT_EQ(kMessages, calls.writes);
  EXPECT_LE(calls.reads, kMessages);
  EXPECT_GE(calls.reads, kMessages - 2);
  EXPECT_LE(detours_->engine.packets, kMessages);
  EXPECT_LE(detours_->engine.waits, kMessages + kRounds);
  EXPECT_EQ(0, detours_->engine.cancels);
}

// One that nobody answers, by one side and then by the other.
TEST_P(IocpPipeCalls, ManyMessagesOfOneSideCostNoMore) {
  server_.echoes = false;
  for (End* writer : {&client_, &server_}) {
    End& reader = writer == &client_ ? server_ : client_;
    constexpr int kMessages = 100;
    calls = {};
    detours_->engine.start_over();
    reader.received.clear();
    for (int i = 1; i <= kMessages; ++i) {
      writer->write("word");
      while (reader.received.size() < static_cast<std::size_t>(i) * 4)
        uv_run(&loop_, UV_RUN_ONCE);
    }
    EXPECT_EQ(kMessages, calls.writes);
    EXPECT_LE(calls.reads, kMessages);
    EXPECT_LE(detours_->engine.packets, kMessages);
    EXPECT_EQ(0, detours_->engine.cancels);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, IocpPipeCalls,
                         testing::Values(Kind{"Connected", 0, false, false},
                                         Kind{"ConnectedTwoBuffers", 0, false, true},
                                         Kind{"Opened", 0, true, false},
                                         Kind{"Ipc", 1, true, false}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
