// The operating system's name of an open socket, pipe, file or device: a file descriptor on Unix, a
// SOCKET or HANDLE on Windows.
#pragma once

#include <uv.h>

#include <type_traits>

namespace violet {

// Names something open, or nothing; never an error. A plain value, as large as what it holds, so
// that programs which read a public struct find the system's number there, and -1 for nothing. It
// does not close: see OwnedDescriptor.
class Descriptor {
 public:
  using Native = uv_os_sock_t;
  static constexpr Native kNothing = static_cast<Native>(-1);

  constexpr Descriptor() = default;
  // TEMPORARY, until everything is converted: the implicit conversions, and errors as values.
  constexpr Descriptor(Native native) : native_(native) {}
  constexpr operator Native() const { return native_; }

  constexpr bool is_open() const { return native_ != kNothing; }
  // For os/ and the engines.
  constexpr Native native() const { return native_; }

 private:
  Native native_ = kNothing;
};

static_assert(sizeof(Descriptor) == sizeof(Descriptor::Native));
static_assert(std::is_standard_layout_v<Descriptor> && std::is_trivially_copyable_v<Descriptor>);

inline constexpr Descriptor kNoDescriptor;

// Closes it, unless it is kNoDescriptor. Keeps errno.
void close_descriptor(Descriptor descriptor);

// Another name of the same open file, not inherited by child processes; or a negative UV_E*.
Descriptor duplicate_descriptor(Descriptor descriptor);

}  // namespace violet
