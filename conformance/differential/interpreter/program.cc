#include "program.h"

#include <cstdlib>
#include <sstream>

namespace differential {
namespace {

const std::string kNoWord;

std::vector<std::string> split(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;)
    words.push_back(word);
  return words;
}

Script* script_at(Program& program, const std::string& where) {
  if (where == "-") return &program.top;
  if (where.size() > 1 && where.back() == '!')
    return &program.on_close[where.substr(0, where.size() - 1)];
  std::size_t colon = where.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == where.size()) return nullptr;
  std::string turn = where.substr(colon + 1);
  int number = turn == "*" ? 0 : std::atoi(turn.c_str());
  if (turn != "*" && number <= 0) return nullptr;
  return &program.on_callback[{where.substr(0, colon), number}];
}

Program begin_program(const std::vector<std::string>& words) {
  Program program;
  if (words.size() > 1) program.name = words[1];
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i].rfind("pool=", 0) == 0) program.pool_size = std::atoi(words[i].c_str() + 5);
    if (words[i] == "clock=virtual") program.virtual_time = true;
  }
  return program;
}

bool add_operation(Program& program, const std::vector<std::string>& words, int line) {
  if (words.size() < 2) return false;
  Script* script = script_at(program, words[0]);
  if (script == nullptr) return false;
  script->push_back({line, words[1], {words.begin() + 2, words.end()}});
  return true;
}

}  // namespace

const std::string& Op::word(std::size_t index) const {
  return index < words.size() ? words[index] : kNoWord;
}

long Op::number(std::size_t index, long otherwise) const {
  return index < words.size() ? std::atol(words[index].c_str()) : otherwise;
}

bool parse_programs(const std::string& text, std::vector<Program>& programs, std::string& error) {
  std::istringstream stream(text);
  int line_in_program = 0;
  for (std::string line; std::getline(stream, line);) {
    std::vector<std::string> words = split(line);
    if (words.empty() || words[0][0] == '#') continue;
    if (words[0] == "program") {
      programs.push_back(begin_program(words));
      line_in_program = 0;
    } else if (programs.empty() || !add_operation(programs.back(), words, ++line_in_program)) {
      error = "this line has no sense: " + line;
      return false;
    }
  }
  return true;
}

}  // namespace differential
