// Accounts of the system.
#pragma once

#include "uv.h"

namespace violet {

// Each result lies in one block of memory: release() takes `username`, or `members`.
// 0 or a negative UV_E*; UV_ENOENT when there is no such account.
int find_current_user(uv_passwd_t* user);
int find_user(uv_uid_t id, uv_passwd_t* user);
int find_group(uv_gid_t id, uv_group_t* group);

}  // namespace violet
