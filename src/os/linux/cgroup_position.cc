#include <cstdio>
#include <cstring>

#include "os/linux/cgroup.h"
#include "os/linux/text_view.h"

namespace violet {
namespace {

struct Membership {
  int version = 0;
  TextView path;
};

// A line of /proc/self/cgroup is "id:controllers:path"; version 2 has no controllers there.
Membership find_membership(const char* controller, TextView cgroups) {
  Membership found;
  for (TextView line; next_field(cgroups, '\n', line);) {
    TextView id, controllers;
    if (!next_field(line, ':', id) || !next_field(line, ':', controllers)) continue;
    if (controllers.size == 0 && found.version == 0) found = {2, line};
    for (TextView name; next_field(controllers, ',', name);) {
      if (equals(name, controller)) return {1, line};
    }
  }
  return found;
}

struct Mount {
  TextView root;
  TextView point;
  TextView type;
  TextView options;  // Of the super block: for version 1 they name the controllers.
};

// A line of mountinfo: id parent device root point options [tags...] "-" type source super-options.
bool parse_mount(TextView line, Mount& mount) {
  TextView skipped;
  for (int i = 0; i < 3; ++i) {
    if (!next_field(line, ' ', skipped)) return false;
  }
  if (!next_field(line, ' ', mount.root) || !next_field(line, ' ', mount.point)) return false;
  do {
    if (!next_field(line, ' ', skipped)) return false;
  } while (!equals(skipped, "-"));
  return next_field(line, ' ', mount.type) && next_field(line, ' ', skipped) &&
         next_field(line, ' ', mount.options);
}

bool carries(const Mount& mount, int version, const char* controller) {
  if (version == 2) return equals(mount.type, "cgroup2");
  if (!equals(mount.type, "cgroup")) return false;
  TextView options = mount.options;
  for (TextView option; next_field(options, ',', option);) {
    if (equals(option, controller)) return true;
  }
  return false;
}

// Inside a container the mount may show only a part of the hierarchy, and /proc the whole path.
TextView below_root(TextView path, TextView root) {
  if (equals(root, "/") || !starts_with(path, root)) return path;
  const bool ends_within_a_name = path.size > root.size && path.data[root.size] != '/';
  if (ends_within_a_name) return path;
  return {path.data + root.size, path.size - root.size};
}

}  // namespace

CgroupPosition find_cgroup(const char* controller, const char* cgroups, const char* mounts) {
  CgroupPosition position;
  Membership membership = find_membership(controller, view(cgroups));
  TextView rest = view(mounts);
  for (TextView line; membership.version != 0 && next_field(rest, '\n', line);) {
    Mount mount;
    if (!parse_mount(line, mount) || !carries(mount, membership.version, controller)) continue;
    TextView path = below_root(membership.path, mount.root);
    int length = std::snprintf(position.directory, sizeof(position.directory), "%.*s%.*s",
                               static_cast<int>(mount.point.size), mount.point.data,
                               static_cast<int>(path.size), path.data);
    if (length < 0 || static_cast<std::size_t>(length) >= sizeof(position.directory)) break;
    if (position.directory[length - 1] == '/') position.directory[length - 1] = '\0';
    position.version = membership.version;
    position.mount_length = mount.point.size;
    break;
  }
  return position;
}

bool ascend(CgroupPosition& position) {
  char* relative = position.directory + position.mount_length;
  char* slash = std::strrchr(relative, '/');
  if (slash == nullptr) return false;
  *slash = '\0';
  return true;
}

}  // namespace violet
