// Reading from a console: by a thread, since the system has no other way to wait for a line, which
// it lets the user edit meanwhile.
#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>

#include "base/list.h"
#include "os/thread.h"
#include "os/windows/console_interrupt.h"
#include "os/windows/owned_handle.h"

namespace violet {

// What it reads is bytes as a terminal of POSIX sends them: lines, or single keys where the console
// edits none.
class ConsoleReader {
 public:
  // Called on the reader's thread when something has come. The thread then stops reading until
  // want() is called again.
  using News = void (*)(void* argument);

  // Null and an error when the system refuses it. The console is read by a handle of its own.
  static ConsoleReader* start(HANDLE console, News news, void* argument, int& error);
  // Ends the thread; no news come any more.
  void stop();

  // To be called on the loop's thread only. Has the thread read until there are news, unless there
  // still are some to be taken.
  void want();
  // When this returns nothing more is taken from the console. What was typed of a line so far can
  // be taken.
  void pause();
  // As Engine::take(): bytes, then the error behind them, UV_EAGAIN when there is nothing. A size
  // of 0 only asks.
  std::int64_t take(void* buffer, std::size_t size);

  ConsoleReader() = default;
  ConsoleReader(const ConsoleReader&) = delete;
  ConsoleReader& operator=(const ConsoleReader&) = delete;

 private:
  friend class ConsoleReadersPaused;

  static constexpr std::size_t kMostUnits = 2048;
  static constexpr std::size_t kMostBytes = 3 * kMostUnits;
  static constexpr std::size_t kRecordsAtOnce = 64;

  void run();
  bool wait_for_input();
  // To be called before a call that may wait. False when nobody wants to read any more.
  bool begin_call();
  // True when the call was ended by interrupt().
  bool end_call();
  void read();
  bool drop_until_key();
  void read_line();
  void read_keys(bool translated);
  void add_key(const KEY_EVENT_RECORD& key, bool translated);
  // Makes what was read public. With the lock held.
  void publish();
  // With the lock held.
  bool is_allowed() const { return is_wanted_ && holds_ == 0 && !is_stopping_; }
  bool has_news() const { return begin_ < size_ || end_ != 0; }
  void hold();
  void let_go();
  void interrupt();

  OwnedHandle console_;
  OwnedHandle changed_;  // an event: what is allowed may have changed
  News news_ = nullptr;
  void* argument_ = nullptr;
  Thread thread_;
  ListNode link_ = {};  // in the list of all readers

  Mutex mutex_;
  Condition condition_;  // of all that follows
  bool is_wanted_ = false;
  bool is_stopping_ = false;
  int holds_ = 0;         // how many ConsoleReadersPaused keep it from reading
  bool is_busy_ = false;  // the thread looks at the console
  bool is_in_call_ = false;
  bool is_interrupted_ = false;
  TypedReturn typed_;
  int end_ = 0;            // behind the bytes; 0: none
  std::size_t begin_ = 0;  // of what is left to be taken
  std::size_t size_ = 0;
  char bytes_[kMostBytes + 1];

  // Used by the thread only.
  wchar_t units_[kMostUnits];
  std::size_t unit_count_ = 0;
  int failure_ = 0;
};

// Keeps all readers of the process from their consoles, so that modes can be changed: a line that
// is being read stays under the old mode.
class ConsoleReadersPaused {
 public:
  ConsoleReadersPaused();
  ~ConsoleReadersPaused();
  ConsoleReadersPaused(const ConsoleReadersPaused&) = delete;
  ConsoleReadersPaused& operator=(const ConsoleReadersPaused&) = delete;
};

}  // namespace violet
