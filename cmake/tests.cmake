# Test and benchmark programs. Test code may use exceptions and RTTI, as GoogleTest does. Its sources are
# never compiled several in one run: too many have a name in common.
set(CMAKE_UNITY_BUILD OFF)

find_package(Threads REQUIRED)
set(VIOLET_GOOGLETEST /usr/src/googletest CACHE PATH "GoogleTest's sources, for other systems")
option(VIOLET_GOOGLETEST_FROM_SOURCE "Build GoogleTest here too" OFF)
if(CMAKE_CROSSCOMPILING OR VIOLET_GOOGLETEST_FROM_SOURCE)
  # Debian ships them in the package `googletest`.
  set(gtest_force_shared_crt ON CACHE BOOL "" FORCE)
  set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
  add_subdirectory(${VIOLET_GOOGLETEST} googletest EXCLUDE_FROM_ALL)
  set(violet_gtest gtest gmock gmock_main)
else()
  find_package(GTest REQUIRED)
  set(violet_gtest GTest::gtest GTest::gmock GTest::gmock_main)
endif()

# A program of GoogleTest files, registered with CTest under its name. Adds nothing without files.
function(violet_add_test_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES;INCLUDES" ${ARGN})
  if(NOT ARG_SOURCES)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${ARG_INCLUDES} ${PROJECT_SOURCE_DIR}/tests/support)
  # Optimising test code took half of a build; the library under test stays optimised.
  target_compile_options(${name} PRIVATE ${VIOLET_WARNINGS} -fno-strict-aliasing -O0)
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} ${violet_gtest} Threads::Threads)
  # GoogleTest's headers are half of what there is to compile.
  target_precompile_headers(${name} PRIVATE <gtest/gtest.h>)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

