// Copies of held-back writes, written when the process ends.
#include "core/held_output.h"
#include "system.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace violet {
namespace {

class HeldOutputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_STREAM, first_));
    ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_STREAM, second_));
  }

  void TearDown() override {
    for (int end : {first_[0], first_[1], second_[0], second_[1]})
      ::close(end);
  }

  bool add(int end, std::string text) {
    const uv_buf_t buffer = {text.data(), text.size()};
    return held_.add(Descriptor::of(end), true, &buffer, 1, text.size());
  }

  static std::string come(int end) {
    std::string all;
    char memory[4096];
    ssize_t count;
    while ((count = ::read(end, memory, sizeof(memory))) > 0)
      all.append(memory, static_cast<std::size_t>(count));
    return all;
  }

  int first_[2];
  int second_[2];
  HeldOutput held_;
};

TEST_F(HeldOutputTest, WritesEachStreamsBytesInOrder) {
  EXPECT_TRUE(held_.empty());
  for (const char* text : {"one ", "two ", ""})
    EXPECT_TRUE(add(first_[0], text));
  EXPECT_TRUE(add(second_[0], "other"));
  EXPECT_TRUE(add(first_[0], "three"));
  EXPECT_FALSE(held_.empty());
  held_.write_out();
  EXPECT_EQ("one two three", come(first_[1]));
  EXPECT_EQ("other", come(second_[1]));
  held_.write_out();
  EXPECT_EQ("", come(first_[1]));
}

TEST_F(HeldOutputTest, WhatWasClearedIsNotWritten) {
  EXPECT_TRUE(add(first_[0], "gone"));
  held_.clear();
  EXPECT_TRUE(held_.empty());
  EXPECT_TRUE(add(first_[0], "kept"));
  held_.write_out();
  EXPECT_EQ("kept", come(first_[1]));
}

TEST_F(HeldOutputTest, RefusesWhatDoesNotFit) {
  EXPECT_FALSE(add(first_[0], std::string(std::size_t{64} * 1024, 'x')));
  std::size_t bytes = 0;
  while (add(first_[0], std::string(1000, 'x')))
    bytes += 1000;
  EXPECT_GT(bytes, std::size_t{60} * 1024);
  held_.write_out();
  EXPECT_EQ(bytes, come(first_[1]).size());
}

TEST_F(HeldOutputTest, RefusesMoreWritesThanOneTurnWouldWrite) {
  std::size_t writes = 0;
  while (writes < 100000 && add(first_[0], ""))
    ++writes;
  EXPECT_GT(writes, 10000U);
  EXPECT_LT(writes, 100000U);
}

// The rest of a full stream would leave a gap behind what it took; the others go on.
TEST_F(HeldOutputTest, LeavesOutTheRestOfAFullStream) {
  const std::string filling(std::size_t{64} * 1024, '.');
  while (::write(first_[0], filling.data(), filling.size()) > 0) {
  }
  EXPECT_TRUE(add(first_[0], "lost"));
  EXPECT_TRUE(add(second_[0], "one "));
  EXPECT_TRUE(add(first_[0], "lost too"));
  EXPECT_TRUE(add(second_[0], "two"));
  held_.write_out();
  EXPECT_EQ("one two", come(second_[1]));
  EXPECT_EQ(std::string::npos, come(first_[1]).find('l'));
}

}  // namespace
}  // namespace violet
