// Named pipes as Windows has them: names, instances, directions, and handles on which calls wait.
#include <open_handles.h>

#include <fcntl.h>
#include <io.h>

#include <string>
#include <vector>

#include "fs_support.h"
#include "pipe_support.h"

namespace conformance {
namespace {

class WindowsPipe : public NamedPipe {
 protected:
  void meet() {
    ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
    listen();
    Connect connect;
    uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
    run_until([&] { return connect.status == 0 && has_accepted_; });
  }
  // Opens both as the ends of one pair.
  void open_pair(uv_pipe_t& reader, int read_flags, uv_pipe_t& writer, int write_flags) {
    uv_file ends[2];
    ASSERT_EQ(0, uv_pipe(ends, read_flags, write_flags));
    ASSERT_EQ(0, uv_pipe_open(&reader, ends[0]));
    ASSERT_EQ(0, uv_pipe_open(&writer, ends[1]));
  }

  // Closed with the loop, wherever a test ends.
  uv_pipe_t other_;
  uv_timer_t timer_;
};

TEST_F(WindowsPipe, AClientMayComeBeforeTheLoopRuns) {
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  listen();
  const HANDLE client = CreateFileA(path_.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                    OPEN_EXISTING, 0, nullptr);
  EXPECT_NE(INVALID_HANDLE_VALUE, client) << GetLastError();
  run_until([&] { return has_accepted_; });
  CloseHandle(client);
}

// The C library knows the descriptor no longer, and has its number for others.
TEST_F(WindowsPipe, ClosesTheDescriptorThatItWasOpenedWith) {
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  ASSERT_EQ(0, uv_listen(stream(server_), 8, [](uv_stream_t*, int) {}));
  uv_file first = -1;
  for (int round = 0; round < 3; ++round) {
    uv_fs_t request;
    const uv_file file = uv_fs_open(nullptr, &request, path_.c_str(), UV_FS_O_RDWR, 0, nullptr);
    ASSERT_GE(file, 0);
    if (round == 0) first = file;
    EXPECT_EQ(first, file);
    uv_pipe_t& pipe = other_;
    ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe, 0));
    ASSERT_EQ(0, uv_pipe_open(&pipe, file));
    bool closed = false;
    pipe.data = &closed;
    uv_close(reinterpret_cast<uv_handle_t*>(&pipe),
             [](uv_handle_t* handle) { *static_cast<bool*>(handle->data) = true; });
    run_until([&] { return closed; });
    EXPECT_EQ(reinterpret_cast<uv_os_fd_t>(-1), uv_get_osfhandle(file));
  }
}

TEST_F(WindowsPipe, ADescriptorThatItRefusesStaysThePrograms) {
  meet();
  uv_fs_t request;
  const uv_file file = uv_fs_open(nullptr, &request, "NUL", UV_FS_O_RDWR, 0, nullptr);
  ASSERT_GE(file, 0);
  const int error = uv_pipe_open(&client_, file);
  if (error == 0) GTEST_SKIP() << "this library opens a pipe twice";
  EXPECT_EQ(UV_EBUSY, error);
  EXPECT_NE(reinterpret_cast<uv_os_fd_t>(-1), uv_get_osfhandle(file));
  EXPECT_EQ(0, uv_fs_close(nullptr, &request, file, nullptr));
}

