#include "os/users.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/allocator.h"
#include "base/error.h"

namespace violet {
namespace {

constexpr std::size_t kFirstCapacity = 2048;

// Calls `look_up(buffer, capacity)`, a getpw*_r or getgr*_r that returns an errno, with ever more
// room for the strings of the entry.
template <typename LookUp>
int look_up_growing(Owned<char>& buffer, LookUp look_up) {
  for (std::size_t capacity = kFirstCapacity;; capacity *= 2) {
    buffer = Owned<char>(static_cast<char*>(allocate(capacity)));
    if (!buffer) return UV_ENOMEM;
    int error = look_up(buffer.get(), capacity);
    if (error == EINTR) {
      capacity /= 2;
    } else if (error != ERANGE) {
      return error_from_errno(error);
    }
  }
}

// Appends a string to a block that has room for it.
char* append(char*& block, const char* text) {
  char* start = block;
  std::size_t size = std::strlen(text) + 1;
  std::memcpy(start, text, size);
  block += size;
  return start;
}

}  // namespace

int find_current_user(uv_passwd_t* user) {
  return find_user(geteuid(), user);
}

int find_user(uv_uid_t id, uv_passwd_t* user) {
  Owned<char> buffer;
  passwd entry;
  passwd* found = nullptr;
  int error = look_up_growing(buffer, [&](char* memory, std::size_t capacity) {
    return getpwuid_r(id, &entry, memory, capacity, &found);
  });
  if (error < 0) return error;
  if (found == nullptr) return UV_ENOENT;

  char* block = static_cast<char*>(allocate(
      std::strlen(entry.pw_name) + std::strlen(entry.pw_shell) + std::strlen(entry.pw_dir) + 3));
  if (block == nullptr) return UV_ENOMEM;
  user->username = append(block, entry.pw_name);
  user->shell = append(block, entry.pw_shell);
  user->homedir = append(block, entry.pw_dir);
  user->uid = entry.pw_uid;
  user->gid = entry.pw_gid;
  return 0;
}

int find_group(uv_gid_t id, uv_group_t* result) {
  Owned<char> buffer;
  group entry;
  group* found = nullptr;
  int error = look_up_growing(buffer, [&](char* memory, std::size_t capacity) {
    return getgrgid_r(id, &entry, memory, capacity, &found);
  });
  if (error < 0) return error;
  if (found == nullptr) return UV_ENOENT;

  std::size_t count = 0;
  std::size_t text_size = std::strlen(entry.gr_name) + 1;
  for (; entry.gr_mem[count] != nullptr; ++count)
    text_size += std::strlen(entry.gr_mem[count]) + 1;
  char** members = static_cast<char**>(allocate((count + 1) * sizeof(char*) + text_size));
  if (members == nullptr) return UV_ENOMEM;
  char* block = reinterpret_cast<char*>(members + count + 1);
  result->groupname = append(block, entry.gr_name);
  for (std::size_t i = 0; i < count; ++i)
    members[i] = append(block, entry.gr_mem[i]);
  members[count] = nullptr;
  result->members = members;
  result->gid = entry.gr_gid;
  return 0;
}

}  // namespace violet
