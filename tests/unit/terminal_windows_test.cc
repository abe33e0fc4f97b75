// Consoles. CTest runs these once more under a pseudo-terminal, where there is one.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <io.h>

#include <csignal>
#include <cstdlib>

#include "os/open_files.h"
#include "os/signal_actions.h"
#include "os/tty.h"
#include "uv.h"

namespace violet {
namespace {

class Terminal : public testing::Test {
 protected:
  void SetUp() override {
    input_ = opened(L"CONIN$");
    output_ = opened(L"CONOUT$");
    if (input_.is_open() && output_.is_open()) return;
    ASSERT_EQ(nullptr, std::getenv("VIOLET_EXPECT_CONSOLE")) << "there should be a console";
    GTEST_SKIP() << "this process has no console";
  }
  static OwnedDescriptor opened(const wchar_t* name) {
    HANDLE handle =
        CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                    OPEN_EXISTING, 0, nullptr);
    return OwnedDescriptor(Descriptor::if_open(reinterpret_cast<Descriptor::Native>(handle)));
  }
  DWORD mode() const {
    DWORD mode = 0;
    EXPECT_TRUE(GetConsoleMode(system_handle(input_.get()), &mode));
    return mode;
  }

  OwnedDescriptor input_;
  OwnedDescriptor output_;
};

TEST_F(Terminal, IsReadOrWritten) {
  OpenedTerminal input, output;
  ASSERT_EQ(0, open_terminal(_open("CONIN$", _O_RDWR), input));
  EXPECT_TRUE(input.readable);
  EXPECT_FALSE(input.writable);
  ASSERT_EQ(0, open_terminal(_open("CONOUT$", _O_RDWR), output));
  EXPECT_FALSE(output.readable);
  EXPECT_TRUE(output.writable);
  EXPECT_EQ(UV_TTY, guess_handle(input_.get()));
}

TEST_F(Terminal, ModesComeAndGo) {
  TerminalSettings normal;
  ASSERT_EQ(0, get_terminal_settings(input_.get(), normal));
  ASSERT_EQ(0, remember_terminal(input_.get(), normal));
  EXPECT_NE(0u, normal.mode & ENABLE_LINE_INPUT);
  ASSERT_EQ(0, apply_terminal_mode(input_.get(), normal, UV_TTY_MODE_RAW));
  EXPECT_EQ(0u, mode() & (ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT | ENABLE_PROCESSED_INPUT));
  ASSERT_EQ(0, apply_terminal_mode(input_.get(), normal, UV_TTY_MODE_NORMAL));
  EXPECT_EQ(normal.mode, mode());
  ASSERT_EQ(0, apply_terminal_mode(input_.get(), normal, UV_TTY_MODE_RAW_VT));
  EXPECT_EQ(0u, mode() & ENABLE_LINE_INPUT);
  EXPECT_EQ(0, reset_terminal());
  EXPECT_EQ(normal.mode, mode());
  EXPECT_EQ(UV_ENOTSUP, apply_terminal_mode(input_.get(), normal, UV_TTY_MODE_IO));
  EXPECT_EQ(UV_EINVAL, apply_terminal_mode(input_.get(), normal, 99));
  EXPECT_EQ(UV_EINVAL, apply_terminal_mode(output_.get(), normal, UV_TTY_MODE_RAW));
}

TEST_F(Terminal, HasASize) {
  for (Descriptor terminal : {input_.get(), output_.get()}) {
    int columns = 0, rows = 0;
    ASSERT_EQ(0, terminal_window_size(terminal, columns, rows));
    EXPECT_GT(columns, 0);
    EXPECT_GT(rows, 0);
  }
}

HANDLE interrupted = nullptr;

void on_interrupt(int number) {
  EXPECT_EQ(SIGINT, number);
  SetEvent(interrupted);
}

TEST_F(Terminal, ControlCIsASignal) {
  interrupted = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  // A shell may have left Ctrl+C ignored, for us and all that it starts.
  SetConsoleCtrlHandler(nullptr, FALSE);
  ASSERT_EQ(0, set_signal_action(SIGINT, catching_action(on_interrupt, false)));
  ASSERT_TRUE(GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0));
  EXPECT_EQ(DWORD{WAIT_OBJECT_0}, WaitForSingleObject(interrupted, 10'000));
  // Once means once: the default is back before anything else happens.
  ASSERT_EQ(0, set_signal_action(SIGINT, catching_action(on_interrupt, true)));
  ASSERT_TRUE(GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0));
  EXPECT_EQ(DWORD{WAIT_OBJECT_0}, WaitForSingleObject(interrupted, 10'000));
  SignalAction action = {};
  ASSERT_EQ(0, get_signal_action(SIGINT, action));
  EXPECT_TRUE(is_default(action));
  CloseHandle(interrupted);
}

TEST(NoTerminal, IsRefused) {
  OpenedTerminal opened;
  uv_file ends[2];
  ASSERT_EQ(0, create_pipe(ends, 0, 0));
  EXPECT_EQ(UV_EBADF, open_terminal(ends[0], opened));
  EXPECT_EQ(UV_EBADF, open_terminal(-1, opened));
}

}  // namespace
}  // namespace violet
