// Watching files and directories.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

struct Seen {
  std::string name;
  int events;

  bool operator==(const Seen& other) const { return name == other.name && events == other.events; }
};

std::ostream& operator<<(std::ostream& out, const Seen& seen) {
  return out << seen.name << ":" << seen.events;
}

struct Watcher {
  uv_fs_event_t handle = {};
  std::vector<Seen> seen;
  std::function<void(Watcher&)> then = [](Watcher&) {};
  int closed = 0;

  Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher() {
    if (handle.loop == nullptr) return;
    if (!uv_is_closing(reinterpret_cast<uv_handle_t*>(&handle)) && closed == 0) close();
    while (closed == 0)
      uv_run(handle.loop, UV_RUN_NOWAIT);
  }

  static void on_event(uv_fs_event_t* handle, const char* name, int events, int status) {
    Watcher& self = *static_cast<Watcher*>(handle->data);
    EXPECT_EQ(0, status);
    self.seen.push_back({name == nullptr ? "(none)" : name, events});
    self.then(self);
  }
  static void on_close(uv_handle_t* handle) { ++static_cast<Watcher*>(handle->data)->closed; }

  int start(const std::string& path, unsigned flags = 0) {
    return uv_fs_event_start(&handle, on_event, path.c_str(), flags);
  }
  void close() { uv_close(reinterpret_cast<uv_handle_t*>(&handle), on_close); }
  bool has_seen(const std::string& name) const {
    return std::any_of(seen.begin(), seen.end(), [&](const Seen& one) { return one.name == name; });
  }
};

class FsEvent : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  void init(Watcher& watcher) {
    ASSERT_EQ(0, uv_fs_event_init(&loop_, &watcher.handle));
    watcher.handle.data = &watcher;
  }
  // Notices are there as soon as the change is made; a few turns deliver them all.
  void deliver() {
    for (int turn = 0; turn < 4; ++turn)
      uv_run(&loop_, UV_RUN_NOWAIT);
  }
  static void write_file(const std::string& path, const char* text = "x") {
    int file = ::open(path.c_str(), O_CREAT | O_WRONLY, 0644);
    ASSERT_GE(file, 0);
    EXPECT_GT(::write(file, text, std::strlen(text)), 0);
    ::close(file);
  }
  static void make_directory(const std::string& path) { ASSERT_EQ(0, ::mkdir(path.c_str(), 0755)); }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
};

// Whether the system tells of each step, as inotify(7) does. Others tell that a directory has
// changed, and what has changed between two looks at it is all that can be known: no file that came
// and went meanwhile, and nothing of what is written to the files in it.
bool tells_every_step() {
  static const bool answer = [] {
    TemporaryDirectory directory;
    uv_loop_t loop;
    EXPECT_EQ(0, uv_loop_init(&loop));
    bool is_told = false;
    {
      Watcher watcher;
      EXPECT_EQ(0, uv_fs_event_init(&loop, &watcher.handle));
      watcher.handle.data = &watcher;
      EXPECT_EQ(0, watcher.start(directory.path()));
      EXPECT_EQ(0, ::mkdir((directory / "a").c_str(), 0755));
      EXPECT_EQ(0, ::rmdir((directory / "a").c_str()));
      for (int turn = 0; turn < 4; ++turn)
        uv_run(&loop, UV_RUN_NOWAIT);
      is_told = watcher.has_seen("a");
    }
    EXPECT_EQ(0, uv_loop_close(&loop));
    return is_told;
  }();
  return answer;
}

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

TEST_F(FsEvent, SharesAWatch) {
  Watcher first;
  Watcher second;
  init(first);
  init(second);
  ASSERT_EQ(0, first.start(directory_.path()));
  ASSERT_EQ(0, second.start(directory_.path()));
  make_directory(directory_ / "a");
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"a", UV_RENAME}}), first.seen);
  EXPECT_EQ(first.seen, second.seen);
  EXPECT_EQ(0, uv_fs_event_stop(&first.handle));
  make_directory(directory_ / "b");
  deliver();
  EXPECT_EQ(1u, first.seen.size());
  EXPECT_EQ(2u, second.seen.size());
}

TEST_F(FsEvent, TellsWhyItCannotStart) {
  Watcher watcher;
  init(watcher);
  EXPECT_EQ(UV_ENOENT, watcher.start(directory_ / "missing"));
  EXPECT_EQ(0, uv_is_active(reinterpret_cast<uv_handle_t*>(&watcher.handle)));
  ASSERT_EQ(0, watcher.start(directory_.path()));
  EXPECT_EQ(UV_EINVAL, watcher.start(directory_.path()));
}

TEST_F(FsEvent, StopsAtOnce) {
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
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"b", UV_RENAME}}), watcher.seen) << "started again";
}

TEST_F(FsEvent, StopsInTheCallback) {
  Watcher watcher;
  Watcher other;
  init(watcher);
  init(other);
  watcher.then = [&](Watcher& self) {
    uv_fs_event_stop(&self.handle);
    uv_fs_event_stop(&other.handle);
  };
  ASSERT_EQ(0, watcher.start(directory_.path()));
  ASSERT_EQ(0, other.start(directory_.path()));
  make_directory(directory_ / "a");
  make_directory(directory_ / "b");
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"a", UV_RENAME}}), watcher.seen);
  EXPECT_TRUE(other.seen.empty());
}

TEST_F(FsEvent, ClosesAndRestartsInTheCallback) {
  Watcher closing;
  Watcher restarting;
  init(closing);
  init(restarting);
  closing.then = [](Watcher& self) { self.close(); };
  std::string other = directory_ / "other";
  make_directory(other);
  restarting.then = [&](Watcher& self) {
    uv_fs_event_stop(&self.handle);
    EXPECT_EQ(0, self.start(other));
  };
  ASSERT_EQ(0, closing.start(directory_.path()));
  ASSERT_EQ(0, restarting.start(directory_.path()));
  make_directory(directory_ / "a");
  make_directory(directory_ / "b");
  deliver();
  EXPECT_EQ(1u, closing.seen.size());
  EXPECT_EQ(1, closing.closed);
  EXPECT_EQ((std::vector<Seen>{{"a", UV_RENAME}}), restarting.seen);
  make_directory(other + "/c");
  deliver();
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
  deliver();
  EXPECT_EQ((std::vector<Seen>{{"a", UV_RENAME}}), watcher.seen);
}

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
  while (!watcher.has_seen("(none)"))
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ((Seen{"(none)", UV_RENAME | UV_CHANGE}), watcher.seen.back());
  write_file(directory_ / "missed/file");
  deliver();
  EXPECT_TRUE(watcher.has_seen("missed/file")) << "the directory is watched all the same";
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
  pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (uv_loop_fork(&loop_) != 0) ::_exit(1);
    write_file(directory_ / "a/child");
    for (int turn = 0; turn < 4; ++turn)
      uv_run(&loop_, UV_RUN_NOWAIT);
    ::_exit(tree.has_seen("a/child") && watcher.seen.empty() ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(child, ::waitpid(child, &status, 0));
  EXPECT_EQ(0, status);
  deliver();
  EXPECT_TRUE(tree.has_seen("a/child")) << "the parent's notices are its own";
}

}  // namespace
}  // namespace conformance
