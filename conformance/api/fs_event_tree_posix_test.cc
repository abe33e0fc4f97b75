// Watching directories with all that lies below.
#include <unistd.h>

#include <cstdio>

#include "fs_event_support.h"

namespace conformance {
namespace {

class FsEventTree : public FsEvent {
 protected:
  void SetUp() override {
    FsEvent::SetUp();
    if (!is_at_least(1, 51)) GTEST_SKIP() << "libuv watches no trees on Linux";
  }
};

TEST_F(FsEventTree, TellsOfWhatIsBelow) {
  make_directory(directory_ / "a");
  make_directory(directory_ / "a/b");
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  write_file(directory_ / "a/b/file");
  write_file(directory_ / "top");
  deliver();
  if (!tells_every_step()) {
    EXPECT_EQ(2u, watcher.seen.size());
    EXPECT_TRUE(watcher.has_seen("a/b/file") && watcher.has_seen("top"));
    return;
  }
  std::vector<Seen> expected = {
      {"a/b/file", UV_RENAME}, {"a/b/file", UV_CHANGE}, {"top", UV_RENAME}, {"top", UV_CHANGE}};
  EXPECT_EQ(expected, watcher.seen);
}

TEST_F(FsEventTree, FollowsNewDirectories) {
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  // All of it is there before the loop hears of the first directory.
  make_directory(directory_ / "a");
  make_directory(directory_ / "a/b");
  make_directory(directory_ / "a/b/c");
  write_file(directory_ / "a/b/c/early");
  deliver();
  for (const char* name : {"a", "a/b", "a/b/c", "a/b/c/early"})
    EXPECT_TRUE(watcher.has_seen(name)) << name;
  write_file(directory_ / "a/b/c/late");
  deliver();
  EXPECT_TRUE(watcher.has_seen("a/b/c/late"));
}

TEST_F(FsEventTree, StaysWhereItIsWhenTheProgramMoves) {
  char before[4096];
  ASSERT_NE(nullptr, getcwd(before, sizeof(before)));
  make_directory(directory_ / "root");
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, chdir(directory_.path().c_str()));
  EXPECT_EQ(0, watcher.start("root", UV_FS_EVENT_RECURSIVE));
  ASSERT_EQ(0, chdir(before));
  make_directory(directory_ / "root/new");
  deliver();
  write_file(directory_ / "root/new/file");
  deliver();
  EXPECT_TRUE(watcher.has_seen("new"));
  EXPECT_TRUE(watcher.has_seen("new/file"));
}

TEST_F(FsEventTree, FollowsRenamedDirectories) {
  make_directory(directory_ / "a");
  make_directory(directory_ / "a/b");
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  ASSERT_EQ(0, ::rename((directory_ / "a").c_str(), (directory_ / "z").c_str()));
  deliver();
  watcher.seen.clear();
  write_file(directory_ / "z/b/file");
  deliver();
  std::vector<Seen> expected = {{"z/b/file", UV_RENAME}};
  if (tells_every_step()) expected.push_back({"z/b/file", UV_CHANGE});
  EXPECT_EQ(expected, watcher.seen);
}

TEST_F(FsEventTree, LetsGoOfWhatLeaves) {
  TemporaryDirectory outside;
  make_directory(directory_ / "a");
  make_directory(directory_ / "removed");
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  ASSERT_EQ(0, ::rename((directory_ / "a").c_str(), (outside / "a").c_str()));
  ASSERT_EQ(0, ::rmdir((directory_ / "removed").c_str()));
  deliver();
  watcher.seen.clear();
  write_file(outside / "a/file");
  deliver();
  EXPECT_TRUE(watcher.seen.empty());
  make_directory(directory_ / "removed");
  write_file(directory_ / "removed/file");
  deliver();
  EXPECT_TRUE(watcher.has_seen("removed/file"));
}

TEST_F(FsEventTree, DoesNotFollowLinks) {
  TemporaryDirectory outside;
  ASSERT_EQ(0, ::symlink(outside.path().c_str(), (directory_ / "link").c_str()));
  ASSERT_EQ(0, ::symlink(".", (directory_ / "loop").c_str()));
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  write_file(outside / "file");
  deliver();
  EXPECT_TRUE(watcher.seen.empty());
}

TEST_F(FsEventTree, StopsInTheCallbackOfANewDirectory) {
  Watcher watcher;
  init(watcher);
  watcher.then = [](Watcher& self) {
    if (self.seen.size() == 2) uv_fs_event_stop(&self.handle);
  };
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  make_directory(directory_ / "a");
  for (char name = 'a'; name < 'f'; ++name)
    make_directory(directory_ / "a/" + name);
  deliver();
  EXPECT_EQ(2u, watcher.seen.size());
  EXPECT_EQ(0, uv_loop_alive(&loop_));
}

TEST_F(FsEventTree, WatchesLargeTrees) {
  for (int i = 0; i < 20; ++i) {
    std::string folder = directory_ / ("folder-" + std::to_string(i));
    make_directory(folder);
    for (int j = 0; j < 20; ++j)
      make_directory(folder + "/" + std::to_string(j));
  }
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  for (int i = 0; i < 20; ++i)
    write_file(directory_ / ("folder-" + std::to_string(i) + "/7/file"));
  deliver();
  EXPECT_EQ(tells_every_step() ? 40u : 20u, watcher.seen.size());
  uv_fs_event_stop(&watcher.handle);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
}

TEST_F(FsEventTree, SaysThatEventsWereLost) {
  if (!tells_every_step()) GTEST_SKIP() << "what is compared is never lost";
  FILE* limit = std::fopen("/proc/sys/fs/inotify/max_queued_events", "r");
  ASSERT_NE(nullptr, limit);
  int most = 0;
  EXPECT_EQ(1, std::fscanf(limit, "%d", &most));
  std::fclose(limit);
  if (most > 100000) GTEST_SKIP() << "a queue of " << most << " events takes too long to fill";
  write_file(directory_ / "a");
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  std::string from = directory_ / "a";
  std::string to = directory_ / "b";
  for (int i = 0; i <= most / 2; ++i) {
    ASSERT_EQ(0, ::rename(from.c_str(), to.c_str()));
    std::swap(from, to);
  }
  make_directory(directory_ / "missed");
  while (!watcher.has_seen(kNoName))
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ((Seen{kNoName, UV_RENAME | UV_CHANGE}), watcher.seen.back());
  write_file(directory_ / "missed/file");
  deliver();
  EXPECT_TRUE(watcher.has_seen("missed/file")) << "the directory is watched all the same";
}

}  // namespace
}  // namespace conformance
