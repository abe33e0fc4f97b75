# `violet run`, the JavaScript shim: built where tools/fetch_v8.sh has put V8's headers and the npm
# packages, left out with a word where it has not.

set(VIOLET_V8 ${PROJECT_SOURCE_DIR}/build/v8 CACHE PATH "What tools/fetch_v8.sh fetched")
set(VIOLET_NODE18 ${PROJECT_SOURCE_DIR}/build/node18 CACHE PATH "What tools/fetch_node18.sh fetched")

if(NOT EXISTS ${VIOLET_V8}/complete OR NOT EXISTS ${VIOLET_V8}/llhttp OR
   NOT EXISTS ${VIOLET_V8}/root/usr/include/zlib.h)
  message(STATUS "V8 is absent: `violet run` is left out (tools/fetch_v8.sh fetches what it needs)")
  return()
endif()

file(GLOB v8_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/v8/*.cc)
file(GLOB v8_library CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/v8/lib/*.js
     ${PROJECT_SOURCE_DIR}/src/v8/lib/package.json)
set(v8_bundle ${PROJECT_BINARY_DIR}/violet_run_library.cc)
set(v8_bundler ${PROJECT_SOURCE_DIR}/tools/bundle_javascript.py)
add_custom_command(OUTPUT ${v8_bundle}
  COMMAND python3 ${v8_bundler} --output ${v8_bundle} --library ${PROJECT_SOURCE_DIR}/src/v8/lib
    --packages ${VIOLET_V8}/node_modules
  DEPENDS ${v8_bundler} ${v8_library} ${VIOLET_V8}/complete
  COMMENT "Bundling the JavaScript of violet run" VERBATIM)

# What libnode needs is named here too, so that this program's run path leads to all of it: unlike an
# older RPATH, that leaves LD_LIBRARY_PATH the last word on libuv.so.1.
set(v8_needed)
foreach(name cares.so.2 nghttp2.so.14 brotlicommon.so.1 brotlidec.so.1 brotlienc.so.1 icudata.so.72
             icuuc.so.72 icui18n.so.72 crypto.so.3 ssl.so.3 z.so.1)
  file(GLOB found ${VIOLET_NODE18}/lib/lib${name} ${VIOLET_NODE18}/root/lib/*/lib${name})
  list(APPEND v8_needed ${found})
endforeach()

# The HTTP parser. Hidden, so that it and libnode's copy of another version never mix.
file(GLOB llhttp_sources ${VIOLET_V8}/llhttp/*.c)
add_library(llhttp STATIC EXCLUDE_FROM_ALL ${llhttp_sources})
target_include_directories(llhttp SYSTEM PUBLIC ${VIOLET_V8}/llhttp)
set_target_properties(llhttp PROPERTIES C_VISIBILITY_PRESET hidden)
target_compile_options(llhttp PRIVATE -w)

# V8 exports no type information of its classes. Its library needs libuv.so.1 itself: the process
# shares ours.
add_executable(violet-run ${v8_sources} ${v8_bundle})
target_include_directories(violet-run PRIVATE src)
target_include_directories(violet-run SYSTEM PRIVATE ${VIOLET_V8}/include
  ${VIOLET_V8}/root/usr/include ${VIOLET_V8}/root/usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
target_compile_options(violet-run PRIVATE ${VIOLET_WARNINGS} -fno-exceptions -fno-rtti)
if(VIOLET_SANITIZE)
  # The check of an object's class needs its type information. V8's handles are tagged pointers.
  # Nor can GCC follow what V8 leaves uninitialized once the checks are in between.
  target_compile_options(violet-run PRIVATE -fno-sanitize=vptr,alignment -Wno-maybe-uninitialized)
  # A stage of its own builds it (`./check javascript_asan`).
  set_target_properties(violet-run PROPERTIES EXCLUDE_FROM_ALL ON)
endif()
target_link_libraries(violet-run PRIVATE uv_shared llhttp ${VIOLET_NODE18}/lib/libnode.so.108 ${v8_needed}
                      pthread)
target_link_options(violet-run PRIVATE -Wl,--no-as-needed -Wl,--enable-new-dtags)
set_target_properties(violet-run PROPERTIES
  BUILD_RPATH "${PROJECT_BINARY_DIR};${VIOLET_NODE18}/lib")
