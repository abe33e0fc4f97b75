#include "os/paths.h"

#include "os/output_text.h"
#include "uv.h"

int uv_exepath(char* buffer, size_t* size) {
  return violet::is_output(buffer, size) ? violet::executable_path(buffer, size) : UV_EINVAL;
}

int uv_cwd(char* buffer, size_t* size) {
  return violet::is_output(buffer, size) ? violet::current_directory(buffer, size) : UV_EINVAL;
}

int uv_chdir(const char* directory) {
  return directory == nullptr ? UV_EINVAL : violet::change_directory(directory);
}

int uv_os_homedir(char* buffer, size_t* size) {
  return violet::is_output(buffer, size) ? violet::home_directory(buffer, size) : UV_EINVAL;
}

int uv_os_tmpdir(char* buffer, size_t* size) {
  return violet::is_output(buffer, size) ? violet::temporary_directory(buffer, size) : UV_EINVAL;
}
