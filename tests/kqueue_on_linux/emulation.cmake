# kqueue(2) on Linux, for a library that is built with VIOLET_KQUEUE_ON_LINUX.

file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cc)
list(FILTER sources EXCLUDE REGEX "/check_[^/]*$")
# A library of its own, as a kernel is no part of what calls it: faults are planted into libuv.so.1
# (conformance/faults) and miss this. Never unloaded, for its fork handlers.
add_library(kqueue_on_linux SHARED ${sources})
target_include_directories(kqueue_on_linux PUBLIC ${CMAKE_CURRENT_LIST_DIR}/include)
target_compile_options(kqueue_on_linux PRIVATE ${VIOLET_WARNINGS})
target_link_options(kqueue_on_linux PRIVATE -Wl,-z,nodelete)
if(NOT VIOLET_SANITIZE)
  target_link_options(kqueue_on_linux PRIVATE -static-libstdc++ -static-libgcc)
endif()
# Beside libuv.so.1, for who looks there.
set_target_properties(kqueue_on_linux PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}
  INSTALL_RPATH "$ORIGIN")
