#include <atomic>

#include "support.h"

namespace {

constexpr std::uint64_t kMillisecond = 1'000'000;

// Runs `body` on another thread until it is done.
template <typename Body>
void on_other_thread(Body body) {
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(
                   &thread, [](void* argument) { (*static_cast<Body*>(argument))(); }, &body));
  ASSERT_EQ(0, uv_thread_join(&thread));
}

TEST(Mutex, TryLockFailsWhileHeld) {
  uv_mutex_t mutex;
  ASSERT_EQ(0, uv_mutex_init(&mutex));
  uv_mutex_lock(&mutex);
  on_other_thread([&] { EXPECT_EQ(UV_EBUSY, uv_mutex_trylock(&mutex)); });
  uv_mutex_unlock(&mutex);
  on_other_thread([&] {
    EXPECT_EQ(0, uv_mutex_trylock(&mutex));
    uv_mutex_unlock(&mutex);
  });
  uv_mutex_destroy(&mutex);
}

TEST(Mutex, RecursiveIsHeldUntilTheLastUnlock) {
  uv_mutex_t mutex;
  ASSERT_EQ(0, uv_mutex_init_recursive(&mutex));
  uv_mutex_lock(&mutex);
  EXPECT_EQ(0, uv_mutex_trylock(&mutex));
  uv_mutex_unlock(&mutex);
  on_other_thread([&] { EXPECT_EQ(UV_EBUSY, uv_mutex_trylock(&mutex)); });
  uv_mutex_unlock(&mutex);
  uv_mutex_destroy(&mutex);
}

TEST(ReadWriteLock, ReadersShareAndWritersDoNot) {
  uv_rwlock_t lock;
  ASSERT_EQ(0, uv_rwlock_init(&lock));
  uv_rwlock_rdlock(&lock);
  on_other_thread([&] {
    EXPECT_EQ(0, uv_rwlock_tryrdlock(&lock));
    uv_rwlock_rdunlock(&lock);
    EXPECT_EQ(UV_EBUSY, uv_rwlock_trywrlock(&lock));
  });
  uv_rwlock_rdunlock(&lock);
  uv_rwlock_wrlock(&lock);
  on_other_thread([&] {
    EXPECT_EQ(UV_EBUSY, uv_rwlock_tryrdlock(&lock));
    EXPECT_EQ(UV_EBUSY, uv_rwlock_trywrlock(&lock));
  });
  uv_rwlock_wrunlock(&lock);
  EXPECT_EQ(0, uv_rwlock_trywrlock(&lock));
  uv_rwlock_wrunlock(&lock);
  uv_rwlock_destroy(&lock);
}

TEST(Semaphore, CountsDownToAgain) {
  uv_sem_t semaphore;
  ASSERT_EQ(0, uv_sem_init(&semaphore, 1));
  EXPECT_EQ(0, uv_sem_trywait(&semaphore));
  EXPECT_EQ(UV_EAGAIN, uv_sem_trywait(&semaphore));
  on_other_thread([&] { uv_sem_post(&semaphore); });
  uv_sem_wait(&semaphore);
  uv_sem_destroy(&semaphore);
}

struct Flag {
  uv_mutex_t mutex;
  uv_cond_t condition;
  bool is_set = false;
  void (*wake)(uv_cond_t*) = nullptr;

  Flag() {
    EXPECT_EQ(0, uv_mutex_init(&mutex));
    EXPECT_EQ(0, uv_cond_init(&condition));
  }
  ~Flag() {
    uv_cond_destroy(&condition);
    uv_mutex_destroy(&mutex);
  }
};

// For a thread: sets the flag and wakes whoever waits for it.
void set_flag(void* argument) {
  Flag& flag = *static_cast<Flag*>(argument);
  uv_mutex_lock(&flag.mutex);
  flag.is_set = true;
  flag.wake(&flag.condition);
  uv_mutex_unlock(&flag.mutex);
}

TEST(Condition, SignalWakesTheWaiter) {
  Flag flag;
  uv_thread_t thread;
  uv_mutex_lock(&flag.mutex);
  flag.wake = uv_cond_signal;
  ASSERT_EQ(0, uv_thread_create(&thread, set_flag, &flag));
  while (!flag.is_set)
    uv_cond_wait(&flag.condition, &flag.mutex);
  uv_mutex_unlock(&flag.mutex);
  EXPECT_EQ(0, uv_thread_join(&thread));
}

TEST(Condition, BroadcastWakesATimedWaiter) {
  Flag flag;
  uv_thread_t thread;
  uv_mutex_lock(&flag.mutex);
  flag.wake = uv_cond_broadcast;
  ASSERT_EQ(0, uv_thread_create(&thread, set_flag, &flag));
  int result = 0;
  while (!flag.is_set && result == 0) {
    result = uv_cond_timedwait(&flag.condition, &flag.mutex, 60'000 * kMillisecond);
  }
  EXPECT_EQ(0, result);
  uv_mutex_unlock(&flag.mutex);
  EXPECT_EQ(0, uv_thread_join(&thread));
}

TEST(Condition, TimedWaitEndsNoEarlierThanAsked) {
  Flag flag;
  uv_mutex_lock(&flag.mutex);
  std::uint64_t start = uv_hrtime();
  int result;
  do {
    start = uv_hrtime();
    result = uv_cond_timedwait(&flag.condition, &flag.mutex, 3 * kMillisecond);
  } while (result == 0);
  EXPECT_EQ(UV_ETIMEDOUT, result);
  EXPECT_GE(uv_hrtime() - start, 3 * kMillisecond);
  uv_mutex_unlock(&flag.mutex);
}

struct Meeting {
  uv_barrier_t barrier;
  std::atomic<int> serial{0};
};

void meet(void* argument) {
  Meeting& meeting = *static_cast<Meeting*>(argument);
  if (uv_barrier_wait(&meeting.barrier) > 0) ++meeting.serial;
}

TEST(Barrier, ExactlyOneThreadIsSerial) {
  constexpr unsigned kThreads = 4;
  Meeting meeting;
  uv_thread_t threads[kThreads];
  ASSERT_EQ(0, uv_barrier_init(&meeting.barrier, kThreads));
  for (uv_thread_t& thread : threads)
    ASSERT_EQ(0, uv_thread_create(&thread, meet, &meeting));
  for (uv_thread_t& thread : threads)
    EXPECT_EQ(0, uv_thread_join(&thread));
  EXPECT_EQ(1, meeting.serial);
  uv_barrier_destroy(&meeting.barrier);
}

TEST(Barrier, ForNoThreadsIsInvalid) {
  uv_barrier_t barrier;
  EXPECT_EQ(UV_EINVAL, uv_barrier_init(&barrier, 0));
}

int once_calls;

TEST(Once, CallsOnce) {
  once_calls = 0;
  uv_once_t guard = UV_ONCE_INIT;
  uv_once(&guard, [] { ++once_calls; });
  uv_once(&guard, [] { ++once_calls; });
  EXPECT_EQ(1, once_calls);
}

TEST(Key, HoldsOneValuePerThread) {
  uv_key_t key;
  int value = 0;
  ASSERT_EQ(0, uv_key_create(&key));
  EXPECT_EQ(nullptr, uv_key_get(&key));
  uv_key_set(&key, &value);
  EXPECT_EQ(&value, uv_key_get(&key));
  on_other_thread([&] { EXPECT_EQ(nullptr, uv_key_get(&key)); });
  uv_key_delete(&key);
}

}  // namespace