// Whatever is no pipe: a file would be read from its beginning for ever. It stays the program's.
TEST_F(WindowsPipe, OpensNothingButPipes) {
  const TemporaryDirectory directory;
  const std::string path = directory / "file";
  uv_fs_t request;
  for (const char* name : {path.c_str(), "NUL"}) {
    const uv_file file =
        uv_fs_open(nullptr, &request, name, UV_FS_O_RDWR | UV_FS_O_CREAT, 0600, nullptr);
    ASSERT_GE(file, 0) << name;
    EXPECT_EQ(UV_EINVAL, uv_pipe_open(&client_, file)) << name;
    EXPECT_EQ(0, uv_fs_close(nullptr, &request, file, nullptr)) << name;
  }
  const uv_file folder =
      uv_fs_open(nullptr, &request, (directory / "").c_str(), UV_FS_O_RDONLY, 0, nullptr);
  ASSERT_GE(folder, 0);
  EXPECT_EQ(UV_EINVAL, uv_pipe_open(&client_, folder));
  EXPECT_EQ(0, uv_fs_close(nullptr, &request, folder, nullptr));
  uv_os_sock_t sockets[2];
  ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, sockets, 0, 0));
  const int descriptor = _open_osfhandle(static_cast<intptr_t>(sockets[0]), 0);
  EXPECT_EQ(UV_EINVAL, uv_pipe_open(&client_, descriptor));
  for (uv_os_sock_t one : sockets)
    EXPECT_EQ(0, closesocket(one));
  EXPECT_EQ(UV_EBADF, uv_pipe_open(&client_, -1));
  EXPECT_EQ(UV_EBADF, uv_pipe_open(&client_, 1000));
  // A handle that refused something can still be opened.
  open_pair(client_, 0, server_, UV_NONBLOCK_PIPE);
}

struct Ends {
  int reader_flags;
  int writer_flags;
};
class WindowsPair : public WindowsPipe, public ::testing::WithParamInterface<Ends> {};

// An end without the flag has calls that wait, as an inherited standard input has.
TEST_P(WindowsPair, CarriesBytesToTheirEnd) {
  uv_pipe_t& reading = server_;
  uv_pipe_t& writing = client_;
  open_pair(reading, GetParam().reader_flags, writing, GetParam().writer_flags);
  EXPECT_TRUE(uv_is_readable(stream(reading)));
  EXPECT_FALSE(uv_is_writable(stream(reading)));
  EXPECT_FALSE(uv_is_readable(stream(writing)));
  EXPECT_TRUE(uv_is_writable(stream(writing)));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(reading)));
  const std::string text = pattern(1 << 20);
  Write first, bulk, last;
  ASSERT_EQ(0, first.start(stream(writing), "first"));
  ASSERT_EQ(0, bulk.start(stream(writing), text));
  ASSERT_EQ(0, last.start(stream(writing), "last"));
  last.done = [&] { close(writing); };
  run_until([&] { return reader.end != 0; });
  EXPECT_TRUE(reader.text == "first" + text + "last");
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_EQ(0, bulk.status);
}

TEST_P(WindowsPair, AShutdownIsReadAsTheEnd) {
  uv_pipe_t& reading = server_;
  uv_pipe_t& writing = client_;
  open_pair(reading, GetParam().reader_flags, writing, GetParam().writer_flags);
  Write write;
  ASSERT_EQ(0, write.start(stream(writing), "all of it"));
  uv_shutdown_t shutdown;
  int status = 1;
  shutdown.data = &status;
  ASSERT_EQ(0, uv_shutdown(&shutdown, stream(writing), [](uv_shutdown_t* request, int result) {
              *static_cast<int*>(request->data) = result;
            }));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(reading)));
  run_until([&] { return reader.end != 0 && status != 1; });
  EXPECT_EQ("all of it", reader.text);
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_EQ(0, status);
}

TEST_P(WindowsPair, AReadThatWaitsEndsWithAClose) {
  open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  close(server_);
  uv_run(&loop_, UV_RUN_DEFAULT);
  Write write;
  ASSERT_EQ(0, write.start(stream(client_), "to nobody"));
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(UV_EPIPE, write.status);
}

