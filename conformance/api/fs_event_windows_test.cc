// Watching files and folders on Windows, where the system tells of changes some time after they are
// made, watches whole trees by itself, and a file by the name that it has in its folder.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

struct Told {
  std::string name;
  int events;
  int status;
};

constexpr const char* kNoName = "(none)";

struct FolderWatcher {
  uv_fs_event_t handle = {};
  std::vector<Told> told;
  std::function<void()> then = [] {};
  int closed = 0;

  static void on_event(uv_fs_event_t* handle, const char* name, int events, int status) {
    auto& self = *static_cast<FolderWatcher*>(handle->data);
    self.told.push_back({name == nullptr ? kNoName : name, events, status});
    self.then();
  }
  static void on_close(uv_handle_t* handle) { ++static_cast<FolderWatcher*>(handle->data)->closed; }

  uv_handle_t* base() { return reinterpret_cast<uv_handle_t*>(&handle); }
  int start(const std::string& path, unsigned flags = 0) {
    return uv_fs_event_start(&handle, on_event, path.c_str(), flags);
  }
  void close() { uv_close(base(), on_close); }
  bool was_told(const std::string& name, int events) const {
    return std::any_of(told.begin(), told.end(), [&](const Told& one) {
      return one.name == name && (one.events & events) == events;
    });
  }
};

class FsEventWindows : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_fs_event_init(&loop_, &watcher_.handle));
    ASSERT_EQ(0, uv_timer_init(&loop_, &limit_));
    watcher_.handle.data = &watcher_;
    limit_.data = this;
  }
  void TearDown() override {
    if (!uv_is_closing(watcher_.base())) watcher_.close();
    uv_close(reinterpret_cast<uv_handle_t*>(&limit_), nullptr);
    EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
    EXPECT_EQ(1, watcher_.closed);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  // Runs the loop until it holds, for ten seconds at most.
  bool await(const std::function<bool()>& holds) {
    is_late_ = false;
    uv_timer_start(
        &limit_,
        [](uv_timer_t* timer) { static_cast<FsEventWindows*>(timer->data)->is_late_ = true; },
        10000, 0);
    while (!holds() && !is_late_)
      uv_run(&loop_, UV_RUN_ONCE);
    uv_timer_stop(&limit_);
    return holds();
  }
  bool await_told(const std::string& name, int events) {
    return await([&] { return watcher_.was_told(name, events); });
  }

  static void write_file(const std::string& path, std::string text = "x") {
    FsCall opening;
    FsCall writing;
    FsCall closing;
    const int file = uv_fs_open(nullptr, &opening.request, path.c_str(),
                                UV_FS_O_CREAT | UV_FS_O_WRONLY, 0644, nullptr);
    ASSERT_GE(file, 0);
    const uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned int>(text.size()));
    EXPECT_EQ(static_cast<int>(text.size()),
              uv_fs_write(nullptr, &writing.request, file, &buffer, 1, 0, nullptr));
    EXPECT_EQ(0, uv_fs_close(nullptr, &closing.request, file, nullptr));
  }
  static void make_folder(const std::string& path) {
    FsCall call;
    ASSERT_EQ(0, uv_fs_mkdir(nullptr, &call.request, path.c_str(), 0755, nullptr));
  }
  static int remove_folder(const std::string& path) {
    FsCall call;
    return uv_fs_rmdir(nullptr, &call.request, path.c_str(), nullptr);
  }
  static void rename(const std::string& from, const std::string& to) {
    FsCall call;
    ASSERT_EQ(0, uv_fs_rename(nullptr, &call.request, from.c_str(), to.c_str(), nullptr));
  }
  static void remove_file(const std::string& path) {
    FsCall call;
    ASSERT_EQ(0, uv_fs_unlink(nullptr, &call.request, path.c_str(), nullptr));
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  FolderWatcher watcher_;
  uv_timer_t limit_;
  bool is_late_ = false;
};

TEST_F(FsEventWindows, TellsOfEntries) {
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  EXPECT_EQ(1, uv_is_active(watcher_.base()));
  write_file(directory_ / "a");
  EXPECT_TRUE(await_told("a", UV_RENAME)) << "it appeared";
  EXPECT_TRUE(await_told("a", UV_CHANGE)) << "it was written to";
  rename(directory_ / "a", directory_ / "b");
  EXPECT_TRUE(await_told("b", UV_RENAME));
  watcher_.told.clear();
  remove_file(directory_ / "b");
  EXPECT_TRUE(await_told("b", UV_RENAME)) << "it is gone";
  for (const Told& one : watcher_.told)
    EXPECT_EQ(0, one.status);
}

TEST_F(FsEventWindows, TellsNamesInUtf8) {
  const std::string name = "\xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\xbb";
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  make_folder(directory_ / name);
  EXPECT_TRUE(await_told(name, UV_RENAME));
}

TEST_F(FsEventWindows, TellsOfAFileAndNotOfItsNeighbours) {
  write_file(directory_ / "file");
  ASSERT_EQ(0, watcher_.start(directory_ / "file"));
  write_file(directory_ / "neighbour");
  write_file(directory_ / "file", "longer");
  EXPECT_TRUE(await_told("file", UV_CHANGE));
  remove_file(directory_ / "file");
  EXPECT_TRUE(await_told("file", UV_RENAME));
  for (const Told& one : watcher_.told)
    EXPECT_EQ("file", one.name);
}

