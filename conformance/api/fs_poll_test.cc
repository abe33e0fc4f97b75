// Watching a file by looking at it again and again.
#include <cstdio>
#include <functional>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

struct Told {
  int status;
  uint64_t before;  // sizes
  uint64_t now;

  bool operator==(const Told& other) const {
    return status == other.status && before == other.before && now == other.now;
  }
};

std::ostream& operator<<(std::ostream& out, const Told& told) {
  return out << told.status << ":" << told.before << ">" << told.now;
}

struct Poller {
  uv_fs_poll_t handle = {};
  std::vector<Told> told;
  std::function<void(Poller&)> then = [](Poller&) {};
  int closed = 0;

  static void on_change(uv_fs_poll_t* handle, int status, const uv_stat_t* before,
                        const uv_stat_t* now) {
    Poller& self = *static_cast<Poller*>(handle->data);
    self.told.push_back({status, before->st_size, now->st_size});
    self.then(self);
  }
  static void on_close(uv_handle_t* handle) { ++static_cast<Poller*>(handle->data)->closed; }

  uv_handle_t* base() { return reinterpret_cast<uv_handle_t*>(&handle); }
  int start(const std::string& path, unsigned interval = 1) {
    return uv_fs_poll_start(&handle, on_change, path.c_str(), interval);
  }
  void close() { uv_close(base(), on_close); }
};

class FsPoll : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_fs_poll_init(&loop_, &poller_.handle));
    poller_.handle.data = &poller_;
  }
  void TearDown() override {
    if (!uv_is_closing(poller_.base())) poller_.close();
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(1, poller_.closed);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }
  void write_file(const std::string& text) {
    FILE* file = std::fopen(path_.c_str(), "w");
    ASSERT_NE(nullptr, file);
    std::fputs(text.c_str(), file);
    std::fclose(file);
  }
  void replace_file(const std::string& text) {
    std::string target = path_;
    path_ += ".new";
    write_file(text);
    // rename(3) of Windows replaces nothing.
    FsCall call;
    ASSERT_EQ(0, uv_fs_rename(nullptr, &call.request, path_.c_str(), target.c_str(), nullptr));
    path_ = target;
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  std::string path_ = directory_ / "file";
  Poller poller_;
};

TEST_F(FsPoll, TellsOfChanges) {
  // Each change is made in answer to the one before. Files are replaced as a whole, so that no
  // half of a change is seen.
  poller_.then = [&](Poller& self) {
    switch (self.told.size()) {
      case 1:
        return replace_file("abc");
      case 2:
        return replace_file("abcdef");
      case 3:
        ASSERT_EQ(0, std::remove(path_.c_str()));
        return;
      case 4:
        return replace_file("x");
      default:
        self.close();
    }
  };
  ASSERT_EQ(0, poller_.start(path_));
  EXPECT_EQ(1, uv_is_active(poller_.base()));
  uv_run(&loop_, UV_RUN_DEFAULT);
  std::vector<Told> expected = {
      {UV_ENOENT, 0, 0}, {0, 0, 3}, {0, 3, 6}, {UV_ENOENT, 6, 0}, {0, 6, 1}};
  EXPECT_EQ(expected, poller_.told);
}