TEST_P(WindowsPair, AWriteThatWaitsEndsWithAClose) {
  open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
  Write write;
  ASSERT_EQ(0, write.start(stream(client_), pattern(1 << 20)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0, write.calls) << "there is no room";
  close(client_);
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(UV_ECANCELED, write.status);
}

// Whether the loop has heard of the first by then or not.
TEST_P(WindowsPair, WritesRightBeforeACloseArrive) {
  for (int turns : {0, 1}) {
    open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
    Write first, second, last;
    ASSERT_EQ(0, first.start(stream(client_), "first "));
    for (int i = 0; i < turns; ++i)
      uv_run(&loop_, UV_RUN_NOWAIT);
    ASSERT_EQ(0, second.start(stream(client_), "second "));
    ASSERT_EQ(0, last.start(stream(client_), "last"));
    close(client_);
    Reader reader;
    ASSERT_EQ(0, reader.start(stream(server_)));
    run_until([&] { return reader.end != 0 && last.calls == 1; });
    EXPECT_EQ("first second last", reader.text);
    for (const Write* write : {&first, &second, &last})
      EXPECT_EQ(0, write->status);
    close(server_);
    uv_run(&loop_, UV_RUN_DEFAULT);
    uv_pipe_init(&loop_, &server_, 0);
    uv_pipe_init(&loop_, &client_, 0);
  }
}

TEST_P(WindowsPair, AWriteBehindATryWriteArrivesRightBeforeAClose) {
  open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
  char word[] = "tried ";
  const uv_buf_t buffer = uv_buf_init(word, 6);
  ASSERT_EQ(6, uv_try_write(stream(client_), &buffer, 1));
  Write last;
  ASSERT_EQ(0, last.start(stream(client_), "last"));
  close(client_);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until([&] { return reader.end != 0 && last.calls == 1; });
  EXPECT_EQ("tried last", reader.text);
  EXPECT_EQ(0, last.status);
}

TEST_P(WindowsPair, TryWriteTakesWhatThereIsRoomFor) {
  open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
  const std::string text = pattern(10000);
  std::string written;
  int result = 0;
  for (int i = 0; i < 1000; ++i) {
    uv_buf_t buffer = uv_buf_init(const_cast<char*>(text.data()), 10000);
    result = uv_try_write(stream(client_), &buffer, 1);
    if (result < 0) break;
    written.append(text, 0, static_cast<size_t>(result));
  }
  EXPECT_EQ(UV_EAGAIN, result);
  EXPECT_FALSE(written.empty());
  close(client_);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until([&] { return reader.end != 0; });
  EXPECT_TRUE(reader.text == written) << reader.text.size() << " of " << written.size();
}

// What uv_try_write() has taken is not all in the pipe when the next write comes.
TEST_P(WindowsPair, AllComesInOrderBehindATryWrite) {
  open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
  const std::string text = pattern(50000);
  std::string expected;
  for (int result = 1; result > 0;) {
    uv_buf_t buffer = uv_buf_init(const_cast<char*>(text.data()), 50000);
    result = uv_try_write(stream(client_), &buffer, 1);
    if (result > 0) expected.append(text, 0, static_cast<size_t>(result));
  }
  Write write, last;
  Shutdown shutdown;
  ASSERT_EQ(0, write.start(stream(client_), text));
  ASSERT_EQ(0, last.start(stream(client_), "last"));
  ASSERT_EQ(0, shutdown.start(stream(client_)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until([&] { return reader.end != 0 && last.calls == 1 && shutdown.status != 1; });
  EXPECT_TRUE(reader.text == expected + text + "last") << reader.text.size();
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_EQ(0, write.status);
  EXPECT_EQ(0, shutdown.status);
}

// The end of what was taken is told behind it, too.
TEST_P(WindowsPair, AShutdownBehindATryWriteIsReadAsTheEnd) {
  open_pair(server_, GetParam().reader_flags, client_, GetParam().writer_flags);
  const std::string text = pattern(60000);
  std::string expected;
  for (int result = 1; result > 0;) {
    uv_buf_t buffer = uv_buf_init(const_cast<char*>(text.data()), 60000);
    result = uv_try_write(stream(client_), &buffer, 1);
    if (result > 0) expected.append(text, 0, static_cast<size_t>(result));
  }
  Shutdown shutdown;
  ASSERT_EQ(0, shutdown.start(stream(client_)));
  run_until([&] { return shutdown.status != 1; });
  EXPECT_EQ(0, shutdown.status);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until([&] { return reader.end != 0; });
  EXPECT_TRUE(reader.text == expected) << reader.text.size() << " of " << expected.size();
  EXPECT_EQ(UV_EOF, reader.end);
}

// The other process would have it for ever: what travels is a copy in that process.
TEST_F(WindowsPipe, AHandleThatCannotBePassedLeavesNoCopy) {
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  const test_support::LocalName name;
  const HANDLE peer =
      CreateNamedPipeA(name.get().c_str(), PIPE_ACCESS_DUPLEX, 0, 1, 65536, 65536, 0, nullptr);
  const HANDLE ours = CreateFileA(name.get().c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                  OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr);
  ASSERT_EQ(0, uv_pipe_init(&loop_, &other_, 1));
  ASSERT_EQ(0, uv_pipe_open(&other_, _open_osfhandle(reinterpret_cast<intptr_t>(ours), 0)));
  Write first, second;
  CloseHandle(peer);
  ASSERT_EQ(0, first.start(stream(other_), "x", stream(server_)));
  run_until([&] { return first.calls == 1; });
  EXPECT_EQ(UV_EPIPE, first.status);
  const int before = test_support::count_open_handles();
  ASSERT_EQ(0, second.start(stream(other_), "x", stream(server_)));
  run_until([&] { return second.calls == 1; });
  EXPECT_EQ(UV_EPIPE, second.status);
  EXPECT_EQ(before, test_support::count_open_handles());
}

// Of a pipe that reports to a port of the program's, threads make the calls.
TEST_F(WindowsPipe, AStopDoesNotEndTheWriteThatIsUnderWay) {
  const HANDLE program = CreateNamedPipeA(path_.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                          0, 1, 65536, 65536, 0, nullptr);
  const HANDLE ours = CreateFileA(path_.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                  OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr);
  ASSERT_NE(INVALID_HANDLE_VALUE, ours);
  const HANDLE port = CreateIoCompletionPort(ours, nullptr, 0, 1);
  ASSERT_NE(nullptr, port);
  ASSERT_EQ(0, uv_pipe_open(&client_, _open_osfhandle(reinterpret_cast<intptr_t>(ours), 0)));
  ASSERT_EQ(0, uv_pipe_open(&server_, _open_osfhandle(reinterpret_cast<intptr_t>(program), 0)));
  const std::string text = pattern(1 << 20);
  Reader unused, reader;
  Write write;
  ASSERT_EQ(0, unused.start(stream(client_)));
  ASSERT_EQ(0, write.start(stream(client_), text));
  // Until both are under way.
  uv_timer_t& timer = timer_;
  bool is_over = false;
  timer.data = &is_over;
  uv_timer_init(&loop_, &timer);
  uv_timer_start(
      &timer, [](uv_timer_t* due) { *static_cast<bool*>(due->data) = true; }, 50, 0);
  run_until([&] { return is_over; });
  ASSERT_EQ(0, uv_read_stop(stream(client_)));
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until(
      [&] { return write.calls == 1 && (write.status != 0 || reader.text.size() >= text.size()); });
  EXPECT_EQ(0, write.status);
  EXPECT_TRUE(text == reader.text) << reader.text.size();
  CloseHandle(port);
}

INSTANTIATE_TEST_SUITE_P(Ends, WindowsPair,
                         ::testing::Values(Ends{UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE},
                                           Ends{0, UV_NONBLOCK_PIPE}, Ends{UV_NONBLOCK_PIPE, 0},
                                           Ends{0, 0}));

TEST_F(WindowsPipe, BindsListensAndConnects) {
  meet();
  EXPECT_EQ(path_, name_of(server_));
  EXPECT_EQ(path_, name_of(accepted_));
  EXPECT_EQ("", name_of(client_));
  EXPECT_EQ(path_, name_of(client_, true));
  Reader reader, back;
  Write write, answer;
  ASSERT_EQ(0, reader.start(stream(accepted_)));
  ASSERT_EQ(0, back.start(stream(client_)));
  ASSERT_EQ(0, write.start(stream(client_), "there"));
  ASSERT_EQ(0, answer.start(stream(accepted_), "and back"));
  run_until([&] { return reader.text == "there" && back.text == "and back"; });
  close(client_);
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(UV_EOF, reader.end);
}

TEST_F(WindowsPipe, OneDirectionEndsBeforeTheOther) {
  meet();
  Reader reader, back;
  ASSERT_EQ(0, reader.start(stream(accepted_)));
  ASSERT_EQ(0, back.start(stream(client_)));
  uv_shutdown_t shutdown;
  ASSERT_EQ(0, uv_shutdown(&shutdown, stream(client_), nullptr));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(UV_EOF, reader.end);
  Write answer;
  ASSERT_EQ(0, answer.start(stream(accepted_), "I heard"));
  run_until([&] { return back.text == "I heard"; });
  EXPECT_EQ(0, back.end);
}

// All at once, more than a listener has ends ready for.
TEST_F(WindowsPipe, ManyClientsAreAccepted) {
  constexpr int kClients = 20;
  struct Server {
    uv_loop_t* loop;
    std::vector<uv_pipe_t*> accepted;
  } server = {&loop_, {}};
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  uv_pipe_pending_instances(&server_, 2);
  server_.data = &server;
  ASSERT_EQ(0, uv_listen(stream(server_), 8, [](uv_stream_t* listener, int status) {
              Server& self = *static_cast<Server*>(listener->data);
              ASSERT_EQ(0, status);
              uv_pipe_t* pipe = new uv_pipe_t;
              uv_pipe_init(self.loop, pipe, 0);
              ASSERT_EQ(0, uv_accept(listener, stream(*pipe)));
              self.accepted.push_back(pipe);
            }));
  std::vector<uv_pipe_t> clients(kClients);
  std::vector<Connect> connects(kClients);
  for (int i = 0; i < kClients; ++i) {
    uv_pipe_init(&loop_, &clients[i], 0);
    uv_pipe_connect(connects[i].prepared(), &clients[i], path_.c_str(), Connect::on_done);
  }
  run_until([&] { return server.accepted.size() == kClients; });
  for (Connect& connect : connects) {
    run_until([&] { return connect.status != 1; });
    EXPECT_EQ(0, connect.status);
  }
  for (uv_pipe_t& client : clients)
    close(client);
  for (uv_pipe_t* pipe : server.accepted)
    uv_close(reinterpret_cast<uv_handle_t*>(pipe),
             [](uv_handle_t* handle) { delete reinterpret_cast<uv_pipe_t*>(handle); });
  run_until([] { return true; });
}

TEST_F(WindowsPipe, AClientWaitsForAListenerUntilItIsClosed) {
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  Connect connect, cancelled;
  uv_pipe_t& other = other_;
  uv_pipe_init(&loop_, &other, 0);
  uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
  uv_pipe_connect(cancelled.prepared(), &other, path_.c_str(), Connect::on_done);
  Write early;
  ASSERT_EQ(0, early.start(stream(client_), "early"));
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(1, connect.status);
  close(other);
  run_until([&] { return cancelled.status != 1; });
  EXPECT_EQ(UV_ECANCELED, cancelled.status);
  listen();
  run_until([&] { return connect.status != 1 && has_accepted_; });
  EXPECT_EQ(0, connect.status);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(accepted_)));
  run_until([&] { return reader.text == "early"; });
}

TEST_F(WindowsPipe, NamesThatAreNone) {
  EXPECT_EQ(UV_EACCES, uv_pipe_bind(&server_, "C:\\no\\pipe"));
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, "\0abstract", 9, 0));
  Connect connect;
  uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
  run_until([&] { return connect.status != 1; });
  EXPECT_EQ(UV_ENOENT, connect.status);
}

