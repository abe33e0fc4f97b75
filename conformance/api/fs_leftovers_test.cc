// What stays allocated when a program does not clean up a request, and when its last loop is
// closed. Counted in processes of their own, since the allocator is the process's.
#include <atomic>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "brief_program.h"
#include "fs_support.h"
#include "own_process.h"
#include "platform.h"
#include "support.h"

namespace conformance {
namespace {

std::atomic<long> held;

void* count(void* memory) {
  if (memory != nullptr) ++held;
  return memory;
}
void* count_malloc(size_t size) {
  return count(std::malloc(size));
}
void* count_calloc(size_t number, size_t size) {
  return count(std::calloc(number, size));
}
void* count_realloc(void* memory, size_t size) {
  void* moved = std::realloc(memory, size);
  return memory == nullptr ? count(moved) : moved;
}
void count_free(void* memory) {
  if (memory != nullptr) --held;
  std::free(memory);
}

constexpr int kFailed = 99;

// What `life` leaves allocated, or kFailed.
int left_after(const std::function<bool()>& life) {
  return in_own_process([&life] {
    uv_replace_allocator(count_malloc, count_realloc, count_calloc, count_free);
    return life() ? static_cast<int>(held) : kFailed;
  });
}

struct Life {
  uv_loop_t loop;
  bool is_asynchronous;
  std::string path;
  uv_fs_t request = {};

  static void done(uv_fs_t*) {}
  uv_fs_cb callback() const { return is_asynchronous ? done : nullptr; }
  ssize_t end(int started) {
    if (!is_asynchronous) return started;
    if (started != 0) return started;
    uv_run(&loop, UV_RUN_DEFAULT);
    return request.result;
  }
  // Between two counts the loop and the pool have what they keep.
  void warm_up() {
    uv_fs_t other;
    uv_fs_stat(&loop, &other, "/", done);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_fs_req_cleanup(&other);
  }
};

class FsLeftovers : public testing::TestWithParam<Mode> {
 protected:
  void SetUp() override {
    if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
    for (const char* name : {"a", "b", "c"})
      std::ofstream(directory_ / name);
  }

  // What stays after `use`, which does one thing and does not clean up.
  int left_by(const std::function<bool(Life&)>& use) {
    return left_after([&] {
      Life life;
      life.is_asynchronous = GetParam() == Mode::kAsync;
      life.path = directory_.path();
      if (uv_loop_init(&life.loop) != 0) return false;
      life.warm_up();
      const long before = held;
      if (!use(life)) return false;
      held = held - before;
      return true;
    });
  }
  // The copy of the path, which the program may look at until it cleans up.
  int path() const { return GetParam() == Mode::kAsync ? 1 : 0; }

