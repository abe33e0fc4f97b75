#include <cstdio>
#include <cstring>

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

// Programs may keep the pointer for ever, so the text for an unknown code is never released.
const char* lasting_unknown(int code) {
  char text[kUnknownSize];
  describe_unknown(code, text, sizeof(text));
  const char* copy = violet::duplicate_string(text);
  return copy != nullptr ? copy : "Unknown system error";
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