TEST_F(WindowsPipe, ChmodLetsEverybodyIn) {
  EXPECT_EQ(UV_EBADF, uv_pipe_chmod(&server_, UV_READABLE));
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  EXPECT_EQ(UV_EINVAL, uv_pipe_chmod(&server_, 0));
  EXPECT_EQ(0, uv_pipe_chmod(&server_, UV_READABLE));
  EXPECT_EQ(0, uv_pipe_chmod(&server_, UV_READABLE | UV_WRITABLE));
}

TEST_F(WindowsPipe, WritesThatWaitForAllOfIt) {
  open_pair(server_, UV_NONBLOCK_PIPE, client_, UV_NONBLOCK_PIPE);
  ASSERT_EQ(0, uv_stream_set_blocking(stream(client_), 1));
  Write write, more;
  ASSERT_EQ(0, write.start(stream(client_), "one"));
  ASSERT_EQ(0, more.start(stream(client_), "two"));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until([&] { return reader.text == "onetwo" && more.calls == 1; });
}

// As somebody else has set it up who reads whole messages.
TEST_F(WindowsPipe, AMessageForWhichThereIsNoRoomComesInPieces) {
  const std::string text = pattern(200000);
  for (DWORD calls_wait : {DWORD{0}, DWORD{FILE_FLAG_OVERLAPPED}}) {
    constexpr DWORD kRoom = 1 << 20;
    const HANDLE writer =
        CreateNamedPipeA(name_.get().c_str(), PIPE_ACCESS_OUTBOUND, PIPE_TYPE_MESSAGE | PIPE_WAIT,
                         1, kRoom, kRoom, 0, nullptr);
    const HANDLE reader = CreateFileA(name_.get().c_str(), GENERIC_READ | FILE_WRITE_ATTRIBUTES, 0,
                                      nullptr, OPEN_EXISTING, calls_wait, nullptr);
    ASSERT_NE(INVALID_HANDLE_VALUE, reader);
    DWORD by_messages = PIPE_READMODE_MESSAGE;
    ASSERT_TRUE(SetNamedPipeHandleState(reader, &by_messages, nullptr, nullptr));
    DWORD size = 0;
    ASSERT_TRUE(WriteFile(writer, text.data(), 200000, &size, nullptr));
    CloseHandle(writer);
    uv_pipe_t& pipe = other_;
    ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe, 0));
    ASSERT_EQ(0, uv_pipe_open(&pipe, _open_osfhandle(reinterpret_cast<intptr_t>(reader), 0)));
    Reader read;
    ASSERT_EQ(0, read.start(stream(pipe)));
    run_until([&] { return read.end != 0; });
    EXPECT_EQ(UV_EOF, read.end);
    EXPECT_TRUE(text == read.text) << read.text.size();
    close(pipe);
    uv_run(&loop_, UV_RUN_DEFAULT);
  }
}

TEST_F(WindowsPipe, SeveralBuffersAndNone) {
  open_pair(server_, UV_NONBLOCK_PIPE, client_, UV_NONBLOCK_PIPE);
  const std::string large = pattern(200000);
  uv_buf_t buffers[] = {uv_buf_init(const_cast<char*>("a"), 1), uv_buf_init(nullptr, 0),
                        uv_buf_init(const_cast<char*>(large.data()), 200000),
                        uv_buf_init(const_cast<char*>("z"), 1)};
  uv_write_t request, empty;
  int calls = 0;
  request.data = empty.data = &calls;
  auto count = [](uv_write_t* done, int status) {
    EXPECT_EQ(0, status);
    ++*static_cast<int*>(done->data);
  };
  ASSERT_EQ(0, uv_write(&empty, stream(client_), &buffers[1], 1, count));
  ASSERT_EQ(0, uv_write(&request, stream(client_), buffers, 4, count));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(server_)));
  run_until([&] { return calls == 2 && reader.text.size() == 200002; });
  EXPECT_TRUE(reader.text == "a" + large + "z");
  EXPECT_EQ(0, reader.end);
}

}  // namespace
}  // namespace conformance
