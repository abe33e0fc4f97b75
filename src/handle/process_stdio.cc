#include "handle/process_stdio.h"

#include <new>

#include "base/enum_value.h"
#include "handle/pipe.h"
#include "os/spawn.h"

namespace violet {
namespace {

constexpr int kStandardStreams = 3;

// With no descriptor in it.
template <typename Entry>
Owned<Entry> make_table(int count) {
  void* memory = allocate(static_cast<std::size_t>(count) * sizeof(Entry));
  for (int i = 0; memory != nullptr && i < count; ++i)
    ::new (static_cast<Entry*>(memory) + i) Entry();
  return Owned<Entry>(static_cast<Entry*>(memory));
}

// kNoDescriptor for one that is not open, or on its way out.
Descriptor descriptor_of(const uv_stream_t* stream) {
  const Handle& handle = handle_of(reinterpret_cast<const uv_handle_t*>(stream));
  const bool has_one = handle.kind->descriptor != nullptr && !handle.has(kClosing);
  return has_one ? handle.kind->descriptor(handle) : kNoDescriptor;
}

bool is_open(const uv_stream_t* stream) {
  return descriptor_of(stream).is_open();
}

int kind_of(const uv_stdio_container_t& container) {
  return value_of(container.flags) & (UV_CREATE_PIPE | UV_INHERIT_FD | UV_INHERIT_STREAM);
}

int check_container(const uv_stdio_container_t& container) {
  const uv_stream_t* stream = container.data.stream;
  switch (kind_of(container)) {
    case UV_IGNORE:
      return 0;
    case UV_CREATE_PIPE:
      if (stream == nullptr || stream->type != UV_NAMED_PIPE) return UV_EINVAL;
      return is_open(stream) ? UV_EBUSY : 0;
    case UV_INHERIT_FD:
      return container.data.fd < 0 ? UV_EINVAL : 0;
    case UV_INHERIT_STREAM:
      return stream == nullptr || !is_open(stream) ? UV_EINVAL : 0;
    default:
      return UV_EINVAL;
  }
}

// The directions are the child's: what it reads, we write.
int open_parent_end(const uv_stdio_container_t& container, OwnedDescriptor& end) {
  Pipe& pipe = view<Pipe>(reinterpret_cast<uv_pipe_t*>(container.data.stream));
  if (int error = adopt_pipe(pipe, end, kLocalSocketsAreSockets, Sharing::kOwn); error != 0)
    return error;
  Handle& handle = pipe.stream.handle;
  if ((value_of(container.flags) & UV_READABLE_PIPE) == 0) handle.clear(kCanWrite);
  if ((value_of(container.flags) & UV_WRITABLE_PIPE) == 0) handle.clear(kCanRead);
  return 0;
}

}  // namespace

ChildStdio::~ChildStdio() {
  for (int i = 0; i < count_; ++i) {
    child_ends_[static_cast<std::size_t>(i)].close();
    parent_ends_[static_cast<std::size_t>(i)].close();
  }
}

int ChildStdio::check(const uv_process_options_t& options) {
  if (options.stdio_count < 0) return UV_EINVAL;
  for (int i = 0; i < options.stdio_count; ++i) {
    if (int error = check_container(options.stdio[i]); error != 0) return error;
  }
  return 0;
}

int ChildStdio::prepare(const uv_process_options_t& options) {
  if (int error = allocate_tables(options.stdio_count); error != 0) return error;
  for (int i = 0; i < options.stdio_count; ++i) {
    if (int error = prepare_one(options.stdio[i], i); error != 0) return error;
  }
  return open_parent_ends(options);
}

void ChildStdio::name_child(const uv_process_options_t& options, int pid) {
  for (int i = 0; i < options.stdio_count; ++i) {
    const uv_stdio_container_t& container = options.stdio[i];
    if (kind_of(container) != UV_CREATE_PIPE) continue;
    violet::name_child(view<Pipe>(reinterpret_cast<uv_pipe_t*>(container.data.stream)), pid);
  }
}

int ChildStdio::allocate_tables(int containers) {
  int count = containers < kStandardStreams ? kStandardStreams : containers;
  for_child_ = make_table<Descriptor>(count);
  child_ends_ = make_table<OwnedDescriptor>(count);
  parent_ends_ = make_table<OwnedDescriptor>(count);
  if (!for_child_ || !child_ends_ || !parent_ends_) return UV_ENOMEM;
  count_ = count;
  return 0;
}

int ChildStdio::prepare_one(const uv_stdio_container_t& container, int number) {
  Descriptor& target = for_child_[static_cast<std::size_t>(number)];
  switch (kind_of(container)) {
    case UV_CREATE_PIPE:
      return create_pipe(container, number);
    case UV_INHERIT_FD:
      target = descriptor_of_file(container.data.fd);
      // Windows starts graphical programs without the standard ones.
      return target.is_open() || container.data.fd < kStandardStreams ? 0 : UV_EBADF;
    case UV_INHERIT_STREAM:
      target = descriptor_of(container.data.stream);
      return 0;
    default:
      return 0;
  }
}

int ChildStdio::create_pipe(const uv_stdio_container_t& container, int number) {
  const bool non_blocking = (value_of(container.flags) & UV_NONBLOCK_PIPE) != 0;
  if (non_blocking && number < kStandardStreams) non_blocking_ |= 1u << number;
  std::size_t index = static_cast<std::size_t>(number);
  const Pipe& pipe = view<Pipe>(reinterpret_cast<uv_pipe_t*>(container.data.stream));
  int error = create_stdio_pair(parent_ends_[index], child_ends_[index], non_blocking,
                                pipe.stream.handle.has(kPassesDescriptors));
  for_child_[index] = child_ends_[index].get();
  return error;
}

int ChildStdio::open_parent_ends(const uv_process_options_t& options) {
  for (int i = 0; i < options.stdio_count; ++i) {
    OwnedDescriptor& end = parent_ends_[static_cast<std::size_t>(i)];
    if (!end.is_open()) continue;
    if (int error = open_parent_end(options.stdio[i], end); error != 0) return error;
  }
  return 0;
}

}  // namespace violet
