-- luv: spawn with pipes, exit codes, signals to children and to oneself, and the system's facts.
--
-- expect:
--   output: hello violet
--   exit: 3 signal 0
--   cat: 100000
--   killed: signal 15
--   missing: ENOENT
--   own signal: sigusr1
--   environment: value
--   facts: true
local uv = require('luv')

local function collect(pipe, done)
  local parts = {}
  pipe:read_start(function(problem, data)
    assert(not problem, problem)
    if data then
      parts[#parts + 1] = data
    else
      pipe:close()
      done(table.concat(parts))
    end
  end)
end

local out = uv.new_pipe(false)
local child, code, signal
child = uv.spawn('/bin/sh', {
  args = {'-c', 'echo hello $COLOUR; exit 3'}, env = {'COLOUR=violet'}, stdio = {nil, out, nil},
}, function(exit_code, exit_signal)
  code, signal = exit_code, exit_signal
  child:close()
end)
collect(out, function(text) io.write('output: ', text) end)
uv.run()
print('exit: ' .. code .. ' signal ' .. signal)

local input, output = uv.new_pipe(false), uv.new_pipe(false)
local cat
cat = uv.spawn('cat', {stdio = {input, output, nil}}, function() cat:close() end)
collect(output, function(text) print('cat: ' .. #text) end)
input:write(string.rep('x', 100000), function() input:close() end)
uv.run()

local sleeper
sleeper = uv.spawn('sleep', {args = {'60'}}, function(_, by)
  print('killed: signal ' .. by)
  sleeper:close()
end)
sleeper:kill('sigterm')
uv.run()
local _, _, missing = uv.spawn('/does/not/exist', {}, function() end)
print('missing: ' .. missing)

local own = uv.new_signal()
own:start('sigusr1', function(name)
  print('own signal: ' .. name)
  own:close()
end)
uv.kill(uv.os_getpid(), 'sigusr1')
uv.run()
uv.os_setenv('DROPIN_TEST', 'value')
print('environment: ' .. uv.os_getenv('DROPIN_TEST'))
print('facts: ' .. tostring(uv.cwd() ~= nil and uv.exepath() ~= nil and #uv.cpu_info() > 0 and
                            uv.get_total_memory() > 0 and uv.uptime() > 0 and uv.os_uname().sysname == 'Linux'))
