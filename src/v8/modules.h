// Compiling source into functions (CommonJS, lib/) and ES modules. Finding files and caching is
// done in lib/, here is what only V8 can do.
#pragma once

#include <v8.h>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace violet::js {

class Runtime;

// An ES module, and what its import statements lead to.
struct ModuleRecord {
  v8::Global<v8::Module> module;
  v8::Global<v8::Function> evaluate;  // of a module made from JavaScript values
  std::string url;
  std::map<std::string, ModuleRecord*> linked;  // by specifier
};

// The modules of a runtime, found by what V8 hands to its callbacks.
class ModuleTable {
 public:
  ModuleRecord& add(v8::Isolate* isolate, v8::Local<v8::Module> module, std::string url);
  ModuleRecord* find(v8::Local<v8::Module> module) const;
  ModuleRecord* at(std::size_t index) const { return records_[index].get(); }
  std::size_t size() const { return records_.size(); }
  void clear() { by_hash_.clear(), records_.clear(); }

 private:
  std::vector<std::unique_ptr<ModuleRecord>> records_;
  std::unordered_multimap<int, ModuleRecord*> by_hash_;
};

// Has import() and import.meta answered by lib/.
void install_module_hooks(Runtime& runtime);

// A function of (exports, require, module, binding): a file of lib/, or nothing.
v8::MaybeLocal<v8::Function> compile_library_file(v8::Isolate* isolate, const std::string& wanted);
// `requireLibrary(name)`: the compiled function of a file of lib/, or undefined.
void require_library_file(const v8::FunctionCallbackInfo<v8::Value>& arguments);

}  // namespace violet::js