# Unit tests reach into src/. A file whose name tells of a platform is built there only.
file(GLOB unit_sources CONFIGURE_DEPENDS tests/unit/*.cc)
if(WIN32)
  list(FILTER unit_sources EXCLUDE REGEX "/[^/]*(posix|linux|epoll|uring|readiness)[^/]*$")
  foreach(name IN LISTS VIOLET_UNIT_TESTS_NOT_ON_WINDOWS)
    list(FILTER unit_sources EXCLUDE REGEX "/${name}\\.cc$")
  endforeach()
else()
  list(FILTER unit_sources EXCLUDE REGEX "/[^/]*(windows|iocp)[^/]*$")
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
    list(FILTER unit_sources EXCLUDE REGEX "/[^/]*(linux|epoll|uring)[^/]*$")
  endif()
endif()
# Those of the kqueue engine are a program of their own, where there is one.
set(kqueue_unit_sources ${unit_sources})
list(FILTER kqueue_unit_sources INCLUDE REGEX "/kqueue_[^/]*$")
list(FILTER unit_sources EXCLUDE REGEX "/kqueue_[^/]*$")
if(VIOLET_KQUEUE_ON_LINUX OR CMAKE_SYSTEM_NAME MATCHES "BSD|Darwin")
  violet_add_test_program(kqueue_unit_tests SOURCES ${kqueue_unit_sources} LIBRARIES violet_internal
    INCLUDES src)
  target_compile_options(kqueue_unit_tests PRIVATE -fno-sanitize=vptr)
endif()
violet_add_test_program(unit_tests SOURCES ${unit_sources} LIBRARIES violet_internal INCLUDES src)
# A program that tests start on every system: Windows has no shell and no small programs.
add_executable(told_child tests/support/told_child.c)
target_compile_options(told_child PRIVATE ${VIOLET_WARNINGS})
if(WIN32)
  target_sources(told_child PRIVATE tests/support/told_child_windows.c)
else()
  target_sources(told_child PRIVATE tests/support/told_child_posix.c)
endif()
if(WIN32)
  add_executable(spawning_child tests/support/spawning_child.c)
  target_link_libraries(spawning_child PRIVATE uv_static)
  add_dependencies(unit_tests told_child)
  set_source_files_properties(tests/unit/system_error_windows_test.cc PROPERTIES
    COMPILE_DEFINITIONS VIOLET_FACTS="${PROJECT_SOURCE_DIR}/tests/abi/facts"
    SKIP_PRECOMPILE_HEADERS ON)
endif()
# The library has no type information for the check of virtual calls to look at.
target_compile_options(unit_tests PRIVATE -fno-sanitize=vptr)

# The ABI tests bring their own rules when they need more than GoogleTest files.
if(EXISTS ${PROJECT_SOURCE_DIR}/tests/abi/CMakeLists.txt)
  add_subdirectory(tests/abi)
else()
  file(GLOB abi_sources CONFIGURE_DEPENDS tests/abi/*.cc)
  violet_add_test_program(abi_tests SOURCES ${abi_sources} LIBRARIES uv_static)
endif()

# What kqueue(2) promises, held against the emulation or the system's own.
if(VIOLET_KQUEUE_ON_LINUX OR CMAKE_SYSTEM_NAME MATCHES "BSD|Darwin")
  add_subdirectory(tests/kqueue_on_linux)
endif()

if(APPLE)
  # Programs find the library beside them, wherever they are copied.
  set(CMAKE_BUILD_RPATH @loader_path)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  set(late_binding -Wl,-z,lazy -Wl,--enable-new-dtags)
elseif(NOT APPLE AND NOT WIN32)
  set(late_binding -Wl,-z,lazy)
endif()
# Tests have sockets of their own.
if(WIN32)
  set(test_libraries ws2_32)
endif()
# openpty(3)
if(NOT APPLE AND NOT WIN32)
  set(test_libraries util)
endif()

# The behavioural tests know uv.h only and find libuv.so.1 when they start, so that LD_LIBRARY_PATH
# turns them on another library. Lazy binding lets that library lack newer functions. A file whose name
# tells of a platform is built there only.
file(GLOB api_sources CONFIGURE_DEPENDS conformance/api/*.cc)
if(WIN32)
  list(FILTER api_sources EXCLUDE REGEX "/[^/]*_posix[^/]*$")
  set(api_includes conformance/windows)
else()
  list(FILTER api_sources EXCLUDE REGEX "/[^/]*_windows[^/]*$")
endif()
violet_add_test_program(api_tests SOURCES ${api_sources} LIBRARIES uv_shared
  INCLUDES ${api_includes})
if(TARGET api_tests)
  target_link_options(api_tests PRIVATE ${late_binding})
  target_link_libraries(api_tests PRIVATE ${test_libraries})
endif()
if(TARGET api_tests AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_test(NAME api_tests_uring COMMAND api_tests)
  set_tests_properties(api_tests_uring PROPERTIES TIMEOUT 300
    ENVIRONMENT "VIOLET_BACKEND=uring;VIOLET_BACKEND_STRICT=1")
endif()

if(TARGET api_tests)
  add_dependencies(api_tests told_child)
endif()
if(WIN32)
  if(TARGET api_tests)
    add_dependencies(api_tests spawning_child)
  endif()
  # Tests of the console have one in a pseudo-terminal only.
  find_program(VIOLET_SCRIPT script)
  list(JOIN CMAKE_CROSSCOMPILING_EMULATOR " " emulator)
  function(violet_add_terminal_test program filter)
    add_test(NAME ${program}_terminal COMMAND ${VIOLET_SCRIPT} -qec
      "${emulator} $<TARGET_FILE:${program}> '--gtest_filter=${filter}' >/dev/null" /dev/null)
    set_tests_properties(${program}_terminal PROPERTIES TIMEOUT 60
      ENVIRONMENT VIOLET_EXPECT_CONSOLE=1)
  endfunction()
  if(VIOLET_SCRIPT AND CMAKE_CROSSCOMPILING_EMULATOR)
    violet_add_terminal_test(unit_tests "Terminal.*")
    violet_add_terminal_test(api_tests "Tty*")
  endif()
endif()

# All scenarios in one program, for machines where conformance/test_scenarios.py cannot run. Not with
# sanitizers: their list alone takes the compiler half a minute then.
file(GLOB scenario_sources CONFIGURE_DEPENDS conformance/scenarios/*.c)
if(NOT VIOLET_SANITIZE)
  set(scenario_list ${PROJECT_BINARY_DIR}/scenario_list.cc)
  set(scenario_runner conformance/portable/main.cc conformance/portable/judge.cc)
  if(WIN32)
    set(left_out ${PROJECT_SOURCE_DIR}/conformance/portable/left_out_windows.txt)
    set(left_out_option --left-out ${left_out})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${left_out})
    file(STRINGS ${left_out} absent REGEX "^absent ")
    foreach(line IN LISTS absent)
      string(REGEX REPLACE "^absent +([^ ]+) .*$" "\\1" name ${line})
      list(FILTER scenario_sources EXCLUDE REGEX "/${name}\\.c$")
    endforeach()
    list(APPEND scenario_runner conformance/portable/child_windows.cc)
  else()
    list(APPEND scenario_runner conformance/portable/child_posix.cc)
  endif()
  file(GLOB harness_sources CONFIGURE_DEPENDS conformance/harness/*.py)
  add_custom_command(OUTPUT ${scenario_list}
    COMMAND python3 ${PROJECT_SOURCE_DIR}/conformance/portable/list_scenarios.py
      --output ${scenario_list} ${left_out_option}
    DEPENDS conformance/portable/list_scenarios.py ${scenario_sources} ${harness_sources} ${left_out}
    VERBATIM)
  foreach(source IN LISTS scenario_sources)
    get_filename_component(name ${source} NAME_WE)
    set_source_files_properties(${source} PROPERTIES COMPILE_DEFINITIONS main=scenario_main_${name})
  endforeach()
  add_executable(scenarios ${scenario_runner} ${scenario_list} ${scenario_sources})
  target_include_directories(scenarios PRIVATE conformance/portable conformance/scenarios)
  target_compile_options(scenarios PRIVATE ${VIOLET_WARNINGS} -O0)
  target_link_options(scenarios PRIVATE ${late_binding})
  target_link_libraries(scenarios PRIVATE uv_shared Threads::Threads ${test_libraries})
  if(WIN32)
    target_include_directories(scenarios PRIVATE conformance/windows)
  endif()
  add_test(NAME scenarios COMMAND scenarios)
  set_tests_properties(scenarios PROPERTIES TIMEOUT 600)
endif()

if(MINGW AND TARGET api_tests AND TARGET scenarios)
  include(cmake/windows_oracle.cmake)
endif()

# The byte-exact soaks (conformance/soak/test_soak.py runs them).
add_executable(soak conformance/soak/soak.cc)
add_executable(soak_datagrams conformance/soak/datagrams.cc)
add_executable(soak_connections conformance/soak/connections.cc)
foreach(name soak soak_datagrams soak_connections)
  target_include_directories(${name} PRIVATE tests/support)
  target_compile_options(${name} PRIVATE ${VIOLET_WARNINGS})
  target_link_libraries(${name} PRIVATE uv_shared)
endforeach()
add_test(NAME soak_connections COMMAND soak_connections 2000)
set_tests_properties(soak_connections PROPERTIES TIMEOUT 120)
if(WIN32)
  add_test(NAME soak COMMAND soak 2 1)
  add_test(NAME soak_pipes COMMAND soak 2 1 30 pipe)
  add_test(NAME soak_datagrams COMMAND soak_datagrams 2 1)
  set_tests_properties(soak soak_pipes soak_datagrams PROPERTIES TIMEOUT 120)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_test(NAME soak_uring COMMAND soak 1 1)
  set_tests_properties(soak_uring PROPERTIES TIMEOUT 120
    ENVIRONMENT "VIOLET_BACKEND=uring;VIOLET_BACKEND_STRICT=1;VIOLET_URING_BUFFERS=4;VIOLET_URING_BUFFER_SIZE=512")
endif()

# Random programs (conformance/differential/windows.py runs them under Wine; elsewhere the scripts
# compile it).
if(WIN32)
  file(GLOB interpreter_sources CONFIGURE_DEPENDS conformance/differential/interpreter/*.cc)
  list(FILTER interpreter_sources EXCLUDE REGEX "_posix\\.cc$")
  add_executable(interpreter ${interpreter_sources})
  target_include_directories(interpreter PRIVATE conformance/windows)
  target_compile_options(interpreter PRIVATE ${VIOLET_WARNINGS} -O1)
  target_link_libraries(interpreter PRIVATE uv_shared Threads::Threads ${test_libraries})
endif()

# What a machine without a compiler needs to run the behavioural tests, in one folder.
if(TARGET api_tests AND TARGET scenarios AND TARGET uv_shared AND TARGET violet)
  set(library_name $<TARGET_SONAME_FILE_NAME:uv_shared>)
  if(WIN32)
    set(library_name $<TARGET_FILE_NAME:uv_shared>)
  endif()
  set(portable_programs api_tests scenarios soak soak_datagrams)
  set(portable_files $<TARGET_FILE:violet> $<TARGET_FILE:told_child>)
  foreach(program IN LISTS portable_programs)
    list(APPEND portable_files $<TARGET_FILE:${program}>)
  endforeach()
  set(portable_folder ${PROJECT_BINARY_DIR}/portable)
  add_custom_target(portable
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${portable_folder}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${portable_folder}
    COMMAND ${CMAKE_COMMAND} -E copy ${portable_files}
      ${PROJECT_SOURCE_DIR}/conformance/portable/run ${portable_folder}
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:uv_shared>
      ${portable_folder}/${library_name}
    DEPENDS uv_shared violet told_child ${portable_programs}
    COMMENT "Gathering the behavioural tests in portable/" VERBATIM)
endif()

# Lives under faults (conformance/faults): its functions of the C library come before the real ones
# where the linker sees libuv.so.1 ask for them. ThreadSanitizer cannot follow its forked children. The
# functions, and how a caller is known for the library's, are Linux's.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT VIOLET_SANITIZE MATCHES "thread")
  file(GLOB fault_sources CONFIGURE_DEPENDS conformance/faults/*.cc)
  add_executable(fault_sweep ${fault_sources})
  target_compile_options(fault_sweep PRIVATE ${VIOLET_WARNINGS})
  target_link_options(fault_sweep PRIVATE ${late_binding})
  target_link_libraries(fault_sweep PRIVATE uv_shared Threads::Threads ${test_libraries})
  foreach(engine epoll uring)
    add_test(NAME fault_sweep_${engine} COMMAND fault_sweep --short)
    set_tests_properties(fault_sweep_${engine} PROPERTIES TIMEOUT 300
      ENVIRONMENT "VIOLET_BACKEND=${engine}")
  endforeach()
endif()

# A benchmark under a sanitizer measures the sanitizer.
if(VIOLET_SANITIZE)
  return()
endif()

# One benchmark program per file. They know uv.h only and find libuv.so.1 when they start, to be
# compared on any set of libraries (bench/compare_micro.py does that). All but bench_spawn, which
# measures one process from another, are written with Google Benchmark.
if(NOT WIN32)
  # One for this machine would be found where another system is built for.
  if(NOT CMAKE_CROSSCOMPILING)
    find_package(benchmark QUIET)
  endif()
  file(GLOB benchmark_sources CONFIGURE_DEPENDS bench/micro/*.cc)
  if(NOT benchmark_FOUND)
    message(STATUS "Google Benchmark (libbenchmark-dev) is absent: of the micro-benchmarks only bench_spawn is built")
    list(FILTER benchmark_sources INCLUDE REGEX "/spawn\\.cc$")
  endif()
  foreach(source IN LISTS benchmark_sources)
    get_filename_component(name ${source} NAME_WE)
    add_executable(bench_${name} ${source})
    target_compile_options(bench_${name} PRIVATE ${VIOLET_WARNINGS} -fno-strict-aliasing)
    target_link_libraries(bench_${name} PRIVATE uv_shared Threads::Threads)
    if(NOT name STREQUAL "spawn")
      target_link_libraries(bench_${name} PRIVATE benchmark::benchmark)
    endif()
  endforeach()
endif()

# Shows what the memory order of uv_async_send() is for.
add_executable(litmus_async_send bench/litmus/async_send.cc)
target_include_directories(litmus_async_send PRIVATE src)
target_link_libraries(litmus_async_send PRIVATE violet_internal Threads::Threads)

include(cmake/benchmarks.cmake)
