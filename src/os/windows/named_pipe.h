// Named pipes: their names, how instances are made, and how the ends are opened.
#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>

#include "os/windows/owned_handle.h"

namespace violet {

// The type of all pipes that we make. A program that opens one reads bytes without bounds. But
// unlike in a pipe of type BYTE, an empty write arrives: as a read of no bytes, which we take as
// the end. That is the only way to shut down one direction of a pipe.
inline constexpr DWORD kPipeType = PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE | PIPE_WAIT;
// How many bytes of a writer the system buffers until they are read.
inline constexpr DWORD kPipeBufferSize = 64 * 1024;

// Zero-terminated, with the prefix that all names of pipes have.
struct PipeName {
  static constexpr std::size_t kMost = 256;  // as Windows has it, beside the prefix
  wchar_t text[kMost + 16];

  std::size_t length() const;
};

enum class Instance : bool { kFirst, kFurther };

// These answer 0 or a negative UV_E*. Handles are for overlapped calls, and not inherited.
// UV_EADDRINUSE for a first instance of a name that others have, UV_EACCES for what is no pipe's
// name.
int create_instance(const wchar_t* name, Instance which, OwnedHandle& made);
// Makes a new instance refuse clients: it only reserves the name.
int keep_from_clients(HANDLE instance, const wchar_t* name);
// UV_EBUSY while all instances are taken.
int open_client(const wchar_t* name, OwnedHandle& opened);

// How a write that posts no packet to any port waits. It returns the number of bytes, or UV_EAGAIN.
enum class PipeWait : unsigned char {
  kNever,  // as one call, which is taken back if it would wait
  kUntilDone,
  kNoRoom,  // as much as there is room for; of an end on which calls wait, and nobody makes another
};
std::int64_t write_to_pipe(HANDLE pipe, const char* bytes, DWORD size, PipeWait wait);

// Whether it is an end of a pipe, named or not.
bool is_pipe(HANDLE handle);
int name_of_pipe(HANDLE pipe, PipeName& name);
// Whether this is the end that was created, not the one that was opened by name.
bool is_server_end(HANDLE pipe);
// Whether the handle was opened for synchronous calls, which the system makes one after the other.
bool is_synchronous(HANDLE handle);

}  // namespace violet
