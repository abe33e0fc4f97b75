#include "os/user_thread.h"

#include <process.h>

#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstring>

#include "base/allocator.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

constexpr int kMaskBits = sizeof(DWORD_PTR) * CHAR_BIT;

struct Start {
  uv_thread_cb entry;
  void* argument;
};

unsigned __stdcall run(void* argument) {
  Start* allocated = static_cast<Start*>(argument);
  Start start = *allocated;
  release(allocated);
  start.entry(start.argument);
  return 0;
}

// GetCurrentThread() gives a constant that means another thread to each reader, so that every
// thread needs a handle of its own to tell others.
class OwnHandle {
 public:
  ~OwnHandle() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }
  HANDLE get() {
    if (handle_ == nullptr) {
      DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &handle_, 0,
                      FALSE, DUPLICATE_SAME_ACCESS);
    }
    return handle_;
  }
  // Somebody else has closed it.
  void forget(HANDLE closed) {
    if (handle_ == closed) handle_ = nullptr;
  }

 private:
  HANDLE handle_ = nullptr;
};

thread_local OwnHandle own_handle;

int last_thread_error() {
  switch (GetLastError()) {
    case ERROR_ACCESS_DENIED:
      return UV_EPERM;
    case ERROR_INVALID_HANDLE:
      return UV_EBADF;
    case ERROR_NOT_ENOUGH_MEMORY:
      return UV_ENOMEM;
    default:
      return UV_EINVAL;
  }
}

DWORD_PTR process_mask() {
  DWORD_PTR process, system;
  return GetProcessAffinityMask(GetCurrentProcess(), &process, &system) ? process : 0;
}

void spread_mask(DWORD_PTR bits, char* mask, std::size_t size) {
  std::memset(mask, 0, size);
  for (int cpu = 0; cpu < kMaskBits; ++cpu)
    mask[cpu] = bits >> cpu & 1 ? 1 : 0;
}

}  // namespace

int user_thread_create(uv_thread_t* thread, std::size_t stack_size, uv_thread_cb entry,
                       void* argument) {
  if (stack_size > UINT_MAX) return UV_EINVAL;
  Owned<Start> start(create<Start>(Start{entry, argument}));
  if (!start) return UV_ENOMEM;
  std::uintptr_t handle = _beginthreadex(nullptr, static_cast<unsigned>(stack_size), run,
                                         start.get(), STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
  if (handle == 0) return errno == EINVAL ? UV_EINVAL : UV_EAGAIN;
  start.take();
  *thread = reinterpret_cast<HANDLE>(handle);
  return 0;
}

int user_thread_join(uv_thread_t* thread) {
  if (WaitForSingleObject(*thread, INFINITE) != WAIT_OBJECT_0) return last_thread_error();
  CloseHandle(*thread);
  *thread = nullptr;
  return 0;
}

int user_thread_detach(uv_thread_t* thread) {
  if (!CloseHandle(*thread)) return last_thread_error();
  own_handle.forget(*thread);
  *thread = nullptr;
  return 0;
}

uv_thread_t user_thread_self() {
  return own_handle.get();
}

bool user_thread_equal(const uv_thread_t* left, const uv_thread_t* right) {
  return GetThreadId(*left) == GetThreadId(*right);
}

// GetThreadDescription() is newer than the systems we start on; the caller sees an unnamed thread.
int user_thread_name(uv_thread_t* thread, char* name, std::size_t size) {
  using GetDescription = HRESULT(WINAPI*)(HANDLE, PWSTR*);
  FARPROC found = GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetThreadDescription");
  auto get_description = reinterpret_cast<GetDescription>(reinterpret_cast<void*>(found));
  if (get_description == nullptr) return UV_ENOSYS;
  PWSTR wide;
  if (FAILED(get_description(*thread, &wide))) return UV_EINVAL;
  write_cut(wide, name, size);
  LocalFree(wide);
  return 0;
}

static_assert(UV_THREAD_PRIORITY_HIGHEST == THREAD_PRIORITY_HIGHEST &&
              UV_THREAD_PRIORITY_LOWEST == THREAD_PRIORITY_LOWEST);

int user_thread_set_priority(uv_thread_t thread, int level) {
  return SetThreadPriority(thread, level) ? 0 : last_thread_error();
}

int user_thread_priority(uv_thread_t thread, int* priority) {
  int value = GetThreadPriority(thread);
  if (value == THREAD_PRIORITY_ERROR_RETURN) return last_thread_error();
  *priority = value;
  return 0;
}

int cpu_mask_size() {
  return kMaskBits;
}

int user_thread_set_affinity(uv_thread_t* thread, const char* mask, char* old_mask,
                             std::size_t mask_size) {
  DWORD_PTR bits = 0;
  for (int cpu = 0; cpu < kMaskBits; ++cpu) {
    if (mask[cpu] != 0) bits |= DWORD_PTR{1} << cpu;
  }
  DWORD_PTR old_bits = SetThreadAffinityMask(*thread, bits);
  if (old_bits == 0) return last_thread_error();
  if (old_mask != nullptr) spread_mask(old_bits, old_mask, mask_size);
  return 0;
}

int user_thread_affinity(uv_thread_t* thread, char* mask, std::size_t mask_size) {
  // Only a change tells the mask: widen it to what the process may use, then put it back.
  DWORD_PTR bits = SetThreadAffinityMask(*thread, process_mask());
  if (bits == 0 || SetThreadAffinityMask(*thread, bits) == 0) return last_thread_error();
  spread_mask(bits, mask, mask_size);
  return 0;
}

int current_cpu() {
  return static_cast<int>(GetCurrentProcessorNumber());
}

}  // namespace violet
