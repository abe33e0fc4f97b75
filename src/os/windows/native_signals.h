// What os/signal_actions.h keeps of Windows' signals, which are events of the console. They come in
// a thread of their own and interrupt nobody.
#pragma once

namespace violet {

struct NativeSignalAction {
  void (*handler)(int);  // null: the default
  bool once;
};
struct NativeBlockedSignals {};

inline constexpr int kNativeSignalLimit = 65;
// There are none.
inline constexpr int kNativeChildSignal = 0;
inline constexpr int kNativeProfilingSignal = 0;

}  // namespace violet
