// The list of what the io_uring engine is to do without.
#include "uring/forbid.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "uring/engine_class.h"

namespace violet {
namespace {

std::vector<std::string> unknown_in(const char* list) {
  std::vector<std::string> found;
  ForbiddenNames(list).for_each_unknown(
      [&](const char* text, std::size_t length) { found.emplace_back(text, length); });
  return found;
}

TEST(UringForbid, NothingIsForbiddenByNoList) {
  EXPECT_FALSE(ForbiddenNames(nullptr).contains("poll"));
  EXPECT_FALSE(ForbiddenNames("").contains(""));
  EXPECT_TRUE(unknown_in(nullptr).empty());
}

TEST(UringForbid, FindsWholeNamesOnly) {
  ForbiddenNames forbidden(" multishot receive ,send");
  EXPECT_TRUE(forbidden.contains("multishot receive"));
  EXPECT_TRUE(forbidden.contains("send"));
  EXPECT_FALSE(forbidden.contains("sendmsg"));
  EXPECT_FALSE(forbidden.contains("multishot"));
}

TEST(UringForbid, TellsWhichNamesThereAreNot) {
  EXPECT_EQ((std::vector<std::string>{"sen", "x y"}), unknown_in("sen,send,, x y ,poll,"));
}

TEST(UringForbid, EveryFeatureOfTheReportCanBeForbidden) {
  Engine* engine = nullptr;
  const char* refusal = nullptr;
  if (kUringFactory.create(engine, refusal) != 0) GTEST_SKIP() << refusal;
  std::size_t count = 0;
  const Feature* features = engine->features(count);
  EXPECT_GT(count, 0u);
  for (std::size_t i = 0; i < count; ++i)
    EXPECT_TRUE(unknown_in(features[i].name).empty()) << features[i].name;
  engine->destroy();
}

}  // namespace
}  // namespace violet
