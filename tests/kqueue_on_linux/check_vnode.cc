// EVFILT_VNODE: what each note promises. More than was asked for may not come; several changes may
// come as one event.
#include <sys/stat.h>

#include <cstdio>

#include "check_support.h"

namespace check {
namespace {

constexpr unsigned int kAll =
    NOTE_DELETE | NOTE_WRITE | NOTE_EXTEND | NOTE_ATTRIB | NOTE_LINK | NOTE_RENAME | NOTE_REVOKE;

class KqueueVnode : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = folder_.name("file");
    Descriptor created(open(file_.c_str(), O_WRONLY | O_CREAT, 0600));
    write_text(created.get(), "text");
  }
  void watch(const std::string& path, unsigned int notes, int flags = EV_CLEAR) {
    watched_.reset(open(path.c_str(), O_RDONLY));
    ASSERT_GE(watched_.get(), 0);
    ASSERT_EQ(0, queue_.change(watched_.get(), EVFILT_VNODE, EV_ADD | flags, notes));
    ASSERT_TRUE(queue_.now().empty());
  }
  // Waits until all of these were told.
  void expect(unsigned int notes) {
    while (notes != 0) {
      const auto events = queue_.wait();
      ASSERT_EQ(1u, events.size()) << std::hex << notes << " did not come";
      EXPECT_TRUE(events[0].filter == EVFILT_VNODE);
      EXPECT_EQ(static_cast<std::uintptr_t>(watched_.get()), events[0].ident);
      notes &= ~events[0].fflags;
    }
  }

  Folder folder_;
  std::string file_;
  Descriptor watched_;
  Queue queue_;
};

// All, NOTE_WRITE: "A write occurred on the file referenced by the descriptor." NOTE_EXTEND: "The
// file referenced by the descriptor was extended."
TEST_F(KqueueVnode, AWriteThatExtends) {
  watch(file_, kAll);
  Descriptor writer(open(file_.c_str(), O_WRONLY | O_APPEND));
  write_text(writer.get(), "more");
  expect(NOTE_WRITE | NOTE_EXTEND);
}

TEST_F(KqueueVnode, AWriteThatDoesNotExtend) {
  watch(file_, kAll);
  Descriptor writer(open(file_.c_str(), O_WRONLY));
  write_text(writer.get(), "TEXT");
  const auto events = queue_.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0u, events[0].fflags & NOTE_WRITE);
  EXPECT_EQ(0u, events[0].fflags & NOTE_EXTEND);
}

// All, NOTE_ATTRIB: "The file referenced by the descriptor had its attributes changed."
TEST_F(KqueueVnode, ItsAttributes) {
  watch(file_, kAll);
  ASSERT_EQ(0, chmod(file_.c_str(), 0640));
  expect(NOTE_ATTRIB);
}

// All, NOTE_LINK: "The link count on the file changed."
TEST_F(KqueueVnode, ANewLink) {
  watch(file_, kAll);
  ASSERT_EQ(0, link(file_.c_str(), folder_.name("link").c_str()));
  expect(NOTE_LINK);
}

// All, NOTE_RENAME: "The file referenced by the descriptor was renamed."
TEST_F(KqueueVnode, ItsName) {
  watch(file_, kAll);
  ASSERT_EQ(0, rename(file_.c_str(), folder_.name("renamed").c_str()));
  expect(NOTE_RENAME);
}

// All, NOTE_DELETE: "The unlink() system call was called on the file referenced by the descriptor."
TEST_F(KqueueVnode, ItsRemoval) {
  watch(file_, kAll);
  ASSERT_EQ(0, unlink(file_.c_str()));
  expect(NOTE_DELETE);
}

TEST_F(KqueueVnode, ItsReplacement) {
  const std::string other = folder_.name("other");
  Descriptor created(open(other.c_str(), O_WRONLY | O_CREAT, 0600));
  watch(file_, kAll);
  ASSERT_EQ(0, rename(other.c_str(), file_.c_str()));
  expect(NOTE_DELETE);
}

// All: on return, "fflags contains the events which triggered the filter": only what was asked for.
TEST_F(KqueueVnode, OnlyWhatWasAskedFor) {
  watch(file_, NOTE_DELETE);
  Descriptor writer(open(file_.c_str(), O_WRONLY | O_APPEND));
  write_text(writer.get(), "more");
  ASSERT_EQ(0, chmod(file_.c_str(), 0640));
  EXPECT_TRUE(queue_.now().empty());
  ASSERT_EQ(0, unlink(file_.c_str()));
  const auto events = queue_.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(static_cast<unsigned int>(NOTE_DELETE), events[0].fflags);
}

