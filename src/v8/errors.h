// Errors of the loop as JavaScript sees them, and the end of a program that lets one pass.
#pragma once

#include <v8.h>

#include <string>

namespace violet::js {

// `new Error("ENOENT: no such file or directory, open 'x'")` with errno, code, syscall, and path,
// dest where there are such.
v8::Local<v8::Value> make_error(v8::Isolate* isolate, int error, const char* syscall,
                                const std::string& path = {}, const std::string& destination = {},
                                bool is_thrown = false);
void throw_error(v8::Isolate* isolate, int error, const char* syscall, const std::string& path = {},
                 const std::string& destination = {});
void throw_type_error(v8::Isolate* isolate, const char* message);
// An error of JavaScript with a code besides.
void throw_with_code(v8::Isolate* isolate, v8::Local<v8::Value> error, const char* code);

// Where an uncaught exception came from: file and line, the line itself with a mark.
std::string describe_place(v8::Isolate* isolate, v8::Local<v8::Message> message);
// The same and the stack.
std::string describe_uncaught(v8::Isolate* isolate, v8::Local<v8::Value> error,
                              v8::Local<v8::Message> message);

}  // namespace violet::js
