// Consoles. What is typed is put into the console's input; CTest runs these in a pseudo-terminal,
// where there is one.
#include <open_handles.h>

#include <fcntl.h>
#include <io.h>

#include <csignal>
#include <cstdlib>

#include "process_support.h"
#include "stream_support.h"

namespace conformance {
namespace {

class Tty : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    input_ = ::open("CONIN$", _O_RDWR | _O_BINARY);
    output_ = ::open("CONOUT$", _O_RDWR | _O_BINARY);
    if (input_ < 0 || output_ < 0) {
      ASSERT_EQ(nullptr, std::getenv("VIOLET_EXPECT_CONSOLE")) << "there should be a console";
      GTEST_SKIP() << "this process has no console";
    }
    ASSERT_TRUE(GetConsoleMode(console(), &before_));
    ASSERT_TRUE(FlushConsoleInputBuffer(console()));
    ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, copy_of(input_), 1));
  }
  void TearDown() override {
    StreamTest::TearDown();
    if (input_ >= 0) SetConsoleMode(console(), before_);
    if (input_ >= 0) ::_close(input_);
    if (output_ >= 0) ::_close(output_);
  }

  HANDLE console() const { return reinterpret_cast<HANDLE>(_get_osfhandle(input_)); }
  HANDLE screen() const { return reinterpret_cast<HANDLE>(_get_osfhandle(output_)); }
  // A handle takes its descriptor over.
  static uv_file copy_of(uv_file file) { return ::_dup(file); }
  DWORD mode() const {
    DWORD mode = 0;
    EXPECT_TRUE(GetConsoleMode(console(), &mode));
    return mode;
  }
  DWORD waiting_events() const {
    DWORD count = 0;
    EXPECT_TRUE(GetNumberOfConsoleInputEvents(console(), &count));
    return count;
  }

  void press(WORD key, wchar_t letter, DWORD state = 0) const {
    INPUT_RECORD records[2] = {};
    for (INPUT_RECORD& record : records) {
      record.EventType = KEY_EVENT;
      record.Event.KeyEvent.wRepeatCount = 1;
      record.Event.KeyEvent.wVirtualKeyCode = key;
      record.Event.KeyEvent.uChar.UnicodeChar = letter;
      record.Event.KeyEvent.dwControlKeyState = state;
    }
    records[0].Event.KeyEvent.bKeyDown = TRUE;
    DWORD count = 0;
    ASSERT_TRUE(WriteConsoleInputW(console(), records, 2, &count));
  }
  void type(const std::wstring& text) const {
    for (wchar_t letter : text)
      press(letter == L'\r' ? VK_RETURN : WORD{0}, letter);
  }
  void run_for(unsigned int milliseconds) {
    uv_timer_t timer;
    bool is_over = false;
    timer.data = &is_over;
    uv_timer_init(&loop_, &timer);
    uv_timer_start(
        &timer,
        [](uv_timer_t* handle) {
          *static_cast<bool*>(handle->data) = true;
          uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
        },
        milliseconds, 0);
    run_until([&] { return is_over; });
  }

  void close_and_wait(uv_tty_t& tty) {
    bool is_closed = false;
    tty.data = &is_closed;
    uv_close(reinterpret_cast<uv_handle_t*>(&tty),
             [](uv_handle_t* handle) { *static_cast<bool*>(handle->data) = true; });
    run_until([&] { return is_closed; });
  }

  int input_ = -1;
  int output_ = -1;
  DWORD before_ = 0;
  // Closed with the loop, after the test.
  uv_tty_t tty_;
  uv_tty_t screen_tty_;
  uv_signal_t signal_;
};

