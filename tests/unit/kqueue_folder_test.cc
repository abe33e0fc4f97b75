// What a folder's listings and macOS's folder events tell.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <string>
#include <vector>

#include "os/bsd/folder_listing.h"
#include "os/bsd/macos/folder_notice.h"

namespace violet {
namespace {

struct Told {
  FileChanges changes;
  std::string name;

  bool operator==(const Told&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Told& told) {
  return out << told.name << ":" << told.changes;
}

constexpr WatchId kWatch = 7;

std::vector<Told> all_of(const Array<char>& bytes) {
  Array<char> copy;
  EXPECT_TRUE(copy.append(bytes.data(), bytes.size()));
  const NoticeList notices(copy);
  std::vector<Told> all;
  FileNotice notice;
  for (std::size_t position = 0; notices.next(position, notice);) {
    EXPECT_EQ(kWatch, notice.watch);
    all.push_back({notice.changes, notice.name == nullptr ? "(itself)" : notice.name});
  }
  return all;
}

class FolderDifferences : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/violet-listing-XXXXXX";
    ASSERT_NE(nullptr, mkdtemp(name));
    path_ = name;
    folder_ = OwnedDescriptor(Descriptor::of(open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  }
  void TearDown() override {
    for (const char* name : {"a", "b", "c", "sub", "moved"}) {
      unlink(at(name).c_str());
      rmdir(at(name).c_str());
    }
    EXPECT_EQ(0, rmdir(path_.c_str()));
  }
  std::string at(const char* name) const { return path_ + "/" + name; }
  void make(const char* name) const {
    const int file = open(at(name).c_str(), O_CREAT | O_WRONLY, 0600);
    ASSERT_GE(file, 0);
    close(file);
  }
  void look() { ASSERT_EQ(0, before_.read(folder_.get())); }
  std::vector<Told> differences() {
    FolderListing after;
    EXPECT_EQ(0, after.read(folder_.get()));
    Array<char> bytes;
    NoticeList notices(bytes);
    FolderListing::tell_differences(before_, after, kWatch, notices);
    EXPECT_FALSE(notices.has_lost());
    return all_of(bytes);
  }

  std::string path_;
  OwnedDescriptor folder_;
  FolderListing before_;
};

TEST_F(FolderDifferences, NoneWhenNothingHappened) {
  make("a");
  look();
  EXPECT_EQ(std::vector<Told>{}, differences());
}

TEST_F(FolderDifferences, WhatIsNewAndWhatIsGone) {
  make("a");
  make("b");
  look();
  ASSERT_EQ(0, unlink(at("a").c_str()));
  make("c");
  EXPECT_EQ((std::vector<Told>{{kNameChanged, "a"}, {kNameChanged, "c"}}), differences());
}

TEST_F(FolderDifferences, ARenamedFolderLeavesBeforeItAppears) {
  ASSERT_EQ(0, mkdir(at("sub").c_str(), 0700));
  look();
  ASSERT_EQ(0, rename(at("sub").c_str(), at("moved").c_str()));
  EXPECT_EQ((std::vector<Told>{{kNameChanged | kFolderMovedAway, "sub"},
                               {kNameChanged | kFolderAppeared, "moved"}}),
            differences());
}

TEST_F(FolderDifferences, AReplacedFileIsToldOnce) {
  make("a");
  make("b");
  look();
  ASSERT_EQ(0, rename(at("b").c_str(), at("a").c_str()));
  EXPECT_EQ((std::vector<Told>{{kNameChanged, "b"}, {kNameChanged, "a"}}), differences());
}

TEST_F(FolderDifferences, AFolderThatBecameAFileIsBoth) {
  ASSERT_EQ(0, mkdir(at("sub").c_str(), 0700));
  look();
  make("a");
  ASSERT_EQ(0, rmdir(at("sub").c_str()));
  ASSERT_EQ(0, rename(at("a").c_str(), at("sub").c_str()));
  EXPECT_EQ((std::vector<Told>{{kNameChanged | kFolderMovedAway, "sub"}, {kNameChanged, "sub"}}),
            differences());
}

TEST_F(FolderDifferences, ThousandNames) {
  look();
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) {
    names.push_back("file-" + std::to_string(i));
    make(names.back().c_str());
  }
  EXPECT_EQ(1000u, differences().size());
  look();
  EXPECT_EQ(0u, differences().size());
  for (const std::string& name : names)
    ASSERT_EQ(0, unlink(at(name.c_str()).c_str()));
  EXPECT_EQ(1000u, differences().size());
}

std::vector<Told> told(const char* folder, bool is_tree, const char* path, std::uint32_t flags) {
  Array<char> bytes;
  NoticeList notices(bytes);
  tell_folder_event(kWatch, folder, is_tree, path, flags, notices);
  return all_of(bytes);
}

TEST(FolderEvent, HasTheNameBelowTheFolder) {
  EXPECT_EQ((std::vector<Told>{{kNameChanged, "a"}}), told("/x/y", false, "/x/y/a", kItemCreated));
  EXPECT_EQ((std::vector<Told>{{kContentChanged, "a"}}), told("/", false, "/a", kItemModified));
}

TEST(FolderEvent, IsDeepInTreesOnly) {
  EXPECT_EQ((std::vector<Told>{{kNameChanged, "a/b"}}), told("/x", true, "/x/a/b", kItemRenamed));
  EXPECT_EQ(std::vector<Told>{}, told("/x", false, "/x/a/b", kItemRenamed));
}

TEST(FolderEvent, OfNeighboursIsNone) {
  EXPECT_EQ(std::vector<Told>{}, told("/x/y", true, "/x/yy/a", kItemCreated));
  EXPECT_EQ(std::vector<Told>{}, told("/x/y", true, "/x", kItemCreated));
}

TEST(FolderEvent, OfTheFolderItselfHasNoName) {
  EXPECT_EQ((std::vector<Told>{{kNameChanged, "(itself)"}}), told("/x", false, "/x", kRootChanged));
  EXPECT_EQ((std::vector<Told>{{kContentChanged, "(itself)"}}),
            told("/x", false, "/x", kItemMetadataChanged));
}

TEST(FolderEvent, ThatMeltsTogetherIsToldInOrder) {
  EXPECT_EQ((std::vector<Told>{{kNameChanged, "a"}, {kContentChanged, "a"}}),
            told("/x", false, "/x/a", kItemCreated | kItemModified));
}

TEST(FolderEvent, ThatWasDroppedIsALoss) {
  EXPECT_EQ((std::vector<Told>{{kNoticesLost, "(itself)"}}),
            told("/x", false, "/elsewhere", kKernelDropped));
  EXPECT_EQ(std::vector<Told>{}, told("/x", false, "/x/a", kHistoryDone));
}

}  // namespace
}  // namespace violet
