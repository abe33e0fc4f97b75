#include "os/users.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <userenv.h>

#include <climits>

#include "base/allocator.h"
#include "os/windows/owned_handle.h"
#include "os/windows/profile.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

// Accounts have no numbers here.
constexpr unsigned long kNoNumber = ULONG_MAX;
// UNLEN of <lmcons.h>, and the terminator.
constexpr DWORD kUserNameSize = 257;

}  // namespace

int profile_directory(WideText& directory) {
  OwnedHandle token;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_READ, token.to_fill())) {
    return last_windows_error();
  }
  DWORD size = static_cast<DWORD>(directory.capacity());
  if (GetUserProfileDirectoryW(token.get(), directory.get(), &size)) return 0;
  if (GetLastError() != ERROR_INSUFFICIENT_BUFFER) return last_windows_error();
  if (directory.reserve(size) == nullptr) return UV_ENOMEM;
  return GetUserProfileDirectoryW(token.get(), directory.get(), &size) ? 0 : last_windows_error();
}

int find_current_user(uv_passwd_t* user) {
  wchar_t name[kUserNameSize];
  DWORD name_size = kUserNameSize;
  if (!GetUserNameW(name, &name_size)) return last_windows_error();
  WideText home;
  if (int error = profile_directory(home); error != 0) return error;
  char* block = static_cast<char*>(allocate(narrow_size(name) + narrow_size(home.get()) + 2));
  if (block == nullptr) return UV_ENOMEM;
  user->username = block;
  user->homedir = write_narrow(name, block);
  write_narrow(home.get(), user->homedir);
  user->shell = nullptr;
  user->uid = kNoNumber;
  user->gid = kNoNumber;
  return 0;
}

int find_user(uv_uid_t, uv_passwd_t*) {
  return UV_ENOTSUP;
}

int find_group(uv_gid_t, uv_group_t*) {
  return UV_ENOTSUP;
}

}  // namespace violet
