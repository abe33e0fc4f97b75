// Watching directories, as far as all systems agree.
#include "fs_event_support.h"

namespace conformance {
namespace {

const std::vector<Seen> kOnlyA = {{"a", UV_RENAME}};

TEST_F(FsEvent, SharesAWatch) {
  Watcher first;
  Watcher second;
  init(first);
  init(second);
  ASSERT_EQ(0, first.start(directory_.path()));
  ASSERT_EQ(0, second.start(directory_.path()));
  make_directory(directory_ / "a");
  EXPECT_TRUE(await([&] { return first.has_seen("a") && second.has_seen("a"); }));
  EXPECT_EQ(kOnlyA, first.seen);
  EXPECT_EQ(kOnlyA, second.seen);
  EXPECT_EQ(0, uv_fs_event_stop(&first.handle));
  make_directory(directory_ / "b");
  EXPECT_TRUE(await([&] { return second.has_seen("b"); }));
  EXPECT_EQ(1u, first.seen.size());
  EXPECT_EQ(2u, second.seen.size());
}

TEST_F(FsEvent, TellsWhyItCannotStart) {
  Watcher watcher;
  init(watcher);
  EXPECT_EQ(UV_ENOENT, watcher.start(directory_ / "missing"));
  EXPECT_EQ(0, uv_is_active(watcher.base()));
  ASSERT_EQ(0, watcher.start(directory_.path()));
  EXPECT_EQ(1, uv_is_active(watcher.base()));
  EXPECT_EQ(UV_EINVAL, watcher.start(directory_.path()));
}

TEST_F(FsEvent, StopsAtOnceAndStartsAgain) {
  Watcher watcher;
  init(watcher);
  EXPECT_EQ(0, uv_fs_event_stop(&watcher.handle)) << "not started";
  ASSERT_EQ(0, watcher.start(directory_.path()));
  make_directory(directory_ / "a");
  EXPECT_EQ(0, uv_fs_event_stop(&watcher.handle));
  EXPECT_EQ(0, uv_loop_alive(&loop_));
  deliver();
  EXPECT_TRUE(watcher.seen.empty());
  ASSERT_EQ(0, watcher.start(directory_.path()));
  make_directory(directory_ / "b");
  EXPECT_TRUE(await([&] { return watcher.has_seen("b"); }));
  EXPECT_EQ((std::vector<Seen>{{"b", UV_RENAME}}), watcher.seen);
}

TEST_F(FsEvent, StopsInTheCallback) {
  Watcher one;
  Watcher other;
  init(one);
  init(other);
  const auto stop_both = [&](Watcher&) {
    uv_fs_event_stop(&one.handle);
    uv_fs_event_stop(&other.handle);
  };
  one.then = other.then = stop_both;
  ASSERT_EQ(0, one.start(directory_.path()));
  ASSERT_EQ(0, other.start(directory_.path()));
  make_directory(directory_ / "a");
  make_directory(directory_ / "b");
  EXPECT_TRUE(await([&] { return !one.seen.empty() || !other.seen.empty(); }));
  deliver();
  EXPECT_EQ(kOnlyA, one.seen.empty() ? other.seen : one.seen);
  EXPECT_EQ(1u, one.seen.size() + other.seen.size());
}

TEST_F(FsEvent, ClosesAndRestartsInTheCallback) {
  Watcher closing;
  Watcher restarting;
  init(closing);
  init(restarting);
  closing.then = [](Watcher& self) { self.close(); };
  const std::string other = directory_ / "other";
  make_directory(other);
  restarting.then = [&](Watcher& self) {
    uv_fs_event_stop(&self.handle);
    EXPECT_EQ(0, self.start(other));
  };
  ASSERT_EQ(0, closing.start(directory_.path()));
  ASSERT_EQ(0, restarting.start(directory_.path()));
  make_directory(directory_ / "a");
  make_directory(directory_ / "b");
  EXPECT_TRUE(await([&] { return closing.closed == 1 && !restarting.seen.empty(); }));
  deliver();
  EXPECT_EQ(kOnlyA, closing.seen);
  EXPECT_EQ(kOnlyA, restarting.seen);
  make_directory(other + "/c");
  EXPECT_TRUE(await([&] { return restarting.has_seen("c"); }));
  EXPECT_EQ((std::vector<Seen>{{"a", UV_RENAME}, {"c", UV_RENAME}}), restarting.seen);
}

TEST_F(FsEvent, SaysWhichPath) {
  Watcher watcher;
  init(watcher);
  char buffer[1024];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(UV_EINVAL, uv_fs_event_getpath(&watcher.handle, buffer, &size));
  ASSERT_EQ(0, watcher.start(directory_.path()));
  size = sizeof(buffer);
  ASSERT_EQ(0, uv_fs_event_getpath(&watcher.handle, buffer, &size));
  EXPECT_EQ(directory_.path(), buffer);
  EXPECT_EQ(directory_.path().size(), size);
  for (std::size_t too_small : {2u, 0u}) {
    size = too_small;
    EXPECT_EQ(UV_ENOBUFS, uv_fs_event_getpath(&watcher.handle, buffer, &size));
    EXPECT_EQ(directory_.path().size() + 1, size);
  }
}

TEST_F(FsEvent, AcceptsTheOtherFlags) {
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_WATCH_ENTRY | UV_FS_EVENT_STAT));
  make_directory(directory_ / "a");
  EXPECT_TRUE(await([&] { return !watcher.seen.empty(); }));
  EXPECT_EQ(kOnlyA, watcher.seen);
}

}  // namespace
}  // namespace conformance
