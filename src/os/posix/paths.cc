#include "os/paths.h"

#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>

#include "base/allocator.h"
#include "base/error.h"
#include "os/output_text.h"
#include "os/users.h"

namespace violet {
namespace {

constexpr const char* kTemporaryVariables[] = {"TMPDIR", "TMP", "TEMP", "TEMPDIR"};
constexpr const char* kTemporaryDefault = "/tmp";

// Like write_text(), without the slash at the end of anything but the root.
int write_directory(const char* text, char* buffer, std::size_t* size) {
  std::size_t length = std::strlen(text);
  if (length > 1 && text[length - 1] == '/') --length;
  return write_text(text, length, buffer, size);
}

}  // namespace

int current_directory(char* buffer, std::size_t* size) {
  char fixed[PATH_MAX];
  if (getcwd(fixed, sizeof(fixed)) != nullptr) return write_directory(fixed, buffer, size);
  if (errno != ERANGE) return last_error();
  // A directory may lie deeper than PATH_MAX when it was reached step by step.
  Owned<char> path;
  for (std::size_t capacity = 2 * sizeof(fixed);; capacity *= 2) {
    path = Owned<char>(static_cast<char*>(allocate(capacity)));
    if (!path) return UV_ENOMEM;
    if (getcwd(path.get(), capacity) != nullptr) return write_directory(path.get(), buffer, size);
    if (errno != ERANGE) return last_error();
  }
}

int change_directory(const char* directory) {
  return chdir(directory) == 0 ? 0 : last_error();
}

int home_directory(char* buffer, std::size_t* size) {
  const char* home = std::getenv("HOME");
  if (home != nullptr) return write_text(home, buffer, size);
  uv_passwd_t user;
  int error = find_current_user(&user);
  if (error < 0) return error;
  error = write_text(user.homedir, buffer, size);
  release(user.username);
  return error;
}

int temporary_directory(char* buffer, std::size_t* size) {
  for (const char* variable : kTemporaryVariables) {
    const char* directory = std::getenv(variable);
    if (directory != nullptr) return write_directory(directory, buffer, size);
  }
  return write_directory(kTemporaryDefault, buffer, size);
}

}  // namespace violet
