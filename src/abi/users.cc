#include "os/users.h"

#include "base/allocator.h"
#include "uv.h"

int uv_os_get_passwd(uv_passwd_t* user) {
  return user == nullptr ? UV_EINVAL : violet::find_current_user(user);
}

int uv_os_get_passwd2(uv_passwd_t* user, uv_uid_t id) {
  return user == nullptr ? UV_EINVAL : violet::find_user(id, user);
}

void uv_os_free_passwd(uv_passwd_t* user) {
  if (user == nullptr) return;
  violet::release(user->username);
  user->username = user->shell = user->homedir = nullptr;
}

int uv_os_get_group(uv_group_t* group, uv_gid_t id) {
  return group == nullptr ? UV_EINVAL : violet::find_group(id, group);
}

void uv_os_free_group(uv_group_t* group) {
  if (group == nullptr) return;
  violet::release(group->members);
  group->members = nullptr;
  group->groupname = nullptr;
}
