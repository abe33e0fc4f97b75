// Files and folders, as the kqueue engine tells of them.
#include <sys/stat.h>

#include <string>

#include "kqueue_support.h"
#include "os/bsd/file_notes.h"

namespace violet {
namespace {

class KqueueFile : public KqueueEngineTest {
 protected:
  void SetUp() override {
    KqueueEngineTest::SetUp();
    char name[] = "/tmp/violet-kqueue-XXXXXX";
    file_ = mkstemp(name);
    ASSERT_GE(file_, 0);
    path_ = name;
    prepare(watched_, file_, Nature::kFolder);
  }
  void TearDown() override {
    if (engine_ != nullptr) engine_->forget(watched_);
    close(file_);
    unlink(path_.c_str());
    KqueueEngineTest::TearDown();
  }
  FileNotes notes() {
    FileNotes notes = 0;
    const std::int64_t size = engine_->take(watched_, &notes, sizeof(notes));
    EXPECT_TRUE(size == sizeof(notes) || size == UV_EAGAIN) << size;
    return size > 0 ? notes : 0;
  }

  int file_ = -1;
  std::string path_;
  Channel watched_;
};

TEST_F(KqueueFile, IsWatchedAtOnce) {
  ASSERT_EQ(0, engine_->watch(watched_, kReceive));
  // Before the first wait.
  ASSERT_EQ(1, write(file_, "x", 1));
  EXPECT_EQ(kDelivered, told(watched_));
  EXPECT_EQ(NOTE_WRITE, notes() & NOTE_WRITE);
  EXPECT_EQ(0u, notes()) << "taken";
  EXPECT_EQ(kNoEvents, told(watched_, 0)) << "once";
}

TEST_F(KqueueFile, WhatHappensBeforeItIsTakenAddsUp) {
  ASSERT_EQ(0, engine_->watch(watched_, kReceive));
  ASSERT_EQ(1, write(file_, "x", 1));
  EXPECT_EQ(kDelivered, told(watched_));
  ASSERT_EQ(0, unlink(path_.c_str()));
  EXPECT_EQ(kDelivered, told(watched_));
  EXPECT_EQ(NOTE_WRITE | NOTE_DELETE, notes() & (NOTE_WRITE | NOTE_DELETE));
}

TEST_F(KqueueFile, IsNotToldOfOnceForgotten) {
  ASSERT_EQ(0, engine_->watch(watched_, kReceive));
  ASSERT_EQ(1, write(file_, "x", 1));
  engine_->forget(watched_);
  EXPECT_EQ(kNoEvents, told(watched_, 0));
}

TEST_F(KqueueFile, ThatCannotBeWatchedIsRefused) {
  Channel no_file;
  prepare(no_file, sockets_[1], Nature::kFolder);
  EXPECT_GT(0, engine_->watch(no_file, kReceive));
  EXPECT_EQ(kNoEvents, no_file.wanted);
  EXPECT_EQ(0, engine_->check_unused(no_file.descriptor));
  engine_->forget(no_file);
}

}  // namespace
}  // namespace violet
