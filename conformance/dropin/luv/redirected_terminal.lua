-- A script that takes its output for a terminal prints to a pipe too, as behind `| cat`, and reads
-- from one.
--
-- expect:
--   through the handle
--   read: key
local uv = require("luv")

local output = assert(uv.new_tty(1, false))
local ends = uv.pipe({}, {})
local input = assert(uv.new_tty(ends.read, true))

input:read_start(function(problem, text)
  assert(not problem, problem)
  input:close()
  output:write("read: " .. text .. "\n")
end)
output:write("through the handle\n", function() uv.fs_write(ends.write, "key") end)
uv.run()
