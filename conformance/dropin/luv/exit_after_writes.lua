-- What was written before os.exit() arrives, in a callback or not, without another turn of the loop.
--
-- expect:
--   one
--   two
--   three
--   line 1
--   line 2
--   line 3
--   line 4
--   line 5
--   line 6
--   line 7
--   line 8
--   line 9
--   line 10
local uv = require("luv")

local output = uv.new_pipe(false)
output:open(1)
output:write("one\n")
output:write("two\n")
output:write("three\n")

local timer = uv.new_timer()
timer:start(0, 0, function()
  for i = 1, 10 do
    output:write("line " .. i .. "\n")
  end
  os.exit()
end)
uv.run()
