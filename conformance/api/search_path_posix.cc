// The tests start programs of the system by their names. Whoever runs them may have folders in the
// path that he may not look into (root's, after a change of users), and then what is not there is
// UV_EACCES.
#include <cstdlib>

namespace {

[[maybe_unused]] const int is_set = setenv("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", 1);

}  // namespace
