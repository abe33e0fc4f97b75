// Watching files and directories, where notices are there as soon as the change is made.
#include <sys/stat.h>
#include <unistd.h>

#include "fs_event_support.h"
#include "own_process.h"

namespace conformance {
namespace {

TEST_F(FsEvent, TellsOfEntriesOneByOne) {
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path()));
  std::vector<Seen> expected;
  make_directory(directory_ / "a");
  deliver();
  expected.push_back({"a", UV_RENAME});
  EXPECT_EQ(expected, watcher.seen);
  ASSERT_EQ(0, ::rename((directory_ / "a").c_str(), (directory_ / "b").c_str()));
  deliver();
  expected.push_back({"a", UV_RENAME});
  expected.push_back({"b", UV_RENAME});
  EXPECT_EQ(expected, watcher.seen);
  ASSERT_EQ(0, ::rmdir((directory_ / "b").c_str()));
  deliver();
  expected.push_back({"b", UV_RENAME});
  EXPECT_EQ(expected, watcher.seen);
}

TEST_F(FsEvent, TellsOfAnEntryThatIsReplaced) {
  write_file(directory_ / "a");
  write_file(directory_ / "new");
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path()));
  ASSERT_EQ(0, ::rename((directory_ / "new").c_str(), (directory_ / "a").c_str()));
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"new", UV_RENAME}, {"a", UV_RENAME}}), watcher.seen);
}

TEST_F(FsEvent, TellsOfTheDirectoryItself) {
  std::string path = directory_ / "watched";
  make_directory(path);
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(path));
  ASSERT_EQ(0, ::chmod(path.c_str(), 0700));
  deliver();
  ASSERT_EQ(1u, watcher.seen.size());
  EXPECT_EQ("watched", watcher.seen[0].name);
  EXPECT_NE(0, watcher.seen[0].events & UV_CHANGE) << "on Linux UV_RENAME stands beside it";
  watcher.seen.clear();
  ASSERT_EQ(0, ::rename(path.c_str(), (directory_ / "elsewhere").c_str()));
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"watched", UV_RENAME}}), watcher.seen);
  make_directory(directory_ / "elsewhere/a");
  deliver();
  EXPECT_TRUE(watcher.has_seen("a")) << "it is watched wherever it goes";
  watcher.seen.clear();
  ASSERT_EQ(0, ::rmdir((directory_ / "elsewhere/a").c_str()));
  ASSERT_EQ(0, ::rmdir((directory_ / "elsewhere").c_str()));
  deliver();
  EXPECT_TRUE(watcher.has_seen("watched"));
  watcher.seen.clear();
  make_directory(path);
  deliver();
  EXPECT_TRUE(watcher.seen.empty()) << "another directory of the same name is another one";
}

TEST_F(FsEvent, FollowsAFileToItsNewName) {
  std::string path = directory_ / "file";
  write_file(path);
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(path));
  ASSERT_EQ(0, ::rename(path.c_str(), (directory_ / "other").c_str()));
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"file", UV_RENAME}}), watcher.seen);
  write_file(directory_ / "other", "longer");
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"file", UV_RENAME}, {"file", UV_CHANGE}}), watcher.seen);
}

TEST_F(FsEvent, AFileThatHasAnotherNameIsNotGone) {
  std::string path = directory_ / "file";
  write_file(path);
  ASSERT_EQ(0, ::link(path.c_str(), (directory_ / "second").c_str()));
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(path));
  ASSERT_EQ(0, ::unlink(path.c_str()));
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"file", UV_CHANGE}}), watcher.seen);
  watcher.seen.clear();
  write_file(directory_ / "second", "longer");
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"file", UV_CHANGE}}), watcher.seen);
}

TEST_F(FsEvent, TellsOfEntries) {
  if (!tells_every_step()) GTEST_SKIP() << "the system does not tell of each step";
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(directory_.path()));
  EXPECT_EQ(1, uv_is_active(reinterpret_cast<uv_handle_t*>(&watcher.handle)));
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  write_file(directory_ / "a");
  ASSERT_EQ(0, ::rename((directory_ / "a").c_str(), (directory_ / "b").c_str()));
  ASSERT_EQ(0, ::chmod((directory_ / "b").c_str(), 0600));
  ASSERT_EQ(0, ::unlink((directory_ / "b").c_str()));
  EXPECT_TRUE(watcher.seen.empty());
  deliver();
  std::vector<Seen> expected = {{"a", UV_RENAME}, {"a", UV_CHANGE}, {"a", UV_RENAME},
                                {"b", UV_RENAME}, {"b", UV_CHANGE}, {"b", UV_RENAME}};
  EXPECT_EQ(expected, watcher.seen);
}

TEST_F(FsEvent, TellsOfAFileByItsLastPart) {
  std::string path = directory_ / "file";
  write_file(path);
  Watcher watcher;
  init(watcher);
  ASSERT_EQ(0, watcher.start(path));
  write_file(path, "longer");
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"file", UV_CHANGE}}), watcher.seen);
  watcher.seen.clear();
  ASSERT_EQ(0, ::unlink(path.c_str()));
  deliver();
  if (tells_every_step()) {
    EXPECT_EQ((std::vector<Seen>{{"file", UV_CHANGE}, {"file", UV_RENAME}, {"file", UV_RENAME}}),
              watcher.seen);
  } else {
    EXPECT_EQ((Seen{"file", UV_RENAME}), watcher.seen.back());
  }
  EXPECT_EQ(1, uv_is_active(reinterpret_cast<uv_handle_t*>(&watcher.handle)));
  EXPECT_EQ(0, uv_fs_event_stop(&watcher.handle));
}

TEST_F(FsEvent, WorksInAForkedChild) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv watches no trees on Linux";
  make_directory(directory_ / "a");
  Watcher watcher;
  Watcher tree;
  init(watcher);
  init(tree);
  ASSERT_EQ(0, watcher.start(directory_.path()));
  ASSERT_EQ(0, tree.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  EXPECT_EQ(0, in_own_process([&] {
              if (uv_loop_fork(&loop_) != 0) return 1;
              write_file(directory_ / "a/child");
              for (int turn = 0; turn < 4; ++turn)
                uv_run(&loop_, UV_RUN_NOWAIT);
              return tree.has_seen("a/child") && watcher.seen.empty() ? 0 : 2;
            }));
  deliver();
  EXPECT_TRUE(tree.has_seen("a/child")) << "the parent's notices are its own";
}

}  // namespace
}  // namespace conformance
