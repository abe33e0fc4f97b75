// Unix domain sockets and FIFOs: thin wrappers of system calls. Results are 0 or a count, or a
// negative UV_E*.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/descriptor.h"

namespace violet {

// Whether what is opened here is a socket, and not a pipe of the system's own kind.
extern const bool kLocalSocketsAreSockets;

// Room for a struct sockaddr_un, or a name in UTF-16.
struct LocalAddress {
  alignas(8) unsigned char bytes[544];
  unsigned int size;

  const struct sockaddr* get() const { return reinterpret_cast<const struct sockaddr*>(bytes); }
  // The path of the file it makes, zero-terminated; empty for a name that makes none.
  const char* path() const;
};

// A name that begins with a zero byte is abstract; with an empty one the system chooses an abstract
// name when the socket is bound; both are UV_EINVAL where there are only paths. A longer one than
// fits is cut, or UV_EINVAL with `no_truncate`.
int make_local_address(const char* name, std::size_t length, bool no_truncate,
                       LocalAddress& address);

// Opens a socket to connect with; opens nothing where a pipe is opened by connecting.
int open_local_socket(OwnedDescriptor& opened);
// UV_EACCES when the directory does not exist.
int open_bound_local_socket(const LocalAddress& address, OwnedDescriptor& opened);

// Which file a socket is bound to. The socket keeps the file's number from being used again.
struct SocketFile {
  std::uint64_t device;
  std::uint64_t number;
  bool is_known;
};
// The file at a path that has just been bound; unknown if there is no socket any more.
SocketFile socket_file(const char* path);
// Removes the file, but no other that has taken its place.
void remove_socket_file(const char* path, const SocketFile& file);
// Adds permissions for everybody to the file that the socket is bound to. UV_ENOENT when another
// file has taken its place, which is not touched. If the file is unknown, any socket at that path
// is accepted.
int allow_everybody(Descriptor socket, const SocketFile& file, bool readable, bool writable);

enum class SocketEnd : std::uint8_t { kOwn, kPeer };
// The name without a final zero; *size as in uv_pipe_getsockname().
int local_socket_name(Descriptor socket, SocketEnd end, char* buffer, std::size_t* size);

// How a descriptor was opened. UV_EINVAL for one that the engine cannot read and write as a stream:
// on Windows all but pipes.
struct AccessMode {
  bool readable;
  bool writable;
};
int access_mode(Descriptor descriptor, AccessMode& mode);

// The most descriptors that one message carries on Linux.
inline constexpr unsigned int kMaxPassedDescriptors = 253;
// Those of one message. Closes what nobody has taken.
class PassedDescriptors {
 public:
  PassedDescriptors() {}  // The room stays as it is: most messages bring none.
  ~PassedDescriptors() {
    while (!empty())
      OwnedDescriptor unwanted(take());
  }
  PassedDescriptors(const PassedDescriptors&) = delete;
  PassedDescriptors& operator=(const PassedDescriptors&) = delete;

  bool empty() const { return taken_ == count_; }
  void add(Descriptor descriptor) { room_[count_++] = descriptor.native(); }
  // The oldest one.
  OwnedDescriptor take() { return OwnedDescriptor(Descriptor::of(room_[taken_++])); }

 private:
  Descriptor::Native room_[kMaxPassedDescriptors];
  unsigned int count_ = 0;
  unsigned int taken_ = 0;
};
// Bytes read, 0 at the end, UV_EAGAIN. `passed` is empty before. The descriptors are not inherited
// by child processes.
std::int64_t receive_with_descriptors(Descriptor socket, const uv_buf_t& buffer,
                                      PassedDescriptors& passed);

}  // namespace violet
