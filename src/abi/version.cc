#include "uv/version.h"

namespace {

constexpr char digit(int number) {
  return static_cast<char>('0' + number);
}

static_assert(UV_VERSION_MAJOR < 10 && UV_VERSION_MINOR >= 10 && UV_VERSION_MINOR < 100 &&
              UV_VERSION_PATCH < 10);
constexpr char kVersion[] = {
    digit(UV_VERSION_MAJOR), '.', digit(UV_VERSION_MINOR / 10), digit(UV_VERSION_MINOR % 10), '.',
    digit(UV_VERSION_PATCH), '\0'};

}  // namespace

unsigned int uv_version(void) {
  return UV_VERSION_HEX;
}

const char* uv_version_string(void) {
  return kVersion;
}
