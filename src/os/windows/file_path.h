// Paths of files as the system takes them.
#pragma once

#include "os/windows/wide_text.h"

namespace violet {

// A path in UTF-16. What is too long for the system's usual limit gets the form that has none
// ("\\?\C:\..."), in which the system takes every letter as it is.
class FilePath {
 public:
  // 0, UV_EINVAL, UV_ENOMEM, or UV_ENOENT for what cannot be a path.
  int assign(const char* path);
  const wchar_t* get() const { return text_.get(); }
  // Whether it names a device or a pipe.
  bool is_device() const { return is_device_; }

 private:
  int extend(std::size_t full_size);

  WideText text_;
  bool is_device_ = false;
};

// The path behind "\\?\" as people write it, for release(); null when out of memory.
char* plain_path(const wchar_t* path);

}  // namespace violet
