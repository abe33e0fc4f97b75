-- luv: TCP and pipe echo, half-closed, UDP, and the errors of connecting.
--
-- expect:
--   tcp: 20 echoes right
--   pipe: hello
--   udp: ping 4
--   refused: ECONNREFUSED
--   try_write: 3
--   socket names: true
local uv = require('luv')

local function echo_server(server)
  server:listen(128, function(failed)
    assert(not failed, failed)
    local client = server:get_type() == 'pipe' and uv.new_pipe(false) or uv.new_tcp()
    server:accept(client)
    client:read_start(function(problem, data)
      assert(not problem, problem)
      if data then
        client:write(data)
      else
        client:shutdown(function() client:close() end)
      end
    end)
  end)
end

local function ask(client, text, done)
  local got = {}
  client:read_start(function(problem, data)
    assert(not problem, problem)
    if data then
      got[#got + 1] = data
    else
      client:close()
      done(table.concat(got))
    end
  end)
  client:write(text)
  client:shutdown()
end

local server = uv.new_tcp()
assert(server:bind('127.0.0.1', 0))
echo_server(server)
local port = server:getsockname().port
local right, done = 0, 0
for index = 1, 20 do
  local client = uv.new_tcp()
  client:connect('127.0.0.1', port, function(failed)
    assert(not failed, failed)
    local text = string.rep(tostring(index), 1000)
    ask(client, text, function(answer)
      if answer == text then right = right + 1 end
      done = done + 1
      if done == 20 then server:close() end
    end)
  end)
end
uv.run()
print('tcp: ' .. right .. ' echoes right')

local path = uv.os_getenv('TMPDIR') .. '/luv-socket'
local named = uv.new_pipe(false)
assert(named:bind(path))
echo_server(named)
local client = uv.new_pipe(false)
client:connect(path, function(failed)
  assert(not failed, failed)
  ask(client, 'hello', function(answer)
    print('pipe: ' .. answer)
    named:close()
  end)
end)
uv.run()

local receiver, sender = uv.new_udp(), uv.new_udp()
receiver:bind('127.0.0.1', 0)
receiver:recv_start(function(problem, data)
  assert(not problem, problem)
  if not data then return end
  print('udp: ' .. data .. ' ' .. #data)
  receiver:close()
end)
sender:send('ping', '127.0.0.1', receiver:getsockname().port, function() sender:close() end)
uv.run()

local nobody = uv.new_tcp()
nobody:connect('127.0.0.1', port, function(failed)
  print('refused: ' .. failed)
  nobody:close()
end)
uv.run()

local pair = uv.socketpair()
local left, other = uv.new_tcp(), uv.new_tcp()
left:open(pair[1])
other:open(pair[2])
print('try_write: ' .. left:try_write('abc'))
left:close()
other:close()
uv.run()
local bound = uv.new_tcp()
bound:bind('127.0.0.1', 0)
local name = bound:getsockname()
print('socket names: ' .. tostring(name.ip == '127.0.0.1' and name.port > 0 and name.family == 'inet'))
bound:close()
uv.run()
