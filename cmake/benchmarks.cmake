# The programs that `violet bench` runs, in a folder of their own: on Windows a program looks for its
# libraries beside itself first, and here it is to find the one that is measured.

set(bench_folder ${PROJECT_BINARY_DIR}/bench)
add_custom_target(bench_programs)

# A program that speaks the harness's protocol; without libuv it brings a clock of its own.
function(violet_add_bench_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(bench_program_${name} ${ARG_SOURCES} bench/protocol/protocol.c)
  target_include_directories(bench_program_${name} PRIVATE bench/protocol)
  target_compile_options(bench_program_${name} PRIVATE ${VIOLET_WARNINGS})
  target_link_libraries(bench_program_${name} PRIVATE ${ARG_LIBRARIES})
  set_target_properties(bench_program_${name} PROPERTIES OUTPUT_NAME ${name}
    RUNTIME_OUTPUT_DIRECTORY ${bench_folder})
  add_dependencies(bench_programs bench_program_${name})
endfunction()

# On uv.h alone, and on whatever libuv they find when they start.
set(bench_workloads async files lookups loop_count queue_work spawn stream_load stream_server timers
    udp_load udp_server)
foreach(name IN LISTS bench_workloads)
  set(sources bench/workloads/${name}.c bench/workloads/workload.c)
  if(name MATCHES "^stream_")
    list(APPEND sources bench/workloads/stream.c)
  endif()
  violet_add_bench_program(${name} SOURCES ${sources} LIBRARIES uv_shared)
endforeach()

# The child that they start has no library to be loaded and, where that can be had, no start-up code.
set(spawned bench/workloads/spawned.c)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  set(spawned bench/workloads/spawned_linux_x86_64.c)
endif()
add_executable(bench_program_spawned ${spawned})
if(spawned MATCHES "x86_64")
  set_target_properties(bench_program_spawned PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(bench_program_spawned PRIVATE -fno-stack-protector -fno-pie)
  target_link_options(bench_program_spawned PRIVATE -nostdlib -static -no-pie)
endif()
target_compile_options(bench_program_spawned PRIVATE ${VIOLET_WARNINGS})
set_target_properties(bench_program_spawned PROPERTIES OUTPUT_NAME spawned
  RUNTIME_OUTPUT_DIRECTORY ${bench_folder})
add_dependencies(bench_programs bench_program_spawned)

# What can be had without a library, by hand.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  foreach(name epoll_streams epoll_datagrams uring_streams uring_datagrams uring_files)
    violet_add_bench_program(${name} SOURCES bench/ceilings/${name}.cc bench/protocol/clock_posix.c
      LIBRARIES ${VIOLET_LIBURING})
  endforeach()

  # A load without a library, either: what it asks of a server does not change with what is measured.
  violet_add_bench_program(echo_in_turns SOURCES bench/workloads/echo_in_turns.cc
    bench/protocol/clock_posix.c)
endif()