TEST_F(Tty, InputIsReadAndOutputWritten) {
  EXPECT_EQ(UV_TTY, uv_guess_handle(input_));
  EXPECT_EQ(UV_TTY, uv_guess_handle(output_));
  ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, copy_of(output_), 0));
  EXPECT_TRUE(uv_is_readable(stream(tty_)));
  EXPECT_FALSE(uv_is_writable(stream(tty_)));
  EXPECT_FALSE(uv_is_readable(stream(screen_tty_)));
  EXPECT_TRUE(uv_is_writable(stream(screen_tty_)));
  Reader reader;
  EXPECT_EQ(UV_ENOTCONN, reader.start(stream(screen_tty_)));
  int columns = 0, rows = 0;
  EXPECT_EQ(0, uv_tty_get_winsize(&screen_tty_, &columns, &rows));
  EXPECT_GT(columns, 0);
  EXPECT_GT(rows, 0);
}

TEST_F(Tty, ClosesTheDescriptorThatItWasOpenedWith) {
  for (uv_file given : {copy_of(input_), copy_of(output_)}) {
    const uv_os_fd_t handle = uv_get_osfhandle(given);
    ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, given, 0));
    uv_os_fd_t used;
    EXPECT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&screen_tty_), &used));
    EXPECT_EQ(handle, used);
    close_and_wait(screen_tty_);
    EXPECT_EQ(reinterpret_cast<uv_os_fd_t>(-1), uv_get_osfhandle(given));
  }
}

TEST_F(Tty, StandardDescriptorsStayThePrograms) {
  int terminals = 0;
  for (uv_file file : {0, 1, 2}) {
    if (uv_guess_handle(file) != UV_TTY) continue;
    ++terminals;
    ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, file, 0));
    close_and_wait(screen_tty_);
    EXPECT_EQ(UV_TTY, uv_guess_handle(file));
  }
  if (terminals == 0) GTEST_SKIP() << "none of them is the console";
}

TEST_F(Tty, ReadsLines) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  type(L"one\xe4\r");
  run_until([&] { return !reader.text.empty(); });
  EXPECT_EQ("one\xc3\xa4\r\n", reader.text);
  type(L"two\r");
  run_until([&] { return reader.text.size() > 7; });
  EXPECT_EQ("one\xc3\xa4\r\ntwo\r\n", reader.text);
  EXPECT_EQ(2, reader.reads);
}

// No end, other than for the C library.
TEST_F(Tty, ControlZIsALetter) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  type(L"\x1a\r");
  run_until([&] { return reader.text.size() == 3; });
  EXPECT_EQ("\x1a\r\n", reader.text);
}

TEST_F(Tty, ReadsKeys) {
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  type(L"k");
  run_until([&] { return reader.text == "k"; });
  press(VK_UP, 0);
  press(VK_F5, 0, SHIFT_PRESSED);
  type(L"\r\x3");
  run_until([&] { return reader.text.size() == 11; });
  EXPECT_EQ("k\x1b[A\x1b[28~\r\x3", reader.text);
  // One letter in two keys.
  type(L"\xd83d");
  run_for(50);
  EXPECT_EQ(11u, reader.text.size());
  type(L"\xde00");
  run_until([&] { return reader.text.size() > 11; });
  EXPECT_EQ("\xf0\x9f\x98\x80", reader.text.substr(11));
}

TEST_F(Tty, ReadsSequencesThatTheConsoleMakes) {
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW_VT));
  EXPECT_NE(0u, mode() & 0x200);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  type(L"\x1b[A");
  run_until([&] { return reader.text.size() == 3; });
  EXPECT_EQ("\x1b[A", reader.text);
}

TEST_F(Tty, TheFirstLetterThatIsReadMayBeAllThatIsRead) {
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  type(L"abc");
  Reader reader;
  reader.after_read = [](uv_stream_t* stream) { uv_read_stop(stream); };
  ASSERT_EQ(0, reader.start(stream(tty_), allocate_one_byte));
  run_until([&] { return reader.reads == 1; });
  run_for(20);
  EXPECT_EQ("a", reader.text);
  reader.after_read = nullptr;
  ASSERT_EQ(0, reader.start(stream(tty_), allocate_one_byte));
  run_until([&] { return reader.text.size() == 3; });
  EXPECT_EQ("abc", reader.text);
}

