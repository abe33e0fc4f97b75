#include "os/posix/program_search.h"

#include <cstring>

namespace violet {
namespace {

constexpr char kDefaultPath[] = "/bin:/usr/bin";
constexpr char kShell[] = "/bin/sh";

const char* path_of(char* const* environment) {
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    if (std::strncmp(*environment, "PATH=", 5) == 0) return *environment + 5;
  }
  return kDefaultPath;
}

std::size_t count_of(char* const* arguments) {
  std::size_t count = 0;
  while (arguments != nullptr && arguments[count] != nullptr)
    ++count;
  return count;
}

}  // namespace

bool ProgramSearch::prepare(const char* file, char* const* arguments, char* const* environment) {
  file_ = file;
  file_length_ = std::strlen(file);
  searches_ = std::strchr(file, '/') == nullptr;
  rest_ = searches_ ? path_of(environment) : file;
  path_ = Owned<char>(static_cast<char*>(allocate(std::strlen(rest_) + file_length_ + 2)));

  // The shell, the script's path in place of its name, its arguments, the end.
  std::size_t count = count_of(arguments);
  script_ = Owned<char*>(static_cast<char**>(allocate((count + 3) * sizeof(char*))));
  if (!path_ || !script_) return false;
  script_[0] = const_cast<char*>(kShell);
  std::size_t length = 2;
  for (std::size_t i = 1; i < count; ++i)
    script_[length++] = arguments[i];
  script_[length] = nullptr;
  return true;
}

bool ProgramSearch::depends_on_directory() const {
  if (!searches_) return rest_[0] != '/';
  // Each part of PATH, an empty one among them.
  for (const char* part = rest_; part != nullptr;) {
    if (*part != '/') return true;
    const char* end = std::strchr(part, ':');
    part = end == nullptr ? nullptr : end + 1;
  }
  return false;
}

const char* ProgramSearch::next() {
  if (rest_ == nullptr || file_length_ == 0) return nullptr;
  if (!searches_) {
    rest_ = nullptr;
    return file_;
  }
  // An empty part of PATH is the current directory.
  const char* end = rest_;
  char* to = path_.get();
  while (*end != '\0' && *end != ':')
    *to++ = *end++;
  if (to != path_.get()) *to++ = '/';
  std::memcpy(to, file_, file_length_ + 1);
  rest_ = *end == ':' ? end + 1 : nullptr;
  return path_.get();
}

char* const* ProgramSearch::script_arguments() {
  script_[1] = const_cast<char*>(searches_ ? path_.get() : file_);
  return script_.get();
}

}  // namespace violet
