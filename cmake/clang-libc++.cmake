# Clang 14 with libc++ 14 on this machine: the language and library that FreeBSD 13 has
# (tools/install_dependencies.sh libc++).
set(CMAKE_C_COMPILER clang-14)
set(CMAKE_CXX_COMPILER clang++-14)
set(CMAKE_CXX_FLAGS_INIT -stdlib=libc++)
# Debian's own GoogleTest was built for the other C++ library, and so was Google Benchmark.
set(VIOLET_GOOGLETEST_FROM_SOURCE ON)
set(CMAKE_DISABLE_FIND_PACKAGE_benchmark ON)