TEST_F(FsEventWindows, FindsAFileWhateverTheCaseOfItsName) {
  write_file(directory_ / "File");
  ASSERT_EQ(0, watcher_.start(directory_ / "FILE"));
  write_file(directory_ / "file", "longer");
  EXPECT_TRUE(await([&] { return !watcher_.told.empty(); }));
}

TEST_F(FsEventWindows, TellsOfWhatIsBelowWithItsPath) {
  make_folder(directory_ / "folder");
  ASSERT_EQ(0, watcher_.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  write_file(directory_ / "folder/file");
  EXPECT_TRUE(await_told("folder\\file", UV_RENAME));
}

TEST_F(FsEventWindows, TellsOfWhatIsBelowNewFolders) {
  ASSERT_EQ(0, watcher_.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  make_folder(directory_ / "new");
  EXPECT_TRUE(await_told("new", UV_RENAME));
  write_file(directory_ / "new/file");
  EXPECT_TRUE(await_told("new\\file", UV_RENAME));
}

TEST_F(FsEventWindows, TellsOfNothingBelowUnlessAskedTo) {
  make_folder(directory_ / "folder");
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  write_file(directory_ / "folder/file");
  write_file(directory_ / "last");
  EXPECT_TRUE(await_told("last", UV_RENAME));
  EXPECT_FALSE(watcher_.was_told("folder\\file", UV_RENAME));
}

TEST_F(FsEventWindows, TellsThatTheFolderIsGone) {
  make_folder(directory_ / "watched");
  ASSERT_EQ(0, watcher_.start(directory_ / "watched"));
  ASSERT_EQ(0, remove_folder(directory_ / "watched"));
  EXPECT_TRUE(await_told("watched", UV_RENAME));
  EXPECT_EQ(1, uv_is_active(watcher_.base())) << "until it is stopped";
  make_folder(directory_ / "watched");
  EXPECT_EQ(0, uv_fs_event_stop(&watcher_.handle));
}

// More than the system has room for, while the loop does not run.
TEST_F(FsEventWindows, TellsThatChangesWereLost) {
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  constexpr int kMany = 600;
  const std::string rest(100, 'x');
  for (int i = 0; i < kMany; ++i)
    make_folder(directory_ / (rest + std::to_string(i)));
  EXPECT_TRUE(await_told(kNoName, UV_CHANGE));
  for (const Told& one : watcher_.told) {
    EXPECT_TRUE(one.name != kNoName || one.events == UV_CHANGE) << one.events;
  }
  make_folder(directory_ / "afterwards");
  EXPECT_TRUE(await_told("afterwards", UV_RENAME)) << "it goes on";
}

TEST_F(FsEventWindows, StopsAtOnceAndStartsAgain) {
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  make_folder(directory_ / "a");
  EXPECT_EQ(0, uv_fs_event_stop(&watcher_.handle));
  EXPECT_EQ(0, uv_loop_alive(&loop_));
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  make_folder(directory_ / "b");
  EXPECT_TRUE(await_told("b", UV_RENAME));
  EXPECT_FALSE(watcher_.was_told("a", UV_RENAME));
}

TEST_F(FsEventWindows, ClosesInTheCallback) {
  watcher_.then = [&] { watcher_.close(); };
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  make_folder(directory_ / "a");
  make_folder(directory_ / "b");
  EXPECT_TRUE(await([&] { return watcher_.closed == 1; }));
  EXPECT_EQ(1u, watcher_.told.size());
}

TEST_F(FsEventWindows, TwoHandlesWatchTheSameFolder) {
  FolderWatcher other;
  ASSERT_EQ(0, uv_fs_event_init(&loop_, &other.handle));
  other.handle.data = &other;
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  ASSERT_EQ(0, other.start(directory_.path()));
  make_folder(directory_ / "a");
  EXPECT_TRUE(await_told("a", UV_RENAME));
  EXPECT_TRUE(await([&] { return other.was_told("a", UV_RENAME); }));
  other.close();
  EXPECT_TRUE(await([&] { return other.closed == 1; }));
}

TEST_F(FsEventWindows, SaysWhyItCannotStart) {
  EXPECT_EQ(UV_ENOENT, watcher_.start(directory_ / "missing"));
  EXPECT_EQ(0, uv_is_active(watcher_.base()));
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  EXPECT_EQ(UV_EINVAL, watcher_.start(directory_.path()));
  char buffer[1024];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(0, uv_fs_event_getpath(&watcher_.handle, buffer, &size));
  EXPECT_EQ(directory_.path(), buffer) << "as it was given";
}

// Each start opens a handle, and each stop closes it.
TEST_F(FsEventWindows, LeavesNoHandlesOpen) {
  const auto count_after_rounds = [&] {
    for (int round = 0; round < 20; ++round) {
      EXPECT_EQ(0, watcher_.start(directory_.path()));
      uv_run(&loop_, UV_RUN_NOWAIT);
      EXPECT_EQ(0, uv_fs_event_stop(&watcher_.handle));
      uv_run(&loop_, UV_RUN_NOWAIT);
    }
    DWORD count = 0;
    GetProcessHandleCount(GetCurrentProcess(), &count);
    return count;
  };
  const DWORD before = count_after_rounds();
  EXPECT_EQ(before, count_after_rounds());
}

}  // namespace
}  // namespace conformance
