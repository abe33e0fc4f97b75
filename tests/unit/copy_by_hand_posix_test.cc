#include "os/posix/copy_by_hand.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <uv.h>

#include <cstdio>
#include <string>
#include <thread>

namespace violet {
namespace {

class CopyByHand : public testing::Test {
 protected:
  ~CopyByHand() override {
    for (FILE* file : {source_, target_}) {
      if (file != nullptr) std::fclose(file);
    }
  }

  int source() const { return fileno(source_); }
  int target() const { return fileno(target_); }
  void fill_source(const std::string& text) const {
    ASSERT_EQ(static_cast<ssize_t>(text.size()), write(source(), text.data(), text.size()));
  }
  static std::string contents(int file) {
    std::string text(static_cast<std::size_t>(lseek(file, 0, SEEK_END)), '\0');
    EXPECT_EQ(static_cast<ssize_t>(text.size()), pread(file, text.data(), text.size(), 0));
    return text;
  }

  FILE* source_ = std::tmpfile();
  FILE* target_ = std::tmpfile();
};

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    text[i] = static_cast<char>(i * 31 + i / 251);
  return text;
}

TEST_F(CopyByHand, TakesWhatIsAskedForFromWhereItIsAskedFor) {
  const std::string text = pattern(100000);
  fill_source(text);
  EXPECT_EQ(70000, copy_by_hand(target(), source(), 12345, 70000));
  EXPECT_EQ(text.substr(12345, 70000), contents(target()));
  EXPECT_EQ(static_cast<off_t>(text.size()), lseek(source(), 0, SEEK_CUR)) << "stays where it was";
}

TEST_F(CopyByHand, EndsWithTheSource) {
  fill_source("short");
  EXPECT_EQ(3, copy_by_hand(target(), source(), 2, 1 << 20));
  EXPECT_EQ("ort", contents(target()));
  EXPECT_EQ(0, copy_by_hand(target(), source(), 5, 1 << 20));
  EXPECT_EQ(0, copy_by_hand(target(), source(), 0, 0));
}

TEST_F(CopyByHand, ReadsPipesFromWhereTheyAre) {
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  ASSERT_EQ(4, write(ends[1], "next", 4));
  close(ends[1]);
  EXPECT_EQ(4, copy_by_hand(target(), ends[0], 1000, 100));
  EXPECT_EQ("next", contents(target()));
  close(ends[0]);
}

TEST_F(CopyByHand, KnowsNoPlaceBeforeTheBeginning) {
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  close(ends[1]);
  for (int from : {source(), ends[0]})
    EXPECT_EQ(UV_EINVAL, copy_by_hand(target(), from, -1, 1)) << "a pipe neither, at its end too";
  close(ends[0]);
}

TEST_F(CopyByHand, WaitsForATargetThatIsFull) {
  const std::string text = pattern(std::size_t{1} << 20);
  fill_source(text);
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  ASSERT_EQ(0, fcntl(ends[1], F_SETFL, O_NONBLOCK));
  std::string got;
  std::thread reader([&] {
    char buffer[10000];
    for (ssize_t size; (size = read(ends[0], buffer, sizeof(buffer))) > 0;)
      got.append(buffer, static_cast<std::size_t>(size));
  });
  EXPECT_EQ(static_cast<std::int64_t>(text.size()),
            copy_by_hand(ends[1], source(), 0, text.size()));
  close(ends[1]);
  reader.join();
  EXPECT_EQ(text, got);
  close(ends[0]);
}

TEST_F(CopyByHand, TellsOfAnErrorWhenNothingWasCopied) {
  fill_source("text");
  EXPECT_EQ(UV_EBADF, copy_by_hand(-1, source(), 0, 4));
  EXPECT_EQ(UV_EBADF, copy_by_hand(target(), -1, 0, 4));
}

}  // namespace
}  // namespace violet
