# Functions of the interface that a system does not have yet. They are defined all the same, so that the
# shared library shows the whole interface and programs link: each does nothing and says UV_ENOSYS. The
# files of src/abi that wait say which these are, so a file that waits no longer takes its functions with
# it; without such files nothing is made.

# Appends the definition of each public function in `source` to the variable `result`.
function(violet_append_absent result source)
  file(READ ${source} content)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  string(REGEX MATCHALL "[a-z_0-9]+ uv_[a-z_0-9]+\\([^)]*\\) {" heads "${content}")
  set(answer_of_int "return UV_ENOSYS; ")
  set(answer_of_uv_handle_type "return UV_UNKNOWN_HANDLE; ")
  set(answer_of_uv_pid_t "return 0; ")
  foreach(head IN LISTS heads)
    string(REGEX MATCH "^[a-z_0-9]+" type ${head})
    string(APPEND ${result} "${head} ${answer_of_${type}}}\n")
  endforeach()
  set(${result} "${${result}}" PARENT_SCOPE)
endfunction()

# Sets `result` to a source file with the functions of those files of src/abi that `waiting` names, or to
# nothing.
function(violet_absent_functions result waiting)
  list(FILTER waiting INCLUDE REGEX "^abi/")
  set(${result} PARENT_SCOPE)
  if(NOT waiting)
    return()
  endif()
  list(JOIN waiting ", " names)
  set(text "// Made by cmake/not_yet.cmake: what ${names} will define.\n#include <uv.h>\n\n")
  foreach(name IN LISTS waiting)
    violet_append_absent(text ${PROJECT_SOURCE_DIR}/src/${name}.cc)
  endforeach()
  set(file ${PROJECT_BINARY_DIR}/not_yet.cc)
  file(CONFIGURE OUTPUT ${file} CONTENT "${text}" @ONLY)
  if(NOT MSVC)
    set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS -Wno-unused-parameter)
  endif()
  set(${result} ${file} PARENT_SCOPE)
endfunction()
