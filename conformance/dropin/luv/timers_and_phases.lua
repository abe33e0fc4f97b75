-- luv: timers, idle, prepare, check, async, and how uv.run tells what is left.
--
-- expect:
--   timer order: 10 20 30
--   repeated: 3
--   phases: idle prepare check
--   async: hello 42
--   nowait: false
--   once: false
--   now is not before: true
--   active: false closing: true
local uv = require('luv')

local order = {}
for _, delay in ipairs({30, 10, 20}) do
  local timer = uv.new_timer()
  timer:start(delay, 0, function()
    order[#order + 1] = delay
    timer:close()
  end)
end
uv.run()
print('timer order: ' .. table.concat(order, ' '))

local count = 0
local repeating = uv.new_timer()
repeating:start(1, 1, function()
  count = count + 1
  if count == 3 then repeating:close() end
end)
uv.run()
print('repeated: ' .. count)

local phases = {}
local hooks = {idle = uv.new_idle(), prepare = uv.new_prepare(), check = uv.new_check()}
for name, hook in pairs(hooks) do
  hook:start(function()
    phases[#phases + 1] = name
    hook:close()
  end)
end
uv.run()
print("phases: " .. table.concat(phases, " "))

local async
async = uv.new_async(function(text, number)
  print('async: ' .. text .. ' ' .. number)
  async:close()
end)
async:send('hello', 42)
uv.run()

print('nowait: ' .. tostring(uv.run('nowait')))
local single = uv.new_timer()
single:start(1, 0, function() single:close() end)
local before = uv.now()
local more = uv.run('once')
while more do more = uv.run('once') end
print('once: ' .. tostring(more))
print('now is not before: ' .. tostring(uv.now() >= before))
local handle = uv.new_timer()
handle:close()
print('active: ' .. tostring(handle:is_active()) .. ' closing: ' .. tostring(handle:is_closing()))
uv.run()
