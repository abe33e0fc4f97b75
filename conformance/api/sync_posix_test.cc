#include "support.h"

namespace {

// On Windows a uv_mutex_t is a critical section, which is recursive.
TEST(Mutex, IsNotRecursive) {
  uv_mutex_t mutex;
  ASSERT_EQ(0, uv_mutex_init(&mutex));
  uv_mutex_lock(&mutex);
  EXPECT_EQ(UV_EBUSY, uv_mutex_trylock(&mutex));
  uv_mutex_unlock(&mutex);
  uv_mutex_destroy(&mutex);
}

}  // namespace
