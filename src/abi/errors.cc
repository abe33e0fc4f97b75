#include <atomic>
#include <cstdio>
#include <cstring>
#include <new>

#include "core/allocator.h"
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
  int code;
  char text[kUnknownSize];
};

// Programs may keep the pointer for ever, so the text for an unknown code is never released; but
// one that asks again gets the same. Only who asks for more codes than these leaves memory behind.
constexpr std::size_t kKeptTexts = 64;
std::atomic<UnknownText*> kept_texts[kKeptTexts];

UnknownText* make_unknown(int code) {
  void* memory = violet::allocate(sizeof(UnknownText));
  if (memory == nullptr) return nullptr;
  UnknownText* unknown = new (memory) UnknownText{code, {}};
  describe_unknown(code, unknown->text, sizeof(unknown->text));
  return unknown;
}

const char* lasting_unknown(int code) {
  UnknownText* made = nullptr;
  for (std::atomic<UnknownText*>& place : kept_texts) {
    UnknownText* kept = place.load(std::memory_order_acquire);
    if (kept == nullptr && made == nullptr) made = make_unknown(code);
    if (kept == nullptr && made == nullptr) return "Unknown system error";
    // Another thread may fill the place first, perhaps for the same code.
    if (kept == nullptr && place.compare_exchange_strong(kept, made, std::memory_order_acq_rel)) {
      return made->text;
    }
    if (kept->code != code) continue;
    violet::release(made);
    return kept->text;
  }
  if (made == nullptr) made = make_unknown(code);
  return made != nullptr ? made->text : "Unknown system error";
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
