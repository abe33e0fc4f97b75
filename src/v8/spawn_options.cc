#include "v8/spawn_options.h"

namespace violet::js {
namespace {

// As execve(2) takes them.
std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (std::string& one : strings)
    pointers.push_back(one.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

SpawnOptions::SpawnOptions(const Arguments& arguments)
    : file_(text_at(arguments, 0)),
      directory_(arguments[3]->IsString() ? text_at(arguments, 3) : ""),
      words_(strings_of(arguments.GetIsolate(), arguments[1])),
      variables_(strings_of(arguments.GetIsolate(), arguments[2])),
      word_pointers_(pointers_to(words_)),
      variable_pointers_(pointers_to(variables_)) {
  options.file = file_.c_str();
  options.args = word_pointers_.data();
  options.env = arguments[2]->IsArray() ? variable_pointers_.data() : nullptr;
  options.cwd = directory_.empty() ? nullptr : directory_.c_str();
  options.flags = arguments[5]->IsTrue() ? UV_PROCESS_DETACHED : 0;
}

}  // namespace violet::js