// Nobody waits for the console any more when uv_read_stop() returns: a child may read it.
TEST_F(Tty, WhatIsTypedAfterAStopIsLeftThere) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  run_for(50);
  ASSERT_EQ(0, uv_read_stop(stream(tty_)));
  type(L"for others\r");
  run_for(50);
  EXPECT_GT(waiting_events(), 0u);
  wchar_t line[64];
  DWORD length = 0;
  ASSERT_TRUE(ReadConsoleW(console(), line, 64, &length, nullptr));
  EXPECT_EQ(L"for others\r\n", std::wstring(line, length));
  EXPECT_EQ("", reader.text);
}

TEST_F(Tty, ABegunLineIsNotLostToAStop) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  run_for(20);
  type(L"beg");
  // Until the thread is in the middle of the line.
  while (waiting_events() > 0)
    run_for(10);
  ASSERT_EQ(0, uv_read_stop(stream(tty_)));
  EXPECT_EQ(0u, waiting_events());
  run_for(50);
  EXPECT_EQ("", reader.text);
  ASSERT_EQ(0, reader.start(stream(tty_)));
  type(L"un\r");
  run_until([&] { return reader.text.find('\n') != std::string::npos; });
  EXPECT_EQ("begun\r\n", reader.text);
}

TEST_F(Tty, TheModeMayChangeWhileALineIsRead) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  run_for(20);
  type(L"a");
  while (waiting_events() > 0)
    run_for(10);
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  EXPECT_EQ(0u, mode() & ENABLE_LINE_INPUT);
  type(L"b");
  run_until([&] { return reader.text.size() == 2; });
  EXPECT_EQ("ab", reader.text);
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  EXPECT_EQ(before_, mode());
  type(L"c\r");
  run_until([&] { return reader.text.size() == 5; });
  EXPECT_EQ("abc\r\n", reader.text);
}

// Whatever the reader's thread is in the middle of.
TEST_F(Tty, StopsAndModesLoseNothing) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  std::string typed;
  bool is_raw = false;
  for (int i = 0; i < 600; ++i) {
    const char letter = static_cast<char>('a' + i % 26);
    typed += letter;
    type(std::wstring(1, static_cast<wchar_t>(letter)));
    if (i % 2 == 0) uv_run(&loop_, UV_RUN_NOWAIT);
    if (i % 5 == 0) run_for(1);
    if (i % 3 == 0) {
      ASSERT_EQ(0, uv_read_stop(stream(tty_)));
      ASSERT_EQ(0, reader.start(stream(tty_)));
    }
    if (i % 7 == 0) {
      is_raw = !is_raw;
      ASSERT_EQ(0, uv_tty_set_mode(&tty_, is_raw ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL));
    }
  }
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  type(L"\r");
  run_until([&] { return reader.text.find('\n') != std::string::npos; });
  // Nothing else comes, nor is there more: the last key was let go.
  while (waiting_events() > 0)
    run_for(10);
  run_for(50);
  EXPECT_EQ(typed + "\r\n", reader.text);
}

TEST_F(Tty, HandlesAreGivenBack) {
  int before = 0;
  for (int i = 0; i < 40; ++i) {
    if (i == 10) before = test_support::count_open_handles();
    uv_tty_t& input = screen_tty_;
    Reader reader;
    ASSERT_EQ(0, uv_tty_init(&loop_, &input, copy_of(input_), 1));
    ASSERT_EQ(0, reader.start(stream(input)));
    if (i % 2 == 0) type(L"x");
    if (i % 3 == 0) run_for(2);
    if (i % 5 == 0) {
      EXPECT_EQ(0, uv_tty_set_mode(&input, UV_TTY_MODE_RAW));
    }
    EXPECT_EQ(0, uv_tty_set_mode(&input, UV_TTY_MODE_NORMAL));
    close_and_wait(input);
  }
  EXPECT_GE(before, test_support::count_open_handles());
  FlushConsoleInputBuffer(console());
}