  TemporaryDirectory directory_;
};
FOR_BOTH_MODES(FsLeftovers);

bool scan(Life& life, ssize_t expected) {
  const char* path = life.path.c_str();
  return life.end(uv_fs_scandir(&life.loop, &life.request, path, 0, life.callback())) == expected;
}

TEST_P(FsLeftovers, NothingAfterAScanThatWasReadToItsEnd) {
  EXPECT_EQ(path(), left_by([](Life& life) {
              if (!scan(life, 3)) return false;
              uv_dirent_t entry;
              int count = 0;
              while (uv_fs_scandir_next(&life.request, &entry) == 0)
                ++count;
              return count == 3 && life.request.ptr == nullptr && life.request.result == 3 &&
                     uv_fs_scandir_next(&life.request, &entry) == UV_EOF;
            }));
}

TEST_P(FsLeftovers, ACleanUpAfterTheEndIsFine) {
  EXPECT_EQ(0, left_by([](Life& life) {
              if (!scan(life, 3)) return false;
              uv_dirent_t entry;
              while (uv_fs_scandir_next(&life.request, &entry) == 0) {
              }
              uv_fs_req_cleanup(&life.request);
              uv_fs_req_cleanup(&life.request);
              return true;
            }));
}

TEST_P(FsLeftovers, NothingAfterAScanThatFindsNothing) {
  for (const char* name : {"a", "b", "c"})
    ASSERT_TRUE(std::filesystem::remove(directory_ / name));
  EXPECT_EQ(path(), left_by([](Life& life) { return scan(life, 0); }));
}

TEST_P(FsLeftovers, NothingAfterAReadOfADirectoryAtItsEnd) {
  EXPECT_EQ(
      0, left_by([](Life& life) {
        const char* path = life.path.c_str();
        if (life.end(uv_fs_opendir(&life.loop, &life.request, path, life.callback())) != 0)
          return false;
        uv_dir_t* directory = static_cast<uv_dir_t*>(life.request.ptr);
        uv_fs_req_cleanup(&life.request);
        uv_dirent_t entries[4];
        directory->dirents = entries;
        directory->nentries = 4;
        for (ssize_t expected : {3, 0}) {
          int started = uv_fs_readdir(&life.loop, &life.request, directory, life.callback());
          if (life.end(started) != expected) return false;
          if (expected > 0) uv_fs_req_cleanup(&life.request);
        }
        return life.end(uv_fs_closedir(&life.loop, &life.request, directory, life.callback())) == 0;
      }));
}

TEST_P(FsLeftovers, AResolvedPathIsTheProgramsUntilItCleansUp) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv hands out memory of the C library's";
  const auto resolve = [](Life& life) {
    uv_fs_t* request = &life.request;
    return life.end(uv_fs_realpath(&life.loop, request, "/", life.callback())) == 0;
  };
  EXPECT_EQ(path() + 1, left_by(resolve));
  EXPECT_EQ(0, left_by([&](Life& life) {
              const bool fine = resolve(life);
              uv_fs_req_cleanup(&life.request);
              return fine;
            }));
}

// More than a request has room for in itself.
TEST_P(FsLeftovers, NothingOfTheArrayOfBuffers) {
  EXPECT_EQ(
      0, left_by([](Life& life) {
        char bytes[64] = "";
        uv_buf_t buffers[64];
        for (int i = 0; i < 64; ++i)
          buffers[i] = uv_buf_init(bytes + i, 1);
        uv_fs_t* request = &life.request;
        const int file =
            uv_fs_open(nullptr, request, (life.path + "/a").c_str(), UV_FS_O_RDWR, 0, nullptr);
        return life.end(uv_fs_write(&life.loop, request, file, buffers, 64, 0, life.callback())) ==
                   64 &&
               life.end(uv_fs_read(&life.loop, request, file, buffers, 64, 0, life.callback())) ==
                   64 &&
               life.end(uv_fs_read(&life.loop, request, -1, buffers, 64, 0, life.callback())) ==
                   UV_EBADF;
      }));
}

TEST_P(FsLeftovers, NothingOfARequestThatWasRefused) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 hands it to the kernel";
  EXPECT_EQ(
      0, left_by([](Life& life) {
        uv_buf_t buffers[64] = {};
        buffers[63].len = UINT_MAX;
        uv_fs_t* request = &life.request;
        return uv_fs_write(&life.loop, request, 0, buffers, 64, 0, life.callback()) == UV_EINVAL &&
               uv_fs_copyfile(&life.loop, request, "a", "b", 99, life.callback()) == UV_EINVAL;
      }));
}

// The whole process's: what the first of anything sets up.
class Leftovers : public testing::Test {
 protected:
  void SetUp() override {
    if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  }
};

bool with_loop(const std::function<bool(uv_loop_t&)>& use) {
  uv_loop_t loop;
  if (uv_loop_init(&loop) != 0) return false;
  return use(loop) && uv_run(&loop, UV_RUN_DEFAULT) == 0 && uv_loop_close(&loop) == 0;
}

TEST_F(Leftovers, NothingOfThePool) {
  EXPECT_EQ(0, left_after([] {
              return with_loop([](uv_loop_t& loop) {
                static uv_work_t work[8];
                for (uv_work_t& one : work) {
                  if (uv_queue_work(
                          &loop, &one, [](uv_work_t*) {}, nullptr) != 0)
                    return false;
                }
                return true;
              });
            }));
}

TEST_F(Leftovers, NothingOfALargePoolOnceItIsShutDown) {
  EXPECT_EQ(0, left_after([] {
              uv_os_setenv("UV_THREADPOOL_SIZE", "64");
              const bool fine = with_loop([](uv_loop_t& loop) {
                static uv_work_t work[200];
                for (uv_work_t& one : work) {
                  if (uv_queue_work(
                          &loop, &one, [](uv_work_t*) {}, nullptr) != 0)
                    return false;
                }
                return true;
              });
              uv_library_shutdown();
              return fine;
            }));
}

