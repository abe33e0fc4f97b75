// Tells a tracing library (tools/compat) where one test ends and the next begins. Without one it
// does nothing.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using Flush = void (*)(const char* test, int passed);

class TraceListener : public testing::EmptyTestEventListener {
 public:
  explicit TraceListener(Flush flush) : flush_(flush) {}

  void OnTestEnd(const testing::TestInfo& test) override {
    const std::string name = std::string(test.test_suite_name()) + "." + test.name();
    flush_(name.c_str(), test.result()->Passed() || test.result()->Skipped() ? 1 : 0);
  }

 private:
  Flush flush_;
};

const bool installed = [] {
  Flush flush = reinterpret_cast<Flush>(dlsym(RTLD_DEFAULT, "violet_trace_flush"));
  if (flush == nullptr) return false;
  testing::UnitTest::GetInstance()->listeners().Append(new TraceListener(flush));
  return true;
}();

}  // namespace