TEST_F(Tty, ItMayBeClosedWhileALineIsRead) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  run_for(20);
  type(L"x");
  while (waiting_events() > 0)
    run_for(10);
  close(tty_);
  run_until([] { return true; });
  EXPECT_EQ(0u, waiting_events());
}

TEST_F(Tty, ModesChangeTheConsole) {
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  EXPECT_EQ(0u, mode() & (ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT | ENABLE_PROCESSED_INPUT));
  EXPECT_EQ(UV_EINVAL, uv_tty_set_mode(&tty_, static_cast<uv_tty_mode_t>(9)));
  EXPECT_EQ(UV_ENOTSUP, uv_tty_set_mode(&tty_, UV_TTY_MODE_IO));
  ASSERT_EQ(0, uv_tty_reset_mode());
  EXPECT_EQ(before_, mode());
}

// What the console shows from a place on.
std::wstring shown(HANDLE screen, COORD from, DWORD length) {
  std::wstring text(length, L'\0');
  EXPECT_TRUE(ReadConsoleOutputCharacterW(screen, text.data(), length, from, &length));
  return text.substr(0, length);
}

TEST_F(Tty, WritesText) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, copy_of(output_), 0));
  const COORD top = {0, 0};
  ASSERT_TRUE(SetConsoleCursorPosition(screen(), top));
  // The second letter comes in two pieces.
  Write first, second;
  ASSERT_EQ(0, first.start(stream(screen_tty_), "v\xc3"));
  ASSERT_EQ(0, second.start(stream(screen_tty_), "\xa4w"));
  run_until([&] { return second.calls == 1; });
  EXPECT_EQ(1, first.calls);
  EXPECT_EQ(0, first.status);
  char more[] = "xyz";
  uv_buf_t buffers[] = {uv_buf_init(more, 1), uv_buf_init(more + 1, 2)};
  EXPECT_EQ(3, uv_try_write(stream(screen_tty_), buffers, 2));
  EXPECT_EQ(L"v\xe4wxyz", shown(screen(), top, 6));
}

TEST_F(Tty, MuchIsWrittenWhole) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, copy_of(output_), 0));
  std::string text = "\n" + std::string(20'049, '.');
  for (std::size_t i = 50; i < text.size(); i += 50)
    text[i] = '\n';
  Write write;
  ASSERT_EQ(0, write.start(stream(screen_tty_), text));
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(0, write.status);
  // The screen shows the end of it.
  CONSOLE_SCREEN_BUFFER_INFO screen_now;
  ASSERT_TRUE(GetConsoleScreenBufferInfo(screen(), &screen_now));
  EXPECT_EQ(49, screen_now.dwCursorPosition.X);
  const COORD line = {0, screen_now.dwCursorPosition.Y};
  EXPECT_EQ(std::wstring(49, L'.') + L" ", shown(screen(), line, 50));
}

TEST_F(Tty, OutputCanBeShutDown) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, copy_of(output_), 0));
  Write write;
  Shutdown shutdown;
  ASSERT_EQ(0, write.start(stream(screen_tty_), "x"));
  ASSERT_EQ(0, shutdown.start(stream(screen_tty_)));
  run_until([&] { return shutdown.status != 1; });
  EXPECT_EQ(1, write.calls);
  EXPECT_EQ(0, shutdown.status);
  EXPECT_FALSE(uv_is_writable(stream(screen_tty_)));
}

TEST_F(Tty, SequencesAreUnderstood) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, copy_of(output_), 0));
  uv_tty_vtermstate_t state = UV_TTY_UNSUPPORTED;
  ASSERT_EQ(0, uv_tty_get_vterm_state(&state));
  EXPECT_EQ(UV_TTY_SUPPORTED, state);
  DWORD output_mode = 0;
  ASSERT_TRUE(GetConsoleMode(screen(), &output_mode));
  EXPECT_NE(0u, output_mode & 0x4);
  uv_tty_set_vterm_state(UV_TTY_UNSUPPORTED);
  ASSERT_EQ(0, uv_tty_get_vterm_state(&state));
  EXPECT_EQ(UV_TTY_UNSUPPORTED, state);
  uv_tty_set_vterm_state(UV_TTY_SUPPORTED);
}