TEST_F(Leftovers, NothingOfLookUpsAndRandomBytes) {
  EXPECT_EQ(
      0, left_after([] {
        return with_loop([](uv_loop_t& loop) {
          static uv_getaddrinfo_t lookup;
          static uv_random_t random;
          static char bytes[8];
          const uv_getaddrinfo_cb free_addresses = [](uv_getaddrinfo_t*, int, addrinfo* addresses) {
            uv_freeaddrinfo(addresses);
          };
          const uv_random_cb ignore = [](uv_random_t*, int, void*, size_t) {};
          return uv_getaddrinfo(&loop, &lookup, free_addresses, "127.0.0.1", "80", nullptr) == 0 &&
                 uv_random(&loop, &random, bytes, sizeof(bytes), 0, ignore) == 0;
        });
      }));
}

TEST_F(Leftovers, NothingOfSignalsAndChildren) {
  EXPECT_EQ(0, left_after([] {
              return with_loop([](uv_loop_t& loop) {
                static uv_signal_t signal;
                static uv_process_t process;
                BriefProgram program;
                program.options.exit_cb = [](uv_process_t* child, int64_t, int) {
                  uv_close(reinterpret_cast<uv_handle_t*>(child), nullptr);
                  uv_close(reinterpret_cast<uv_handle_t*>(&signal), nullptr);
                };
                if (uv_signal_init(&loop, &signal) != 0) return false;
                if (uv_signal_start(
                        &signal, [](uv_signal_t*, int) {}, kSomeSignal) != 0)
                  return false;
                // On Windows it would end us.
                if (!kIsWindows) uv_kill(uv_os_getpid(), kSomeSignal);
                return uv_spawn(&loop, &process, &program.options) == 0;
              });
            }));
}

TEST_F(Leftovers, NothingOfWatchedFiles) {
  EXPECT_EQ(0, left_after([] {
              return with_loop([](uv_loop_t& loop) {
                static uv_fs_event_t event;
                static uv_fs_poll_t poll;
                if (uv_fs_event_init(&loop, &event) != 0 || uv_fs_poll_init(&loop, &poll) != 0)
                  return false;
                const uv_fs_event_cb on_event = [](uv_fs_event_t*, const char*, int, int) {};
                const uv_fs_poll_cb on_poll = [](uv_fs_poll_t*, int, const uv_stat_t*,
                                                 const uv_stat_t*) {};
                if (uv_fs_event_start(&event, on_event, ".", 0) != 0) return false;
                if (uv_fs_poll_start(&poll, on_poll, ".", 1000) != 0) return false;
                uv_run(&loop, UV_RUN_NOWAIT);
                uv_close(reinterpret_cast<uv_handle_t*>(&event), nullptr);
                uv_close(reinterpret_cast<uv_handle_t*>(&poll), nullptr);
                return true;
              });
            }));
}

TEST_F(Leftovers, NothingOfTheEnvironmentAndTheUsers) {
  EXPECT_EQ(
      0, left_after([] {
        uv_env_item_t* items;
        int count;
        uv_passwd_t user;
        uv_cpu_info_t* cpus;
        uv_interface_address_t* interfaces;
        if (uv_os_environ(&items, &count) != 0) return false;
        uv_os_free_environ(items, count);
        if (uv_os_setenv("VIOLET_LEFTOVERS", "x") != 0 || uv_os_unsetenv("VIOLET_LEFTOVERS") != 0)
          return false;
        if (uv_os_get_passwd(&user) == 0) uv_os_free_passwd(&user);
        if (uv_cpu_info(&cpus, &count) == 0) uv_free_cpu_info(cpus, count);
        if (uv_interface_addresses(&interfaces, &count) == 0) {
          uv_free_interface_addresses(interfaces, count);
        }
        return true;
      }));
}

TEST_F(Leftovers, NothingOfTheTitleAfterTheShutdown) {
  // Another test of this process has done so; by itself this one passes there.
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 takes a process's arguments only once";
  EXPECT_EQ(0, left_after([] {
              // One behind the other, as a program's arguments lie.
              static char block[] = "some-program\0argument";
              static char* arguments[] = {block, block + sizeof("some-program"), nullptr};
              char** kept = uv_setup_args(2, arguments);
              char title[64];
              if (kept == nullptr || uv_set_process_title("title") != 0) return false;
              if (uv_get_process_title(title, sizeof(title)) != 0) return false;
              uv_library_shutdown();
              return true;
            }));
}

}  // namespace
}  // namespace conformance
