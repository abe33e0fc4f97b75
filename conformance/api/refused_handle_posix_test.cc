// Handles whose initialisation was refused for want of a descriptor.
#include <sys/resource.h>
#include <sys/socket.h>

#include "refused_handle_support.h"

namespace conformance {
namespace {

// As long as it lives nothing can be opened. UBSan asks for a pipe when it looks at an object's
// type: no test's members are used meanwhile.
class NoDescriptors {
 public:
  NoDescriptors() {
    EXPECT_EQ(0, getrlimit(RLIMIT_NOFILE, &before_));
    const rlimit none = {3, before_.rlim_max};
    EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &none));
  }
  ~NoDescriptors() { EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &before_)); }

 private:
  rlimit before_;
};

TEST_F(RefusedHandle, ForWantOfADescriptor) {
  uv_loop_t* const its_loop = &loop;
  expect_refusal<uv_tcp_t>(UV_EMFILE, [=](uv_tcp_t* tcp) {
    const NoDescriptors none;
    return uv_tcp_init_ex(its_loop, tcp, AF_INET);
  });
  expect_refusal<uv_udp_t>(UV_EMFILE, [=](uv_udp_t* udp) {
    const NoDescriptors none;
    return uv_udp_init_ex(its_loop, udp, AF_INET);
  });
}

}  // namespace
}  // namespace conformance
