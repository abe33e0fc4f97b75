-- Neovim's language client talks to a server over pipes; an RPC server over a socket answers another Neovim.
--
-- expect:
--   initialized: true
--   hover: text under the cursor
--   server ended: true
--   remote: 42
--   called back: from the other
-- stderr: any
local function say(...) io.stdout:write(table.concat({...}), '\n') end
local function until_true(condition) assert(vim.wait(15000, condition, 5), 'never came true') end

-- A language server in a few lines.
local path = vim.env.TMPDIR .. '/server.py'
vim.fn.writefile(vim.split([[
import json, sys
def read():
    size = 0
    while (line := sys.stdin.buffer.readline().strip()):
        if line.lower().startswith(b'content-length:'):
            size = int(line.split(b':')[1])
    return json.loads(sys.stdin.buffer.read(size)) if size else None
def answer(number, result):
    text = json.dumps({'jsonrpc': '2.0', 'id': number, 'result': result}).encode()
    sys.stdout.buffer.write(b'Content-Length: %d\r\n\r\n%s' % (len(text), text))
    sys.stdout.buffer.flush()
while (message := read()):
    method = message.get('method')
    if method == 'initialize':
        answer(message['id'], {'capabilities': {'hoverProvider': True}})
    elif method == 'textDocument/hover':
        answer(message['id'], {'contents': 'text under the cursor'})
    elif method == 'shutdown':
        answer(message['id'], None)
    elif method == 'exit':
        break
]], '\n'), path)

local ended, ready = false, false
local id = vim.lsp.start_client({
  cmd = {'/usr/bin/python3', path},
  on_init = function() ready = true end,
  on_exit = function() ended = true end,
})
until_true(function() return ready end)
say('initialized: ', tostring(ready))
vim.lsp.buf_attach_client(0, id)
local hover
vim.lsp.get_client_by_id(id).request('textDocument/hover', {
  textDocument = {uri = 'file:///x'}, position = {line = 0, character = 0},
}, function(problem, result) hover = problem and tostring(problem) or result.contents end, 0)
until_true(function() return hover end)
say('hover: ', hover)
vim.lsp.get_client_by_id(id).stop()
until_true(function() return ended end)
say('server ended: ', tostring(ended))

-- A second Neovim is driven over its standard streams, and calls back over a socket.
local address = vim.fn.serverstart(vim.env.TMPDIR .. '/nvim-socket')
local other = vim.fn.jobstart({vim.v.progpath, '--embed', '--headless', '-u', 'NONE', '-i', 'NONE', '-n'}, {rpc = true})
say('remote: ', vim.fn.rpcrequest(other, 'nvim_eval', '6 * 7'))
vim.fn.rpcrequest(other, 'nvim_set_var', 'address', address)
vim.fn.rpcnotify(other, 'nvim_command',
  "call rpcnotify(sockconnect('pipe', g:address, {'rpc': 1}), 'nvim_set_var', 'seen', 'from the other')")
until_true(function() return vim.g.seen end)
say('called back: ', vim.g.seen)
vim.fn.rpcnotify(other, 'nvim_command', 'qall!')
vim.fn.jobwait({other}, 5000)
vim.cmd('qall!')
