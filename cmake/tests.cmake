# Test and benchmark programs. Test code may use exceptions and RTTI, as GoogleTest does.

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
if(WIN32)
  add_executable(told_child tests/unit/child/told.c)
  add_dependencies(unit_tests told_child)
  set_source_files_properties(tests/unit/system_error_windows_test.cc PROPERTIES
    COMPILE_DEFINITIONS VIOLET_FACTS="${PROJECT_SOURCE_DIR}/tests/abi/facts"
    SKIP_PRECOMPILE_HEADERS ON)
  # Tests of the console have one in a pseudo-terminal only.
  find_program(VIOLET_SCRIPT script)
  if(VIOLET_SCRIPT AND CMAKE_CROSSCOMPILING_EMULATOR)
    add_test(NAME unit_tests_terminal COMMAND ${VIOLET_SCRIPT} -qec
      "${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:unit_tests> '--gtest_filter=Terminal.*' >/dev/null" /dev/null)
    set_tests_properties(unit_tests_terminal PROPERTIES TIMEOUT 60
      ENVIRONMENT VIOLET_EXPECT_CONSOLE=1)
  endif()
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
elseif(NOT APPLE)
  set(late_binding -Wl,-z,lazy)
endif()
# openpty(3)
if(NOT APPLE)
  set(terminal_library util)
endif()

# The behavioural tests know uv.h only and find libuv.so.1 when they start, so that LD_LIBRARY_PATH
# turns them on another library. Lazy binding lets that library lack newer functions. A file whose name
# tells of a platform is built there only.
file(GLOB api_sources CONFIGURE_DEPENDS conformance/api/*.cc)
if(WIN32)
  list(FILTER api_sources EXCLUDE REGEX "/[^/]*_posix[^/]*$")
  foreach(name IN LISTS VIOLET_API_TESTS_NOT_YET_ON_WINDOWS)
    list(FILTER api_sources EXCLUDE REGEX "/${name}\\.cc$")
  endforeach()
  violet_add_test_program(api_tests SOURCES ${api_sources} LIBRARIES uv_static
    INCLUDES conformance/windows)
else()
  list(FILTER api_sources EXCLUDE REGEX "/[^/]*_windows[^/]*$")
endif()
if(TARGET uv_shared)
  violet_add_test_program(api_tests SOURCES ${api_sources} LIBRARIES uv_shared)
  if(TARGET api_tests)
    target_link_options(api_tests PRIVATE ${late_binding})
    target_link_libraries(api_tests PRIVATE ${terminal_library})
  endif()
  if(TARGET api_tests AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    add_test(NAME api_tests_uring COMMAND api_tests)
    set_tests_properties(api_tests_uring PROPERTIES TIMEOUT 300
      ENVIRONMENT "VIOLET_BACKEND=uring;VIOLET_BACKEND_STRICT=1")
  endif()
endif()

# All scenarios in one program, for machines where conformance/test_scenarios.py cannot run. Not with
# sanitizers: the compiler takes minutes and gigabytes to check the one long list of them.
file(GLOB scenario_sources CONFIGURE_DEPENDS conformance/scenarios/*.c)
if(TARGET uv_shared AND NOT VIOLET_SANITIZE)
  set(scenario_list ${PROJECT_BINARY_DIR}/scenario_list.cc)
  file(GLOB harness_sources CONFIGURE_DEPENDS conformance/harness/*.py)
  add_custom_command(OUTPUT ${scenario_list}
    COMMAND python3 ${PROJECT_SOURCE_DIR}/conformance/portable/list_scenarios.py
      --output ${scenario_list}
    DEPENDS conformance/portable/list_scenarios.py ${scenario_sources} ${harness_sources} VERBATIM)
  foreach(source IN LISTS scenario_sources)
    get_filename_component(name ${source} NAME_WE)
    set_source_files_properties(${source} PROPERTIES COMPILE_DEFINITIONS main=scenario_main_${name})
  endforeach()
  add_executable(scenarios conformance/portable/main.cc conformance/portable/judge.cc
    ${scenario_list} ${scenario_sources})
  target_include_directories(scenarios PRIVATE conformance/portable conformance/scenarios)
  target_compile_options(scenarios PRIVATE ${VIOLET_WARNINGS} -O0)
  target_link_options(scenarios PRIVATE ${late_binding})
  target_link_libraries(scenarios PRIVATE uv_shared Threads::Threads ${terminal_library})
  add_test(NAME scenarios COMMAND scenarios)
  set_tests_properties(scenarios PROPERTIES TIMEOUT 600)
endif()

# The byte-exact soaks (conformance/soak/test_soak.py runs them).
if(TARGET uv_shared)
  add_executable(soak conformance/soak/soak.cc)
  add_executable(soak_datagrams conformance/soak/datagrams.cc)
  foreach(name soak soak_datagrams)
    target_compile_options(${name} PRIVATE ${VIOLET_WARNINGS})
    target_link_libraries(${name} PRIVATE uv_shared)
  endforeach()
endif()
if(TARGET uv_shared AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_test(NAME soak_uring COMMAND soak 1 1)
  set_tests_properties(soak_uring PROPERTIES TIMEOUT 120
    ENVIRONMENT "VIOLET_BACKEND=uring;VIOLET_BACKEND_STRICT=1;VIOLET_URING_BUFFERS=4;VIOLET_URING_BUFFER_SIZE=512")
endif()

# What a machine without a compiler needs to run the behavioural tests, in one folder.
if(TARGET api_tests AND TARGET scenarios)
  set(portable_programs api_tests scenarios soak soak_datagrams)
  set(portable_files $<TARGET_FILE:violet>)
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
      ${portable_folder}/$<TARGET_SONAME_FILE_NAME:uv_shared>
    DEPENDS uv_shared violet ${portable_programs}
    COMMENT "Gathering the behavioural tests in portable/" VERBATIM)
endif()

# Lives under faults (conformance/faults): its functions of the C library come before the real ones
# where the linker sees libuv.so.1 ask for them. ThreadSanitizer cannot follow its forked children. The
# functions, and how a caller is known for the library's, are Linux's.
if(TARGET uv_shared AND CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT VIOLET_SANITIZE MATCHES "thread")
  file(GLOB fault_sources CONFIGURE_DEPENDS conformance/faults/*.cc)
  add_executable(fault_sweep ${fault_sources})
  target_compile_options(fault_sweep PRIVATE ${VIOLET_WARNINGS})
  target_link_options(fault_sweep PRIVATE ${late_binding})
  target_link_libraries(fault_sweep PRIVATE uv_shared Threads::Threads ${terminal_library})
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
if(TARGET uv_shared)
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

include(cmake/benchmarks.cmake)
