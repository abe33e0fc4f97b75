#include "os/windows/console_reader.h"

#include <algorithm>
#include <cstring>

#include "base/allocator.h"
#include "os/windows/console_keys.h"
#include "os/windows/console_size.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

// ENABLE_VIRTUAL_TERMINAL_INPUT, which older headers lack.
constexpr DWORD kEscapeSequences = 0x0200;

Mutex readers_mutex;
List readers;  // guarded by the mutex; by ConsoleReader::link_

bool is_first_half(wchar_t unit) {
  return unit >= 0xd800 && unit <= 0xdbff;
}

// Opens the process's console anew: the given handle may allow reading only, and to end a read
// takes the right to write.
OwnedHandle open_anew(HANDLE console) {
  OwnedHandle opened(CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE,
                                 FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0,
                                 nullptr));
  if (opened.is_open()) return opened;
  const HANDLE self = GetCurrentProcess();
  DuplicateHandle(self, console, self, opened.to_fill(), 0, FALSE, DUPLICATE_SAME_ACCESS);
  return opened;
}

bool is_key_down(const INPUT_RECORD& record) {
  return record.EventType == KEY_EVENT && record.Event.KeyEvent.bKeyDown &&
         !TypedReturn::is_ours(record);
}

}  // namespace

ConsoleReader* ConsoleReader::start(HANDLE console, News news, void* argument, int& error) {
  ConsoleReader* made = create<ConsoleReader>();
  error = made == nullptr ? UV_ENOMEM : 0;
  if (made == nullptr) return nullptr;
  made->news_ = news;
  made->argument_ = argument;
  made->changed_ = OwnedHandle(CreateEventW(nullptr, FALSE, FALSE, nullptr));
  made->console_ = open_anew(console);
  if (!made->changed_.is_open() || !made->console_.is_open()) {
    error = last_windows_error();
  } else {
    MutexLock lock(readers_mutex);
    ThreadOptions options;
    options.name = "libuv-console";
    error = made->thread_.start([](void* reader) { static_cast<ConsoleReader*>(reader)->run(); },
                                made, options);
    if (readers.head.next == nullptr) readers.reset();
    if (error == 0) readers.push_back(made->link_);
  }
  if (error == 0) return made;
  destroy(made);
  return nullptr;
}

void ConsoleReader::stop() {
  {
    MutexLock lock(mutex_);
    is_stopping_ = true;
    interrupt();
    condition_.broadcast();
  }
  thread_.join();
  {
    MutexLock lock(readers_mutex);
    link_.unlink();
  }
  destroy(this);
}

void ConsoleReader::want() {
  MutexLock lock(mutex_);
  // The thread does not read while there is something to take.
  if (is_wanted_ || has_news()) return;
  is_wanted_ = true;
  condition_.broadcast();
}

void ConsoleReader::pause() {
  MutexLock lock(mutex_);
  if (!is_wanted_) return;
  is_wanted_ = false;
  interrupt();
}

void ConsoleReader::hold() {
  MutexLock lock(mutex_);
  ++holds_;
  interrupt();
}

void ConsoleReader::let_go() {
  MutexLock lock(mutex_);
  --holds_;
  condition_.broadcast();
}

// Ends the thread's call, after the change of what it is allowed to do. With the lock held.
void ConsoleReader::interrupt() {
  SetEvent(changed_.get());
  if (is_in_call_ && !is_interrupted_) {
    is_interrupted_ = true;
    typed_.type(console_.get());
  }
  while (is_busy_)
    condition_.wait(mutex_);
}

std::int64_t ConsoleReader::take(void* buffer, std::size_t size) {
  MutexLock lock(mutex_);
  if (size == 0) return has_news() ? 0 : UV_EAGAIN;
  std::int64_t result = UV_EAGAIN;
  if (begin_ < size_) {
    const std::size_t count = std::min(size, size_ - begin_);
    std::memcpy(buffer, bytes_ + begin_, count);
    begin_ += count;
    result = static_cast<std::int64_t>(count);
  } else if (end_ != 0) {
    result = end_;
    end_ = 0;
  }
  return result;
}

void ConsoleReader::run() {
  MutexLock lock(mutex_);
  while (!is_stopping_) {
    if (!is_allowed()) {
      condition_.wait(mutex_);
      continue;
    }
    is_busy_ = true;
    mutex_.unlock();
    if (wait_for_input()) read();
    mutex_.lock();
    publish();
    is_busy_ = false;
    condition_.broadcast();
    if (!has_news()) continue;
    is_wanted_ = false;
    news_(argument_);
  }
}

