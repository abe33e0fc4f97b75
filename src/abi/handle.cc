#include "core/handle.h"
#include "core/call.h"

#include <cstdio>

#include "core/loop.h"

using violet::Handle;
using violet::handle_of;

namespace {

void print_handles(uv_loop_t* loop, bool only_active, FILE* stream) {
  if (loop == nullptr) loop = uv_default_loop();
  violet::List& handles = violet::handles_of(*loop);
  for (violet::ListNode* node = handles.head.next; node != &handles.head; node = node->next) {
    const Handle& handle = violet::registered_handle(*node);
    if (only_active && !handle.has(violet::kActive)) continue;
    const char* name = uv_handle_type_name(handle.type);
    std::fprintf(stream, "[%c%c%c] %-8s %p\n", handle.has(violet::kReferenced) ? 'R' : '-',
                 handle.has(violet::kActive) ? 'A' : '-', handle.has(violet::kInternal) ? 'I' : '-',
                 name == nullptr ? "?" : name, static_cast<const void*>(&handle));
  }
}

}  // namespace

void uv_close(uv_handle_t* handle, uv_close_cb close_cb) {
  Handle& closing = handle_of(handle);
  // Closing twice is the program's mistake; the first close callback is the one that counts.
  if (closing.has(violet::kClosing)) return;
  violet::close_handle(closing, close_cb);
}

int uv_is_active(const uv_handle_t* handle) {
  return handle_of(handle).has(violet::kActive) ? 1 : 0;
}

int uv_is_closing(const uv_handle_t* handle) {
  return handle_of(handle).has(violet::kClosing | violet::kClosed) ? 1 : 0;
}

void uv_ref(uv_handle_t* handle) {
  violet::reference(handle_of(handle));
}
void uv_unref(uv_handle_t* handle) {
  violet::unreference(handle_of(handle));
}
int uv_has_ref(const uv_handle_t* handle) {
  return handle_of(handle).has(violet::kReferenced) ? 1 : 0;
}

uv_handle_type uv_handle_get_type(const uv_handle_t* handle) {
  return handle->type;
}
void* uv_handle_get_data(const uv_handle_t* handle) {
  return handle->data;
}
void uv_handle_set_data(uv_handle_t* handle, void* data) {
  handle->data = data;
}
uv_loop_t* uv_handle_get_loop(const uv_handle_t* handle) {
  return handle->loop;
}

void uv_walk(uv_loop_t* loop, uv_walk_cb walk_cb, void* arg) {
  violet::HandleWalk walk(violet::loop_of(loop));
  while (Handle* handle = walk.next()) {
    if (handle->has(violet::kInternal)) continue;
    violet::call_program(violet::CallbackKind::kWalk, walk_cb, violet::public_handle(*handle), arg);
  }
}

void uv_print_all_handles(uv_loop_t* loop, FILE* stream) {
  print_handles(loop, false, stream);
}
void uv_print_active_handles(uv_loop_t* loop, FILE* stream) {
  print_handles(loop, true, stream);
}
