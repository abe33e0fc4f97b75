#include "os/descriptor.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace violet {
namespace {

Descriptor open_null_device() {
  return Descriptor::of(open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool is_open_file(Descriptor descriptor) {
  return fcntl(descriptor.native(), F_GETFD) >= 0;
}

static_assert(!std::is_convertible_v<Descriptor::Native, Descriptor>);
static_assert(!std::is_constructible_v<Descriptor, Descriptor::Native>);
static_assert(!std::is_convertible_v<Descriptor, Descriptor::Native>);
static_assert(!std::is_convertible_v<Descriptor, bool>);
static_assert(!std::is_copy_constructible_v<OwnedDescriptor>);
static_assert(!std::is_copy_assignable_v<OwnedDescriptor>);
static_assert(!std::is_convertible_v<Descriptor, OwnedDescriptor>);

TEST(Descriptor, NamesNothingAtFirst) {
  EXPECT_FALSE(Descriptor().is_open());
  EXPECT_EQ(kNoDescriptor, Descriptor());
  // Programs read it in public structs.
  EXPECT_EQ(-1, kNoDescriptor.native());
}

TEST(Descriptor, IsEqualToThatOfTheSameNumber) {
  EXPECT_EQ(Descriptor::of(0), Descriptor::of(0));
  EXPECT_NE(Descriptor::of(0), Descriptor::of(1));
  EXPECT_NE(Descriptor::of(0), kNoDescriptor);
  EXPECT_TRUE(Descriptor::of(0).is_open());
}

TEST(Descriptor, TakesNoErrorFromAProgram) {
  EXPECT_EQ(Descriptor::of(5), descriptor_of_file(5));
  EXPECT_EQ(kNoDescriptor, descriptor_of_file(-1));
  EXPECT_EQ(kNoDescriptor, descriptor_of_file(UV_EBADF));
  EXPECT_EQ(Descriptor::of(5), descriptor_of_socket(5));
  EXPECT_EQ(kNoDescriptor, descriptor_of_socket(-2));
}

TEST(Descriptor, GoesBackToTheProgramAsItCame) {
  EXPECT_EQ(5, system_socket(descriptor_of_socket(5)));
  EXPECT_EQ(5, system_handle(descriptor_of_file(5)));
}

TEST(OwnedDescriptor, ClosesWhatItHolds) {
  const Descriptor file = open_null_device();
  {
    OwnedDescriptor owned(file);
    EXPECT_TRUE(owned.is_open());
    EXPECT_EQ(file, owned.get());
    EXPECT_TRUE(is_open_file(file));
  }
  EXPECT_FALSE(is_open_file(file));
}

TEST(OwnedDescriptor, ClosesOnce) {
  const Descriptor file = open_null_device();
  OwnedDescriptor owned(file);
  owned.close();
  EXPECT_FALSE(owned.is_open());
  EXPECT_FALSE(is_open_file(file));
  // The number is somebody else's now.
  const OwnedDescriptor other(open_null_device());
  ASSERT_EQ(file, other.get());
  owned.close();
  { const OwnedDescriptor moved(std::move(owned)); }
  EXPECT_TRUE(is_open_file(file));
}

TEST(OwnedDescriptor, KeepsNothingThatItGaveAway) {
  const Descriptor file = open_null_device();
  {
    OwnedDescriptor owned(file);
    EXPECT_EQ(file, owned.take());
    EXPECT_FALSE(owned.is_open());
    EXPECT_EQ(kNoDescriptor, owned.take());
  }
  EXPECT_TRUE(is_open_file(file));
  close_descriptor(file);
  EXPECT_FALSE(is_open_file(file));
}

TEST(OwnedDescriptor, MovesWithoutClosing) {
  const Descriptor file = open_null_device();
  OwnedDescriptor first(file);
  OwnedDescriptor second(std::move(first));
  EXPECT_EQ(file, second.get());
  OwnedDescriptor third;
  third = std::move(second);
  EXPECT_EQ(file, third.get());
  EXPECT_TRUE(is_open_file(file));
}

TEST(OwnedDescriptor, ClosesWhatAnotherReplaces) {
  const Descriptor replaced = open_null_device();
  const Descriptor kept = open_null_device();
  OwnedDescriptor owned(replaced);
  owned = OwnedDescriptor(kept);
  EXPECT_FALSE(is_open_file(replaced));
  EXPECT_TRUE(is_open_file(kept));
  owned = OwnedDescriptor();
  EXPECT_FALSE(is_open_file(kept));
}

TEST(OwnedDescriptor, OutlivesBeingMovedToItself) {
  const Descriptor file = open_null_device();
  OwnedDescriptor owned(file);
  OwnedDescriptor& itself = owned;
  owned = std::move(itself);
  EXPECT_EQ(file, owned.get());
  EXPECT_TRUE(is_open_file(file));
}

TEST(OwnedDescriptor, ClosingKeepsErrno) {
  // Whoever returns the error of a call reads it after what was open meanwhile is closed.
  const Descriptor file = open_null_device();
  OwnedDescriptor stale(file);
  close(file.native());
  errno = ENOENT;
  stale.close();
  EXPECT_EQ(ENOENT, errno);
}

TEST(DuplicateDescriptor, GivesAnotherNameThatIsNotInherited) {
  const OwnedDescriptor file(open_null_device());
  OwnedDescriptor copy;
  ASSERT_EQ(0, duplicate_descriptor(file.get(), copy));
  EXPECT_NE(file.get(), copy.get());
  EXPECT_EQ(FD_CLOEXEC, fcntl(copy.get().native(), F_GETFD));
}

TEST(DuplicateDescriptor, TellsTheErrorApart) {
  OwnedDescriptor copy;
  EXPECT_EQ(UV_EBADF, duplicate_descriptor(kNoDescriptor, copy));
  EXPECT_FALSE(copy.is_open());
}

}  // namespace
}  // namespace violet