// EV_CLEAR resets what was told; without it, it is told again.
TEST_F(KqueueVnode, WithoutClearItIsToldAgain) {
  watch(file_, NOTE_ATTRIB, 0);
  ASSERT_EQ(0, chmod(file_.c_str(), 0640));
  EXPECT_EQ(1u, queue_.wait().size());
  EXPECT_EQ(1u, queue_.now().size());
}

TEST_F(KqueueVnode, WithClearItIsToldOnce) {
  watch(file_, NOTE_ATTRIB);
  ASSERT_EQ(0, chmod(file_.c_str(), 0640));
  EXPECT_EQ(1u, queue_.wait().size());
  EXPECT_TRUE(queue_.now().empty());
}

// A folder is written to when a name is added, removed or changed in it. (NOTE_WRITE: "A write
// occurred on the file referenced by the descriptor"; kqueue(2) of FreeBSD speaks of names where it
// says what the other notes tell of a folder.)
TEST_F(KqueueVnode, ANewNameInAFolder) {
  watch(folder_.path(), kAll);
  Descriptor created(open(folder_.name("new").c_str(), O_WRONLY | O_CREAT, 0600));
  expect(NOTE_WRITE);
}

TEST_F(KqueueVnode, ARemovedNameInAFolder) {
  watch(folder_.path(), kAll);
  ASSERT_EQ(0, unlink(file_.c_str()));
  expect(NOTE_WRITE);
}

TEST_F(KqueueVnode, AChangedNameInAFolder) {
  watch(folder_.path(), kAll);
  ASSERT_EQ(0, rename(file_.c_str(), folder_.name("renamed").c_str()));
  expect(NOTE_WRITE);
}

TEST_F(KqueueVnode, ANewFolderInAFolder) {
  watch(folder_.path(), kAll);
  ASSERT_EQ(0, mkdir(folder_.name("inner").c_str(), 0700));
  expect(NOTE_WRITE);
}

// The contents of a file are not the folder's: every note is of "the file referenced by the
// descriptor", which the written file is not. The scripts watched_contents of conformance/dropin
// cannot pass on any kqueue therefore. The name that is added afterwards shows that the watch
// stood.
TEST_F(KqueueVnode, AFolderHearsNothingOfContents) {
  watch(folder_.path(), kAll & ~static_cast<unsigned int>(NOTE_ATTRIB));
  Descriptor writer(open(file_.c_str(), O_WRONLY | O_APPEND));
  write_text(writer.get(), "more");
  ASSERT_EQ(0, ftruncate(writer.get(), 1));
  writer.reset();
  EXPECT_TRUE(queue_.now().empty());
  Descriptor created(open(folder_.name("new").c_str(), O_WRONLY | O_CREAT, 0600));
  expect(NOTE_WRITE);
}

TEST_F(KqueueVnode, AFoldersRemoval) {
  const std::string inner = folder_.name("inner");
  ASSERT_EQ(0, mkdir(inner.c_str(), 0700));
  watch(inner, kAll);
  ASSERT_EQ(0, rmdir(inner.c_str()));
  expect(NOTE_DELETE);
}

TEST_F(KqueueVnode, AFoldersName) {
  const std::string inner = folder_.name("inner");
  ASSERT_EQ(0, mkdir(inner.c_str(), 0700));
  watch(inner, kAll);
  ASSERT_EQ(0, rename(inner.c_str(), folder_.name("renamed").c_str()));
  expect(NOTE_RENAME);
}

// Each descriptor of one file hears of it.
TEST_F(KqueueVnode, TwoDescriptorsOfOneFile) {
  watch(file_, NOTE_ATTRIB);
  Descriptor second(open(file_.c_str(), O_RDONLY));
  ASSERT_EQ(0, queue_.change(second.get(), EVFILT_VNODE, EV_ADD | EV_CLEAR, NOTE_ATTRIB));
  ASSERT_EQ(0, chmod(file_.c_str(), 0640));
  EXPECT_EQ(2u, queue_.wait().size());
  second.reset();
  ASSERT_EQ(0, chmod(file_.c_str(), 0600));
  EXPECT_EQ(1u, queue_.wait().size());
}

TEST_F(KqueueVnode, AClosedDescriptorHearsNothing) {
  watch(file_, kAll);
  watched_.reset();
  ASSERT_EQ(0, chmod(file_.c_str(), 0640));
  EXPECT_TRUE(queue_.now().empty());
}

}  // namespace
}  // namespace check
