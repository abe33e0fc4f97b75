#include <atomic>
#include <cstdio>
#include <cstring>
#include <new>

#include "base/allocator.h"
#include "os/system_error.h"
#include "uv.h"

namespace {

struct ErrorText {
  int code;
  const char* name;
  const char* message;
};

#define ERROR_ROW(NAME, MESSAGE) {UV_##NAME, #NAME, MESSAGE},
constexpr ErrorText kErrors[] = {UV_ERRNO_MAP(ERROR_ROW)};
#undef ERROR_ROW

constexpr std::size_t kUnknownSize = 48;

const ErrorText* find_error(int code) {
  for (const ErrorText& error : kErrors) {
    if (error.code == code) return &error;
  }
  return nullptr;
}

void describe_unknown(int code, char* text, std::size_t size) {
  std::snprintf(text, size, "Unknown system error %d", code);
}

struct UnknownText {
  UnknownText* next;
  int code;
  char text[kUnknownSize];
};

// Programs may keep the pointer for ever, so the text for an unknown code is never released; but
// whoever asks again gets the same.
std::atomic<UnknownText*> newest_text{nullptr};

UnknownText* find_unknown(int code, UnknownText* from, const UnknownText* to) {
  while (from != to && from->code != code)
    from = from->next;
  return from != to ? from : nullptr;
}

const char* lasting_unknown(int code) {
  UnknownText* newest = newest_text.load(std::memory_order_acquire);
  UnknownText* known = find_unknown(code, newest, nullptr);
  if (known != nullptr) return known->text;
  void* memory = violet::allocate(sizeof(UnknownText));
  if (memory == nullptr) return "Unknown system error";
  UnknownText* made = new (memory) UnknownText{newest, code, {}};
  describe_unknown(code, made->text, sizeof(made->text));
  while (!newest_text.compare_exchange_weak(newest, made, std::memory_order_acq_rel)) {
    // Another thread was faster, perhaps with the same code.
    known = find_unknown(code, newest, made->next);
    if (known != nullptr) {
      violet::release(made);
      return known->text;
    }
    made->next = newest;
  }
  return made->text;
}

char* write_cut(const char* known, int code, char* buffer, std::size_t size) {
  if (known == nullptr) {
    describe_unknown(code, buffer, size);
  } else {
    std::snprintf(buffer, size, "%s", known);
  }
  return buffer;
}

}  // namespace

const char* uv_err_name(int code) {
  const ErrorText* error = find_error(code);
  return error != nullptr ? error->name : lasting_unknown(code);
}

const char* uv_strerror(int code) {
  const ErrorText* error = find_error(code);
  return error != nullptr ? error->message : lasting_unknown(code);
}

char* uv_err_name_r(int code, char* buffer, size_t size) {
  const ErrorText* error = find_error(code);
  return write_cut(error != nullptr ? error->name : nullptr, code, buffer, size);
}

char* uv_strerror_r(int code, char* buffer, size_t size) {
  const ErrorText* error = find_error(code);
  return write_cut(error != nullptr ? error->message : nullptr, code, buffer, size);
}

int uv_translate_sys_error(int system_error) {
  return violet::translate_system_error(system_error);
}