TEST_F(FsPoll, SaysNothingWithoutAChange) {
  write_file("abc");
  ASSERT_EQ(0, poller_.start(path_));
  uv_timer_t timer;
  ASSERT_EQ(0, uv_timer_init(&loop_, &timer));
  timer.data = &poller_;
  uv_timer_start(
      &timer,
      [](uv_timer_t* started) {
        static_cast<Poller*>(started->data)->close();
        uv_close(reinterpret_cast<uv_handle_t*>(started), nullptr);
      },
      50, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_TRUE(poller_.told.empty());
}

TEST_F(FsPoll, LetsTheFirstStartCount) {
  char buffer[1024];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(UV_EINVAL, uv_fs_poll_getpath(&poller_.handle, buffer, &size));
  ASSERT_EQ(0, poller_.start(path_, 100));
  EXPECT_EQ(0, poller_.start("/other", 1));
  size = sizeof(buffer);
  ASSERT_EQ(0, uv_fs_poll_getpath(&poller_.handle, buffer, &size));
  EXPECT_EQ(path_, buffer);
  EXPECT_EQ(path_.size(), size);
  for (std::size_t too_small : {1u, 0u}) {
    size = too_small;
    EXPECT_EQ(UV_ENOBUFS, uv_fs_poll_getpath(&poller_.handle, buffer, &size));
    EXPECT_EQ(path_.size() + 1, size);
  }
  EXPECT_EQ(0, uv_fs_poll_stop(&poller_.handle));
  EXPECT_EQ(0, uv_fs_poll_stop(&poller_.handle));
  size = sizeof(buffer);
  EXPECT_EQ(UV_EINVAL, uv_fs_poll_getpath(&poller_.handle, buffer, &size));
}

TEST_F(FsPoll, StopsAndRestartsWhileAStatusIsUnderWay) {
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(0, poller_.start(path_));
    ASSERT_EQ(0, uv_fs_poll_stop(&poller_.handle));
    EXPECT_EQ(0, uv_is_active(poller_.base()));
  }
  poller_.then = [](Poller& self) { uv_fs_poll_stop(&self.handle); };
  ASSERT_EQ(0, poller_.start(path_));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ((std::vector<Told>{{UV_ENOENT, 0, 0}}), poller_.told) << "of the last start only";
}

TEST_F(FsPoll, ClosesWhileAStatusIsUnderWay) {
  ASSERT_EQ(0, poller_.start(path_));
  poller_.close();
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, poller_.closed);
  EXPECT_TRUE(poller_.told.empty());
}

TEST_F(FsPoll, RestartsInTheCallback) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "1.44.2 never runs the close callback then";
  poller_.then = [&](Poller& self) {
    uv_fs_poll_stop(&self.handle);
    if (self.told.size() < 3) {
      EXPECT_EQ(0, self.start(path_));
    }
  };
  ASSERT_EQ(0, poller_.start(path_));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(3u, poller_.told.size()) << "an error is told once for each start";
}

TEST_F(FsPoll, StopsAndClosesInTheCallback) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "1.44.2 never runs the close callback then";
  poller_.then = [](Poller& self) {
    uv_fs_poll_stop(&self.handle);
    self.close();
  };
  ASSERT_EQ(0, poller_.start(path_));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, poller_.closed);
  EXPECT_EQ(1u, poller_.told.size());
}

// Its status request is its own, and asks for nothing that the handle does not ask for.
TEST_F(FsPoll, UnreferencedItDoesNotKeepTheLoopWhileItAsks) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv waits for the request";
  write_file("text");
  ASSERT_EQ(0, poller_.start(path_));
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  uv_unref(poller_.base());
  EXPECT_EQ(0, uv_loop_alive(&loop_));
  EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
  EXPECT_EQ(1, uv_is_active(poller_.base()));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop_));
  uv_ref(poller_.base());
  EXPECT_EQ(1, uv_loop_alive(&loop_));
}

TEST_F(FsPoll, UnreferencedItGoesOnWhileOthersKeepTheLoop) {
  write_file("text");
  ASSERT_EQ(0, poller_.start(path_));
  uv_unref(poller_.base());
  uv_idle_t other;
  ASSERT_EQ(0, uv_idle_init(&loop_, &other));
  ASSERT_EQ(0, uv_idle_start(&other, [](uv_idle_t*) {}));
  other.data = this;
  poller_.then = [&](Poller& poller) {
    EXPECT_EQ(UV_ENOENT, poller.told.back().status);
    uv_close(reinterpret_cast<uv_handle_t*>(&other), nullptr);
  };
  // The first status may be of the file or of nothing; the callback comes for the change.
  uv_run(&loop_, UV_RUN_NOWAIT);
  ASSERT_EQ(0, std::remove(path_.c_str()));
  EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
  EXPECT_EQ(1u, poller_.told.size());
}

TEST_F(FsPoll, ClosedItKeepsTheLoopUntilItsLastRequestIsOver) {
  write_file("text");
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(0, poller_.start(path_));
    ASSERT_EQ(0, uv_fs_poll_stop(&poller_.handle));
  }
  ASSERT_EQ(0, poller_.start(path_));
  uv_unref(poller_.base());
  poller_.close();
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
  EXPECT_EQ(1, poller_.closed);
  EXPECT_EQ(0, uv_loop_alive(&loop_));
}

}  // namespace
}  // namespace conformance
