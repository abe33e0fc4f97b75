#include "base/idna.h"

#include "base/wtf8.h"
#include "uv.h"

namespace violet {
namespace {

// The parameters of Punycode, named as in RFC 3492, section 5.
constexpr std::uint32_t kBase = 36;
constexpr std::uint32_t kTMin = 1;
constexpr std::uint32_t kTMax = 26;
constexpr std::uint32_t kSkew = 38;
constexpr std::uint32_t kDamp = 700;
constexpr std::uint32_t kInitialBias = 72;
constexpr std::uint32_t kInitialN = 0x80;

// More code points than a name can hold: each takes a byte at least. DNS carries fewer in a label,
// but that is for the resolver to say, as it is for labels of ASCII.
constexpr std::size_t kMaximumLabel = 255;
constexpr char kPrefix[] = "xn--";

// Text that is written up to a limit.
class Output {
 public:
  Output(char* start, std::size_t size) : start_(start), size_(size) {}

  void put(char character) {
    if (length_ < size_) start_[length_] = character;
    ++length_;
  }
  std::size_t length() const { return length_; }
  bool fits() const { return length_ <= size_; }

 private:
  char* start_;
  std::size_t size_;
  std::size_t length_ = 0;
};

struct Label {
  std::uint32_t code_points[kMaximumLabel];
  std::size_t size = 0;
  bool is_ascii = true;
};

// The full stop and the characters that count as one (RFC 3490, section 3.1).
bool is_separator(std::int32_t code_point) {
  return code_point == '.' || code_point == 0x3002 || code_point == 0xFF0E || code_point == 0xFF61;
}

bool is_surrogate(std::int32_t code_point) {
  return code_point >= 0xD800 && code_point < 0xE000;
}

char digit(std::uint32_t value) {
  return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
}

std::uint32_t adapt(std::uint32_t delta, std::uint32_t count, bool is_first) {
  delta = is_first ? delta / kDamp : delta / 2;
  delta += delta / count;
  std::uint32_t k = 0;
  for (; delta > (kBase - kTMin) * kTMax / 2; k += kBase)
    delta /= kBase - kTMin;
  return k + (kBase - kTMin + 1) * delta / (delta + kSkew);
}

void put_variable_length(std::uint32_t value, std::uint32_t bias, Output& output) {
  for (std::uint32_t k = kBase;; k += kBase) {
    std::uint32_t threshold = k <= bias ? kTMin : k >= bias + kTMax ? kTMax : k - bias;
    if (value < threshold) break;
    output.put(digit(threshold + (value - threshold) % (kBase - threshold)));
    value = (value - threshold) / (kBase - threshold);
  }
  output.put(digit(value));
}

std::uint32_t lowest_from(const Label& label, std::uint32_t bound) {
  std::uint32_t lowest = UINT32_MAX;
  for (std::size_t i = 0; i < label.size; ++i) {
    if (label.code_points[i] >= bound && label.code_points[i] < lowest) {
      lowest = label.code_points[i];
    }
  }
  return lowest;
}

// RFC 3492, section 6.3. A label's size bounds `delta` far below an overflow.
void put_punycode(const Label& label, Output& output) {
  std::uint32_t handled = 0;
  for (std::size_t i = 0; i < label.size; ++i) {
    if (label.code_points[i] >= kInitialN) continue;
    output.put(static_cast<char>(label.code_points[i]));
    ++handled;
  }
  const std::uint32_t basic = handled;
  if (basic > 0) output.put('-');

  std::uint32_t n = kInitialN;
  std::uint32_t delta = 0;
  std::uint32_t bias = kInitialBias;
  while (handled < label.size) {
    std::uint32_t lowest = lowest_from(label, n);
    delta += (lowest - n) * (handled + 1);
    n = lowest;
    for (std::size_t i = 0; i < label.size; ++i) {
      if (label.code_points[i] < n) ++delta;
      if (label.code_points[i] != n) continue;
      put_variable_length(delta, bias, output);
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
}

void put_label(const Label& label, Output& output) {
  if (label.is_ascii) {
    for (std::size_t i = 0; i < label.size; ++i) {
      output.put(static_cast<char>(label.code_points[i]));
    }
    return;
  }
  for (const char* character = kPrefix; *character != '\0'; ++character)
    output.put(*character);
  put_punycode(label, output);
}

std::ptrdiff_t finish(Output& output) {
  std::size_t length = output.length();
  output.put('\0');
  if (!output.fits()) return UV_ENOBUFS;
  return static_cast<std::ptrdiff_t>(length);
}

bool is_ascii(const char* text) {
  for (; *text != '\0'; ++text) {
    if ((*text & 0x80) != 0) return false;
  }
  return true;
}

}  // namespace

std::ptrdiff_t idna_to_ascii(const char* utf8, char* output_start, std::size_t size) {
  Output output(output_start, size);
  if (is_ascii(utf8)) {
    for (; *utf8 != '\0'; ++utf8)
      output.put(*utf8);
    return finish(output);
  }
  Label label;
  for (;;) {
    std::int32_t code_point = wtf8_next(utf8);
    if (code_point < 0 || is_surrogate(code_point)) return UV_EINVAL;
    if (code_point == 0 || is_separator(code_point)) {
      put_label(label, output);
      if (code_point == 0) return finish(output);
      output.put('.');
      label = Label();
      continue;
    }
    if (label.size == kMaximumLabel) return UV_EINVAL;
    label.code_points[label.size++] = static_cast<std::uint32_t>(code_point);
    if (code_point >= 0x80) label.is_ascii = false;
  }
}

}  // namespace violet
