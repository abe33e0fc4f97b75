-- Read by Lua before each test file (LUA_INIT).
package.cpath = ".\\?.dll"
package.path = ".\\?.lua"

-- luv's tests print through a pipe or a console. On a library without pipes, the C library stands in for
-- that one stream.
local uv = require("luv")
local pipe = uv.new_pipe(false)
if pipe then
  uv.close(pipe)
  uv.run("nowait")
  return
end
local stand_in = {}
local new_pipe, pipe_open, write = uv.new_pipe, uv.pipe_open, uv.write

function uv.new_pipe()
  uv.new_pipe = new_pipe
  return stand_in
end

function uv.pipe_open(pipe, file)
  if pipe == stand_in then return 0 end
  return pipe_open(pipe, file)
end

function uv.write(stream, text, ...)
  if stream ~= stand_in then return write(stream, text, ...) end
  io.write(text)
  io.flush()
end
