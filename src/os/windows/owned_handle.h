// Handles that belong to a scope.
#pragma once

#include <windows.h>

namespace violet {

// Closes the handle when it goes. Both values that Windows has for "none" are none.
class OwnedHandle {
 public:
  OwnedHandle() = default;
  explicit OwnedHandle(HANDLE handle) : handle_(handle) {}
  OwnedHandle(OwnedHandle&& other) noexcept : handle_(other.take()) {}
  OwnedHandle& operator=(OwnedHandle&& other) noexcept {
    if (this == &other) return *this;
    close();
    handle_ = other.take();
    return *this;
  }
  OwnedHandle(const OwnedHandle&) = delete;
  OwnedHandle& operator=(const OwnedHandle&) = delete;
  ~OwnedHandle() { close(); }

  bool is_open() const { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
  HANDLE get() const { return handle_; }
  HANDLE take() {
    HANDLE handle = handle_;
    handle_ = nullptr;
    return handle;
  }
  // For functions that give a handle through a pointer.
  HANDLE* to_fill() {
    close();
    return &handle_;
  }
  void close() {
    if (is_open()) CloseHandle(handle_);
    handle_ = nullptr;
  }

 private:
  HANDLE handle_ = nullptr;
};

}  // namespace violet
