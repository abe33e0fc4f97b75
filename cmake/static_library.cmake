# libuv.a as programs link it: with the C compiler alone, and beside any other library.

# Elsewhere an archive of ordinary objects has to do.
set(VIOLET_JOINS_OBJECTS OFF)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  set(VIOLET_JOINS_OBJECTS ON)
endif()

# Adds the static library `name`, made of the objects of the target `objects` and of what they need
# of `archives`. It is one object file, in which only the interface has names that others can see:
# whoever links a liburing of his own gets that one, and ours stays ours.
function(violet_add_static_library name objects)
  set(object ${PROJECT_BINARY_DIR}/${name}.o)
  # Groups of inline functions are dissolved: a program's own copy of one must not replace ours, whose
  # name is hidden by then.
  add_custom_command(OUTPUT ${object}
    COMMAND ${CMAKE_CXX_COMPILER} -r -nostdlib -fno-lto -Wl,--force-group-allocation -o ${object}
      $<TARGET_OBJECTS:${objects}> ${ARGN}
    COMMAND ${CMAKE_OBJCOPY} --wildcard --keep-global-symbol=uv_* --keep-global-symbol=violet_*
      --remove-section=.gnu.lto_* ${object}
    DEPENDS ${objects} $<TARGET_OBJECTS:${objects}> ${ARGN}
    COMMENT "Joining the objects of ${name}"
    COMMAND_EXPAND_LISTS VERBATIM)
  set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  add_library(${name} STATIC ${object})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE C)
endfunction()
