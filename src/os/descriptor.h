// The operating system's name of something open: a file descriptor on Unix, a SOCKET or HANDLE on
// Windows.
#pragma once

#include <uv.h>

#include <cassert>
#include <type_traits>

namespace violet {

// Names something open, or nothing; never an error. A plain value, as large as what it holds, so
// that programs which read a public struct find the system's number there, and -1 for nothing. It
// closes nothing: see OwnedDescriptor.
class Descriptor {
 public:
  using Native = uv_os_sock_t;

  constexpr Descriptor() = default;
  // Of what the system has opened. Its error values are all negative.
  static constexpr Descriptor of(Native native) {
    assert(is_name(native));
    return Descriptor(native);
  }
  // Of what a program says is open: any value that no open thing has names nothing.
  static constexpr Descriptor if_open(Native native) {
    return is_name(native) ? Descriptor(native) : Descriptor();
  }

  constexpr bool is_open() const { return native_ != kNothing; }
  // For os/ and the engines; kNothing if it names nothing, which every system call refuses.
  constexpr Native native() const { return native_; }

  friend constexpr bool operator==(Descriptor, Descriptor) = default;

 private:
  static constexpr Native kNothing = static_cast<Native>(-1);

  static constexpr bool is_name(Native native) {
    return static_cast<std::make_signed_t<Native>>(native) >= 0;
  }
  constexpr explicit Descriptor(Native native) : native_(native) {}

  Native native_ = kNothing;
};

static_assert(sizeof(Descriptor) == sizeof(Descriptor::Native));
static_assert(std::is_standard_layout_v<Descriptor> && std::is_trivially_copyable_v<Descriptor>);

constexpr Descriptor kNoDescriptor;

// Closes it, unless it is kNoDescriptor. Keeps errno.
void close_descriptor(Descriptor descriptor);

// Closes what it holds when it goes.
class OwnedDescriptor {
 public:
  OwnedDescriptor() = default;
  explicit OwnedDescriptor(Descriptor descriptor) : descriptor_(descriptor) {}
  OwnedDescriptor(OwnedDescriptor&& other) noexcept : descriptor_(other.take()) {}
  OwnedDescriptor& operator=(OwnedDescriptor&& other) noexcept {
    if (this == &other) return *this;
    close();
    descriptor_ = other.take();
    return *this;
  }
  OwnedDescriptor(const OwnedDescriptor&) = delete;
  OwnedDescriptor& operator=(const OwnedDescriptor&) = delete;
  ~OwnedDescriptor() {
    if (is_open()) close_descriptor(descriptor_);
  }

  bool is_open() const { return descriptor_.is_open(); }
  // Stays the owner's.
  Descriptor get() const { return descriptor_; }
  // Gives it away.
  Descriptor take() {
    const Descriptor descriptor = descriptor_;
    descriptor_ = kNoDescriptor;
    return descriptor;
  }
  void close() {
    if (is_open()) close_descriptor(take());
  }

 private:
  Descriptor descriptor_;
};

// Another name of the same open thing, not inherited by child processes. 0 or a negative UV_E*.
int duplicate_descriptor(Descriptor descriptor, OwnedDescriptor& copy);

// Takes a place among the process's descriptors, to be given up when there is no other. 0 or a
// negative UV_E*: UV_ENOTSUP where they do not run out.
int reserve_descriptor(OwnedDescriptor& reserve);

// The public interface's types become ours here, and ours them. kNoDescriptor for what cannot be
// open.
Descriptor descriptor_of_file(uv_file file);
Descriptor descriptor_of_socket(uv_os_sock_t socket);
// For what the program gives away: where a file is more than its descriptor, whoever closes the
// descriptor from now on ends the file, too. 0 or UV_ENOMEM.
int take_over_file(uv_file file);
// It stays the program's, after all.
void give_back_file(uv_file file);
// Of an open descriptor.
uv_os_sock_t system_socket(Descriptor descriptor);
uv_os_fd_t system_handle(Descriptor descriptor);

}  // namespace violet
