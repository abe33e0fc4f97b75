# Cross-builds for FreeBSD with an ordinary clang and the system's own files (base.txz, unpacked):
# -DCMAKE_TOOLCHAIN_FILE=cmake/freebsd-sysroot.cmake -DVIOLET_SYSROOT=/path/to/them.
# VIOLET_TARGET names another version or processor; CLANG_SUFFIX another clang (empty: plain "clang").
set(VIOLET_SYSROOT "" CACHE PATH "Where FreeBSD's usr/include, usr/lib and lib stand")
set(VIOLET_TARGET x86_64-unknown-freebsd13.2 CACHE STRING "As clang names it")
set(VIOLET_CLANG_SUFFIX -14 CACHE STRING "Of the commands clang, clang++, llvm-ar")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES VIOLET_SYSROOT VIOLET_TARGET VIOLET_CLANG_SUFFIX)

set(CMAKE_SYSTEM_NAME FreeBSD)
string(REGEX MATCH "^[^-]+" CMAKE_SYSTEM_PROCESSOR ${VIOLET_TARGET})
set(CMAKE_SYSROOT ${VIOLET_SYSROOT})
set(CMAKE_C_COMPILER clang${VIOLET_CLANG_SUFFIX})
set(CMAKE_CXX_COMPILER clang++${VIOLET_CLANG_SUFFIX})
set(CMAKE_C_COMPILER_TARGET ${VIOLET_TARGET})
set(CMAKE_CXX_COMPILER_TARGET ${VIOLET_TARGET})
# Debian's clang would take the other C++ library, which FreeBSD does not have.
set(CMAKE_CXX_FLAGS_INIT -stdlib=libc++)
foreach(kind EXE SHARED MODULE)
  set(CMAKE_${kind}_LINKER_FLAGS_INIT -fuse-ld=lld)
endforeach()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
