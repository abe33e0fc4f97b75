// Our own extensions of the interface.
#include <violet/violet.h>

#include <cstdio>
#include <cstring>

#include "core/loop.h"

namespace {

template <std::size_t kSize>
void copy_text(char (&target)[kSize], const char* text) {
  std::snprintf(target, kSize, "%s", text == nullptr ? "" : text);
}

violet_backend_report_t report_on(const violet::Loop& loop) {
  violet_backend_report_t report = {};
  report.size = sizeof(report);
  copy_text(report.backend, loop.engine->name());
  copy_text(report.requested, loop.selection.requested);
  copy_text(report.fallback_reason, loop.selection.refusal);
  std::size_t count = 0;
  const violet::Feature* features = loop.engine->features(count);
  for (std::size_t i = 0; i < count && report.feature_count < VIOLET_FEATURES_MAX; ++i) {
    violet_feature_t& feature = report.features[report.feature_count++];
    copy_text(feature.name, features[i].name);
    feature.in_use = features[i].refusal == nullptr ? 1 : 0;
    copy_text(feature.reason, features[i].refusal);
  }
  return report;
}

// Appends formatted text as far as there is room, and counts what it would have taken.
class TextWriter {
 public:
  TextWriter(char* buffer, std::size_t size) : buffer_(buffer), size_(size) {}

  template <typename... Arguments>
  void add(const char* format, Arguments... arguments) {
    std::size_t room = length_ < size_ ? size_ - length_ : 0;
    length_ += static_cast<std::size_t>(
        std::snprintf(room == 0 ? nullptr : buffer_ + length_, room, format, arguments...));
  }

  std::size_t length() const { return length_; }

 private:
  char* buffer_;
  std::size_t size_;
  std::size_t length_ = 0;
};

void write_report(const violet_backend_report_t& report, TextWriter& text) {
  text.add("engine: %s\n", report.backend);
  if (report.requested[0] != '\0') text.add("requested: %s\n", report.requested);
  if (report.fallback_reason[0] != '\0') text.add("fallback: %s\n", report.fallback_reason);
  for (unsigned int i = 0; i < report.feature_count; ++i) {
    const violet_feature_t& feature = report.features[i];
    text.add("%s %s%s%s\n", feature.in_use != 0 ? "+" : "-", feature.name,
             feature.in_use != 0 ? "" : ": ", feature.reason);
  }
}

}  // namespace

int violet_loop_init(uv_loop_t* loop, const char* engine) {
  return violet::init_loop(loop, engine);
}

int violet_backend_report(const uv_loop_t* loop, violet_backend_report_t* report) {
  if (report == nullptr || report->size < sizeof(violet_backend_report_t)) return UV_EINVAL;
  *report = report_on(violet::loop_of(loop));
  return 0;
}

int violet_backend_report_text(const uv_loop_t* loop, char* buffer, size_t* size) {
  if (buffer == nullptr || size == nullptr || *size == 0) return UV_EINVAL;
  violet_backend_report_t report = report_on(violet::loop_of(loop));
  TextWriter text(buffer, *size);
  write_report(report, text);
  bool fits = text.length() < *size;
  *size = fits ? text.length() : text.length() + 1;
  return fits ? 0 : UV_ENOBUFS;
}
