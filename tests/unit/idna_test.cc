#include "base/idna.h"

#include <gtest/gtest.h>
#include <uv.h>

#include <cstring>
#include <string>

namespace violet {
namespace {

std::string converted(const char* utf8) {
  char buffer[256];
  std::ptrdiff_t length = idna_to_ascii(utf8, buffer, sizeof(buffer));
  if (length < 0) return "error " + std::to_string(length);
  EXPECT_EQ(std::strlen(buffer), static_cast<std::size_t>(length));
  return buffer;
}

struct Sample {
  const char* utf8;
  const char* ascii;
};

class Rfc3492 : public testing::TestWithParam<Sample> {};

TEST_P(Rfc3492, Sample) {
  EXPECT_EQ(GetParam().ascii, converted(GetParam().utf8));
}

// Section 7.1 of the RFC; the letters of its samples that Punycode keeps are kept.
INSTANTIATE_TEST_SUITE_P(
    Idna, Rfc3492,
    testing::Values(Sample{"ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"},
                    Sample{"他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"},
                    Sample{"他們爲什麽不說中文", "xn--ihqwctvzc91f659drss3x8bo0yb"},
                    Sample{"Pročprostěnemluvíčesky", "xn--Proprostnemluvesky-uyb24dma41a"},
                    Sample{"למההםפשוטלאמדבריםעברית", "xn--4dbcagdahymbxekheh6e0a7fei0b"},
                    Sample{"なぜみんな日本語を話してくれないのか",
                           "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"},
                    Sample{"почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"},
                    Sample{"PorquénopuedensimplementehablarenEspañol",
                           "xn--PorqunopuedensimplementehablarenEspaol-fmd56a"},
                    Sample{"3年B組金八先生", "xn--3B-ww4c5e180e575a65lsy2b"},
                    Sample{"MajiでKoiする5秒前", "xn--MajiKoi5-783gue6qz075azm5e"},
                    Sample{"そのスピードで", "xn--d9juau41awczczp"}));

TEST(Idna, AsciiStaysAsItIs) {
  EXPECT_EQ("Example.COM", converted("Example.COM"));
  EXPECT_EQ("", converted(""));
  EXPECT_EQ("a.", converted("a."));
}

TEST(Idna, ConvertsEachLabel) {
  EXPECT_EQ("xn--bcher-kva.example", converted("bücher.example"));
  EXPECT_EQ("www.xn--fa-hia.de.", converted("www.faß.de."));
  EXPECT_EQ("a.xn--bcher-kva.b", converted("a。bücher．b")) << "other full stops";
}

TEST(Idna, MalformedUtf8IsInvalid) {
  char buffer[64];
  for (const char* text : {"\xFF", "b\xC3", "\xC0\xAE", "\xED\xA0\x80"}) {
    EXPECT_EQ(UV_EINVAL, idna_to_ascii(text, buffer, sizeof(buffer)));
  }
}

TEST(Idna, LabelThatIsTooLongForDnsIsConvertedToo) {
  std::string label;
  for (int i = 0; i < 64; ++i)
    label += "ü";
  EXPECT_EQ("xn--tda" + std::string(63, 'a'), converted(label.c_str()));
}

TEST(Idna, LabelThatIsTooLongForANameIsInvalid) {
  std::string label;
  for (int i = 0; i < 256; ++i)
    label += "ü";
  EXPECT_EQ("error " + std::to_string(UV_EINVAL), converted(label.c_str()));
}

TEST(Idna, OutputThatDoesNotFit) {
  char buffer[14] = "zzzz";
  EXPECT_EQ(UV_ENOBUFS, idna_to_ascii("bücher", buffer, 13));
  EXPECT_EQ(13, idna_to_ascii("bücher", buffer, 14));
  EXPECT_EQ(UV_ENOBUFS, idna_to_ascii("abc", buffer, 3));
  EXPECT_EQ(UV_ENOBUFS, idna_to_ascii("abc", nullptr, 0));
}

}  // namespace
}  // namespace violet