bool ConsoleReader::wait_for_input() {
  const HANDLE both[] = {changed_.get(), console_.get()};
  const DWORD which = WaitForMultipleObjects(2, both, FALSE, INFINITE);
  if (which == WAIT_FAILED) failure_ = last_windows_error();
  return which == WAIT_OBJECT_0 + 1;
}

void ConsoleReader::read() {
  DWORD mode = 0;
  if (!GetConsoleMode(console_.get(), &mode)) {
    failure_ = last_windows_error();
  } else if ((mode & ENABLE_LINE_INPUT) == 0) {
    read_keys((mode & kEscapeSequences) != 0);
  } else if (drop_until_key()) {
    read_line();
  }
}

bool ConsoleReader::begin_call() {
  MutexLock lock(mutex_);
  is_interrupted_ = false;
  is_in_call_ = is_allowed();
  return is_in_call_;
}

bool ConsoleReader::end_call() {
  MutexLock lock(mutex_);
  is_in_call_ = false;
  return is_interrupted_ && typed_.was_taken();
}

// Drops events that are no keys. A read would begin to wait for a line even because the mouse has
// moved, and such a wait is hard to end.
bool ConsoleReader::drop_until_key() {
  INPUT_RECORD record;
  DWORD count = 0;
  while (PeekConsoleInputW(console_.get(), &record, 1, &count) && count == 1) {
    if (is_key_down(record)) return true;
    if (record.EventType == WINDOW_BUFFER_SIZE_EVENT) look_for_resize();
    if (!ReadConsoleInputW(console_.get(), &record, 1, &count)) break;
  }
  return false;
}

void ConsoleReader::read_line() {
  if (!begin_call()) return;
  DWORD count = 0;
  wchar_t* line = units_ + unit_count_;
  const auto room = static_cast<DWORD>(kMostUnits - unit_count_);
  const bool is_read = ReadConsoleW(console_.get(), line, room, &count, nullptr);
  if (!is_read) failure_ = last_windows_error();
  if (end_call()) {
    // Removes our own Return from the end; what stands before it was typed by the user.
    while (count > 0 && (line[count - 1] == L'\n' || line[count - 1] == L'\r'))
      --count;
  }
  unit_count_ += count;
}

void ConsoleReader::read_keys(bool translated) {
  if (!begin_call()) return;
  INPUT_RECORD records[kRecordsAtOnce];
  DWORD count = 0;
  if (!ReadConsoleInputW(console_.get(), records, kRecordsAtOnce, &count)) {
    failure_ = last_windows_error();
  }
  end_call();
  for (DWORD i = 0; i < count; ++i) {
    const INPUT_RECORD& record = records[i];
    if (record.EventType == WINDOW_BUFFER_SIZE_EVENT) look_for_resize();
    if (record.EventType == KEY_EVENT && !TypedReturn::is_ours(record)) {
      add_key(record.Event.KeyEvent, translated);
    }
  }
}

void ConsoleReader::add_key(const KEY_EVENT_RECORD& key, bool translated) {
  wchar_t text[kLongestKey];
  const std::size_t length = text_of_key(key, translated, text);
  const int presses = key.bKeyDown ? key.wRepeatCount : 1;
  for (int i = 0; i < presses && unit_count_ + length <= kMostUnits; ++i) {
    std::copy(text, text + length, units_ + unit_count_);
    unit_count_ += length;
  }
}

void ConsoleReader::publish() {
  std::size_t count = unit_count_;
  // The second unit of this letter comes with the next key.
  const bool is_cut = count > 0 && is_first_half(units_[count - 1]);
  if (is_cut) --count;
  if (count > 0) {
    begin_ = 0;
    size_ = static_cast<std::size_t>(write_narrow(units_, count, bytes_) - bytes_) - 1;
  }
  if (is_cut) units_[0] = units_[unit_count_ - 1];
  unit_count_ = is_cut ? 1 : 0;
  end_ = failure_;
  failure_ = 0;
}

ConsoleReadersPaused::ConsoleReadersPaused() {
  readers_mutex.lock();
  if (readers.head.next == nullptr) readers.reset();
  for (ListNode* node = readers.head.next; node != &readers.head; node = node->next)
    object_from_member<ConsoleReader>(node, offsetof(ConsoleReader, link_)).hold();
}

ConsoleReadersPaused::~ConsoleReadersPaused() {
  for (ListNode* node = readers.head.next; node != &readers.head; node = node->next)
    object_from_member<ConsoleReader>(node, offsetof(ConsoleReader, link_)).let_go();
  readers_mutex.unlock();
}

}  // namespace violet
