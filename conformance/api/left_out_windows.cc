// What is left out on Windows, by name and with the reason: what Windows does not have, what our
// port does not do yet, and under Wine the tests that meet a fault of Wine's own. The programs in
// tests/wine show each fault on the Windows API alone.
#include <gtest/gtest.h>
#include <uv.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

struct LeftOut {
  const char* test;
  const char* reason;
};

constexpr LeftOut kNotOnWindows[] = {
    {"Pair.ABulkWriteGoesOutAtOnce", "a pipe has no size of its buffer to set"},
    {"BecomesServer.InTheCallbackOfAReadThatFailed", "a socket listens only when it is bound"},
    {"BecomesServer.InTheCallbackOfAShutdownThatFailed", "the same"},
    {"BecomesServer.InTheCallbackOfAWriteThatFailed", "the same"},
    {"BecomesServer.InTheConnectCallbackThatTellsOfABusyPort", "the same"},
    {"ConnectsWithWrites.OfALocalSocketThatWasNotConnected", "a pipe that is open is connected"},
    {"Passing.WhatIsNotReadIsLeftToTheSender", "pipes have no readiness, and are read ahead"},
    {"PollTest.WorksAfterAFork", "there is no fork(2)"},
    {"StreamMisuse.AnOpenedListenerMovesNoBytes", "a socket listens only when it is bound"},
    {"StreamMisuse.NoListeningWithRequestsUnderWay", "the same"},
    {"Tcp.ReusePortLetsSeveralListen", "no socket option shares a port among listeners"},
    {"UdpTest.PortsAreSharedWithReusePort", "the same"},
};

constexpr LeftOut kWineFaults[] = {
    {"ConnectsWithWrites.OfATcpSocketThatWasNotConnected",
     "a write to a socket that was never connected is told as a reset (send_unconnected.c)"},
    {"DnsTest.ResolverErrorsHaveTheirOwnNames", "flags that do not exist are accepted (flags.c)"},
    {"FsEventWindows.TellsOfWhatIsBelowWithItsPath",
     "folders that were there before are not watched (watched_folder.c)"},
    {"FsEventWindows.TellsThatTheFolderIsGone",
     "a watched folder that is deleted is not told (watched_folder.c)"},
    {"Modes/FsDirectory.LinksAndJunctions/*",
     "symbolic links and junctions are not there after they were made (links.c)"},
    {"Modes/LongNames.AreResolved/*",
     "a path of more than 260 letters is ERROR_MORE_DATA, whatever the room (final_path.c)"},
    {"NameTest.ResolverErrorsComeWithTheCallback", "as the other of its name (flags.c)"},
    {"Tcp.AResetIsAReadErrorAndNoSignal",
     "a reset before the receive is told as the end of the stream (reset_later.c)"},
    {"Tcp.TheSecondsOfKeepAlive*", "the options of their times are missing (keep_alive_times.c)"},
    {"KeepAlive.TheSeconds*", "the same (keep_alive_times.c)"},
    {"UdpTest.LeavesNoGroupThatItHasNotJoined", "the error is WSAEINVAL (membership.c)"},
    {"NamedPipe.BindReportsWhatIsWrong", "a name can be taken twice (pipes.c)"},
};

bool is_wine() {
  HMODULE system = GetModuleHandleW(L"ntdll.dll");
  return GetProcAddress(system, "wine_get_version") != nullptr;
}

template <std::size_t kCount>
void leave_out(const char* where, const LeftOut (&tests)[kCount]) {
  std::string filter = GTEST_FLAG_GET(filter);
  const char* separator = filter.find('-') == std::string::npos ? "-" : ":";
  for (const LeftOut& one : tests) {
    std::printf("Left out %s: %s: %s\n", where, one.test, one.reason);
    filter += separator;
    filter += one.test;
    separator = ":";
  }
  GTEST_FLAG_SET(filter, filter);
}

// VIOLET_LEFT_OUT_TOO=1 runs them all the same, to see what they do by now.
bool leave_out_all() {
  if (std::getenv("VIOLET_LEFT_OUT_TOO") != nullptr) return false;
  leave_out("on Windows", kNotOnWindows);
  if (is_wine()) leave_out("under Wine", kWineFaults);
  return true;
}

const bool left_out = leave_out_all();

}  // namespace
