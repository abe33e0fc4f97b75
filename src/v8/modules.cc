#include "v8/modules.h"

#include <tuple>

#include "v8/binding.h"
#include "v8/callback_scope.h"
#include "v8/library.h"

namespace violet::js {
namespace {

v8::MaybeLocal<v8::Function> compile_function(v8::Isolate* isolate, v8::Local<v8::String> source,
                                              v8::Local<v8::String> file,
                                              std::vector<v8::Local<v8::String>> parameters) {
  v8::ScriptOrigin origin(isolate, file);
  v8::ScriptCompiler::Source compiled(source, origin);
  return v8::ScriptCompiler::CompileFunctionInContext(
      isolate->GetCurrentContext(), &compiled, parameters.size(), parameters.data(), 0, nullptr);
}

// V8 asks for what `import ... from specifier` means; it was found before.
v8::MaybeLocal<v8::Module> resolve(v8::Local<v8::Context> context, v8::Local<v8::String> specifier,
                                   v8::Local<v8::FixedArray>, v8::Local<v8::Module> referrer) {
  v8::Isolate* isolate = context->GetIsolate();
  ModuleRecord* record = Runtime::of(isolate).modules().find(referrer);
  if (record != nullptr) {
    auto found = record->linked.find(to_string(isolate, specifier));
    if (found != record->linked.end()) return found->second->module.Get(isolate);
  }
  isolate->ThrowException(v8::Exception::Error(text(isolate, "a module that was not linked")));
  return {};
}

v8::MaybeLocal<v8::Promise> import_dynamically(v8::Local<v8::Context> context, v8::Local<v8::Data>,
                                               v8::Local<v8::Value> referrer,
                                               v8::Local<v8::String> specifier,
                                               v8::Local<v8::FixedArray>) {
  v8::Isolate* isolate = context->GetIsolate();
  v8::Local<v8::Value> arguments[] = {specifier, referrer};
  return Runtime::of(isolate)
      .hook(Runtime::Hook::kImport)
      ->Call(context, v8::Undefined(isolate), 2, arguments)
      .FromMaybe(v8::Local<v8::Value>())
      .As<v8::Promise>();
}

void make_import_meta(v8::Local<v8::Context> context, v8::Local<v8::Module> module,
                      v8::Local<v8::Object> meta) {
  v8::Isolate* isolate = context->GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  ModuleRecord* record = runtime.modules().find(module);
  if (record == nullptr) return;
  v8::Local<v8::Value> arguments[] = {meta, text(isolate, record->url)};
  // An exception goes to whoever asked for import.meta.
  std::ignore =
      runtime.hook(Runtime::Hook::kImportMeta)->Call(context, v8::Undefined(isolate), 2, arguments);
}

// The function that stands for a CommonJS or built-in module sets the exports.
v8::MaybeLocal<v8::Value> evaluate_synthetic(v8::Local<v8::Context> context,
                                             v8::Local<v8::Module> module) {
  v8::Isolate* isolate = context->GetIsolate();
  ModuleRecord* record = Runtime::of(isolate).modules().find(module);
  v8::Local<v8::Value> exports;
  if (record == nullptr || !record->evaluate.Get(isolate)
                                ->Call(context, v8::Undefined(isolate), 0, nullptr)
                                .ToLocal(&exports)) {
    return {};
  }
  v8::Local<v8::Object> values = exports.As<v8::Object>();
  v8::Local<v8::Array> names = values->GetOwnPropertyNames(context).ToLocalChecked();
  for (std::uint32_t i = 0; i < names->Length(); ++i) {
    v8::Local<v8::String> key = names->Get(context, i).ToLocalChecked().As<v8::String>();
    v8::Local<v8::Value> value = values->Get(context, key).ToLocalChecked();
    if (module->SetSyntheticModuleExport(isolate, key, value).IsNothing()) return {};
  }
  v8::Local<v8::Promise::Resolver> done = v8::Promise::Resolver::New(context).ToLocalChecked();
  done->Resolve(context, v8::Undefined(isolate)).Check();
  return done->GetPromise();
}

// What JavaScript holds of a module is its number.
ModuleRecord& record_of(const Arguments& arguments, int place = 0) {
  const auto index = static_cast<std::size_t>(integer_at(arguments, place));
  return *Runtime::of(arguments.GetIsolate()).modules().at(index);
}

void add_module(const Arguments& arguments, v8::Local<v8::Module> module, std::string url) {
  ModuleTable& modules = Runtime::of(arguments.GetIsolate()).modules();
  ModuleRecord& record = modules.add(arguments.GetIsolate(), module, std::move(url));
  if (arguments[2]->IsFunction())
    record.evaluate.Reset(arguments.GetIsolate(), arguments[2].As<v8::Function>());
  answer(arguments, modules.size() - 1);
}

// compileFunction(source, file, ...parameters)
void compile_common(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::String>> parameters;
  for (int i = 2; i < arguments.Length(); ++i)
    parameters.push_back(arguments[i].As<v8::String>());
  v8::Local<v8::Function> function;
  if (compile_function(isolate, arguments[0].As<v8::String>(), arguments[1].As<v8::String>(),
                       std::move(parameters))
          .ToLocal(&function)) {
    answer(arguments, function);
  }
}

// makeRealm(): the global object of a context of its own, whose scripts and ours may touch each
// other.
void make_realm(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::Context> made = v8::Context::New(isolate);
  made->SetSecurityToken(isolate->GetCurrentContext()->GetSecurityToken());
  answer(arguments, made->Global());
}

// runScript(source, file, realm): the value of the last expression.
void run_script(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  if (arguments[2]->IsObject())
    context = arguments[2].As<v8::Object>()->GetCreationContext().ToLocalChecked();
  v8::Context::Scope scope(context);
  v8::ScriptOrigin origin(isolate, arguments[1]);
  v8::Local<v8::Script> script;
  v8::Local<v8::Value> result;
  if (v8::Script::Compile(context, arguments[0].As<v8::String>(), &origin).ToLocal(&script) &&
      script->Run(context).ToLocal(&result)) {
    answer(arguments, result);
  }
}

// createModule(source, url): its number.
void create_module(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::ScriptOrigin origin(isolate, arguments[1], 0, 0, false, -1, v8::Local<v8::Value>(), false,
                          false, true);
  v8::ScriptCompiler::Source source(arguments[0].As<v8::String>(), origin);
  v8::Local<v8::Module> module;
  if (v8::ScriptCompiler::CompileModule(isolate, &source).ToLocal(&module))
    add_module(arguments, module, text_at(arguments, 1));
}

// createSynthetic(names, url, evaluate): `evaluate` gives an object with the names' values.
void create_synthetic(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::Array> list = arguments[0].As<v8::Array>();
  std::vector<v8::Local<v8::String>> names;
  for (std::uint32_t i = 0; i < list->Length(); ++i)
    names.push_back(list->Get(isolate->GetCurrentContext(), i).ToLocalChecked().As<v8::String>());
  add_module(arguments,
             v8::Module::CreateSyntheticModule(isolate, arguments[1].As<v8::String>(), names,
                                               evaluate_synthetic),
             text_at(arguments, 1));
}

// moduleRequests(module): the specifiers of its import statements.
void module_requests(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  v8::Local<v8::FixedArray> requests =
      record_of(arguments).module.Get(isolate)->GetModuleRequests();
  v8::Local<v8::Array> specifiers = v8::Array::New(isolate, requests->Length());
  for (int i = 0; i < requests->Length(); ++i) {
    v8::Local<v8::ModuleRequest> request = requests->Get(context, i).As<v8::ModuleRequest>();
    specifiers->Set(context, static_cast<std::uint32_t>(i), request->GetSpecifier()).Check();
  }
  answer(arguments, specifiers);
}

// linkModule(module, specifier, target)
void link_module(const Arguments& arguments) {
  record_of(arguments).linked[text_at(arguments, 1)] = &record_of(arguments, 2);
}

// evaluateModule(module): a promise of its end.
void evaluate_module(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  v8::Local<v8::Module> module = record_of(arguments).module.Get(isolate);
  v8::Local<v8::Value> promise;
  if (module->InstantiateModule(context, resolve).FromMaybe(false) &&
      module->Evaluate(context).ToLocal(&promise)) {
    answer(arguments, promise);
  }
}

void module_namespace(const Arguments& arguments) {
  answer(arguments, record_of(arguments).module.Get(arguments.GetIsolate())->GetModuleNamespace());
}

constexpr Method kFunctions[] = {{"compileFunction", compile_common},
                                 {"makeRealm", make_realm},
                                 {"runScript", run_script},
                                 {"createModule", create_module},
                                 {"createSynthetic", create_synthetic},
                                 {"moduleRequests", module_requests},
                                 {"linkModule", link_module},
                                 {"evaluateModule", evaluate_module},
                                 {"moduleNamespace", module_namespace}};

}  // namespace

ModuleRecord& ModuleTable::add(v8::Isolate* isolate, v8::Local<v8::Module> module,
                               std::string url) {
  records_.push_back(std::make_unique<ModuleRecord>());
  ModuleRecord& record = *records_.back();
  record.module.Reset(isolate, module);
  record.url = std::move(url);
  by_hash_.emplace(module->GetIdentityHash(), &record);
  return record;
}

ModuleRecord* ModuleTable::find(v8::Local<v8::Module> module) const {
  auto [first, last] = by_hash_.equal_range(module->GetIdentityHash());
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second->module == module) return entry->second;
  }
  return nullptr;
}

void install_module_hooks(Runtime& runtime) {
  runtime.isolate()->SetHostImportModuleDynamicallyCallback(import_dynamically);
  runtime.isolate()->SetHostInitializeImportMetaObjectCallback(make_import_meta);
}

v8::MaybeLocal<v8::Function> compile_library_file(v8::Isolate* isolate, const std::string& wanted) {
  const LibraryFile* file = find_library_file(wanted);
  if (file == nullptr) return {};
  return compile_function(isolate, text(isolate, file->source), text(isolate, "violet:" + wanted),
                          {name(isolate, "exports"), name(isolate, "require"),
                           name(isolate, "module"), name(isolate, "binding")});
}

void require_library_file(const Arguments& arguments) {
  v8::Local<v8::Function> function;
  if (compile_library_file(arguments.GetIsolate(), text_at(arguments, 0)).ToLocal(&function))
    answer(arguments, function);
}

void make_module_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_functions(isolate, target, kFunctions);
}

}  // namespace violet::js
