# find_package(libuv) defines libuv::uv (shared, where it exists) and libuv::uv_a (static).

include(${CMAKE_CURRENT_LIST_DIR}/libuvTargets.cmake)

# Programs that build their own copy of libuv otherwise write the names without the namespace.
foreach(name uv uv_a)
  # Before 3.18 an imported target could have no alias.
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.18 AND TARGET libuv::${name}
     AND NOT TARGET ${name})
    add_library(${name} ALIAS libuv::${name})
  endif()
endforeach()
