# Cross-builds for the BSDs and macOS with zig's C++ compiler (tools/fetch_zig.sh), which brings their
# headers and C libraries: -DCMAKE_TOOLCHAIN_FILE=cmake/zig.cmake -DVIOLET_ZIG_TARGET=x86_64-freebsd.
# Whoever has the system's own files wants an ordinary toolchain file instead (docs/packages.md).
set(VIOLET_ZIG_TARGET "" CACHE STRING "ARCHITECTURE-SYSTEM[.VERSION], as zig names it")
# What CMake tries out at configure time has to know the target as well.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES VIOLET_ZIG_TARGET)

if(NOT VIOLET_ZIG_TARGET MATCHES "^([a-z0-9_]+)-(freebsd|netbsd|openbsd|macos)")
  message(FATAL_ERROR "VIOLET_ZIG_TARGET has to be like x86_64-freebsd, not \"${VIOLET_ZIG_TARGET}\"")
endif()
set(CMAKE_SYSTEM_PROCESSOR ${CMAKE_MATCH_1})
set(zig_system_freebsd FreeBSD)
set(zig_system_netbsd NetBSD)
set(zig_system_openbsd OpenBSD)
set(zig_system_macos Darwin)
set(CMAKE_SYSTEM_NAME ${zig_system_${CMAKE_MATCH_2}})

set(zig_commands ${CMAKE_CURRENT_LIST_DIR}/../tools/zig)
set(CMAKE_C_COMPILER ${zig_commands}/clang)
set(CMAKE_CXX_COMPILER ${zig_commands}/clang++)
set(CMAKE_C_COMPILER_TARGET ${VIOLET_ZIG_TARGET})
set(CMAKE_CXX_COMPILER_TARGET ${VIOLET_ZIG_TARGET})
set(CMAKE_AR ${zig_commands}/ar CACHE FILEPATH "")
set(CMAKE_RANLIB ${zig_commands}/ranlib CACHE FILEPATH "")
set(CMAKE_OBJCOPY ${zig_commands}/objcopy CACHE FILEPATH "")
# Without optimisation zig adds checks of undefined behaviour, and a run-time library for them.
set(CMAKE_C_FLAGS_INIT -fno-sanitize=all)
set(CMAKE_CXX_FLAGS_INIT -fno-sanitize=all)
# The first program that is linked takes the longest, for zig builds the system's C++ library then. While
# CMake looks around nothing else could be compiled meanwhile.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
# Nothing of this machine's own is for the target.
set(CMAKE_FIND_ROOT_PATH ${CMAKE_CURRENT_LIST_DIR}/nothing)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
if(CMAKE_SYSTEM_NAME STREQUAL "Darwin")
  # With zig 0.17.1 this header defines nothing any more once <cmath> was there; GoogleTest asks for it.
  string(APPEND CMAKE_CXX_FLAGS_INIT " -include float.h")
  # CMake looks for these on a Mac only. Run paths are written at link time.
  set(CMAKE_OSX_SYSROOT "" CACHE STRING "")
  set(CMAKE_OSX_DEPLOYMENT_TARGET "" CACHE STRING "")
  set(CMAKE_INSTALL_NAME_TOOL /usr/bin/false CACHE FILEPATH "")
endif()