TEST_F(Tty, AnotherSizeIsASignal) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &screen_tty_, copy_of(output_), 0));
  int signals = 0;
  signal_.data = &signals;
  ASSERT_EQ(0, uv_signal_init(&loop_, &signal_));
  ASSERT_EQ(0, uv_signal_start(
                   &signal_,
                   [](uv_signal_t* handle, int number) {
                     EXPECT_EQ(SIGWINCH, number);
                     ++*static_cast<int*>(handle->data);
                   },
                   SIGWINCH));
  int columns = 0, rows = 0, now_columns = 0, now_rows = 0;
  ASSERT_EQ(0, uv_tty_get_winsize(&screen_tty_, &columns, &rows));
  const SMALL_RECT smaller = {0, 0, static_cast<SHORT>(columns - 2), static_cast<SHORT>(rows - 2)};
  if (!SetConsoleWindowInfo(screen(), TRUE, &smaller)) GTEST_SKIP() << "this console has one size";
  ASSERT_EQ(0, uv_tty_get_winsize(&screen_tty_, &now_columns, &now_rows));
  EXPECT_EQ(columns - 1, now_columns);
  EXPECT_EQ(rows - 1, now_rows);
  Write write;
  ASSERT_EQ(0, write.start(stream(screen_tty_), "x"));
  run_until([&] { return signals == 1; });
  const SMALL_RECT full = {0, 0, static_cast<SHORT>(columns - 1), static_cast<SHORT>(rows - 1)};
  SetConsoleWindowInfo(screen(), TRUE, &full);
}

// Whether a child has a console's window.
TEST_F(Tty, ConsolesOfChildrenMayBeHidden) {
  const TemporaryDirectory directory;
  const std::string file = directory / "told";
  for (unsigned int flags : {0u, static_cast<unsigned int>(UV_PROCESS_WINDOWS_HIDE_CONSOLE)}) {
    Child child({told_child(), "--console"});
    const int told = ::open(file.c_str(), _O_CREAT | _O_WRONLY | _O_TRUNC | _O_NOINHERIT, 0600);
    child.give(1, told);
    child.options.flags = flags;
    ASSERT_EQ(0, child.spawn(loop_));
    ::_close(told);
    run_until([&] { return child.exits == 1; });
    EXPECT_EQ(flags == 0 ? "ours" : "another or none", contents(file));
  }
}

TEST_F(Tty, AChildMayHaveIt) {
  const TemporaryDirectory directory;
  const std::string file = directory / "told";
  Child child({told_child(), "--descriptors"});
  const int told = ::open(file.c_str(), _O_CREAT | _O_WRONLY | _O_TRUNC | _O_NOINHERIT, 0600);
  child.give(0, input_);
  child.give(1, told);
  child.give(2, output_);
  ASSERT_EQ(0, child.spawn(loop_));
  ::_close(told);
  run_until([&] { return child.exits == 1; });
  EXPECT_EQ("cfc-----", contents(file));
}

TEST(NoTty, WhatIsNoTerminalIsRefused) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  uv_tty_t tty;
  const int file = ::open("NUL", _O_RDWR);
  EXPECT_EQ(UV_FILE, uv_guess_handle(file));
  EXPECT_EQ(UV_EBADF, uv_tty_init(&loop, &tty, file, 0));
  EXPECT_EQ(UV_EBADF, uv_tty_init(&loop, &tty, -1, 0));
  EXPECT_EQ(0, ::_close(file)) << "it stays the program's";
  EXPECT_EQ(0, uv_loop_close(&loop));
}

}  // namespace
}  // namespace conformance
