-- A session in Neovim, from the first finding to the server's end, written for 0.7 and later.
-- FROMLINT_SERVER: the command as JSON. FROMLINT_SUITE_REPORT: where outcomes go, one JSON object a line.

local PATIENCE = 60000 -- milliseconds, for a busy machine

local function write(line)
  local file = assert(io.open(vim.env.FROMLINT_SUITE_REPORT, 'a'))
  file:write(vim.json.encode(line) .. '\n')
  file:close()
end

local buffer, client_id, exit

local function client()
  return vim.lsp.get_client_by_id(client_id)
end

local function wait_for(what, holds)
  vim.wait(PATIENCE, function() return exit ~= nil or holds() end, 20)
  assert(holds(), 'waited for ' .. what .. (exit and ', but the server has ended: ' .. vim.inspect(exit) or ''))
end

local function rule_of(diagnostic)
  return diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code)
end

local function find(rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if rule_of(diagnostic) == rule then return diagnostic end
  end
end

local function line(number)
  return vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
end

local function ask(method, params)
  local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, PATIENCE)
  assert(answers and answers[client_id], method .. ': ' .. tostring(problem))
  assert(answers[client_id].error == nil, vim.inspect(answers[client_id].error))
  return answers[client_id].result
end

--- Asks about a place: `row` is 1-based, `column` 0-based. Not the cursor's: outside insert mode that is never behind
--- the last letter.
local function ask_at(method, row, column, more)
  local place = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    position = { line = row - 1, character = column },
  }
  return ask(method, vim.tbl_extend('force', place, more or {}))
end

--- Code actions for the given row, as the range of its finding asks for them.
local function actions(row, only)
  local at = { line = row - 1, character = 6 }
  local context = { diagnostics = {}, only = only }
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer, { lnum = row - 1 })) do
    table.insert(context.diagnostics, diagnostic.user_data and diagnostic.user_data.lsp_diagnostic or {
      range = {
        start = { line = diagnostic.lnum, character = diagnostic.col },
        ['end'] = { line = diagnostic.end_lnum, character = diagnostic.end_col },
      },
      message = diagnostic.message,
      source = diagnostic.source,
      code = rule_of(diagnostic),
    })
  end
  return ask_at('textDocument/codeAction', row, 6, { range = { start = at, ['end'] = at }, context = context })
end

local function apply(found, title)
  for _, action in ipairs(found) do
    if action.title:find(title) then
      -- The edit of a long one is worked out when it is chosen.
      if not action.edit then action = assert(ask('codeAction/resolve', action)) end
      vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding)
      return
    end
  end
  error('no code action ' .. title .. ' in ' .. vim.inspect(vim.tbl_map(function(action) return action.title end, found)))
end

local steps = {
  { 'the server starts and reports the rule and its place', function()
    vim.cmd('edit Dockerfile')
    buffer = vim.api.nvim_get_current_buf()
    assert(vim.bo.filetype == 'dockerfile', 'the filetype is ' .. vim.bo.filetype)
    client_id = assert(vim.lsp.start_client({
      name = 'fromlint',
      cmd = vim.json.decode(vim.env.FROMLINT_SERVER),
      root_dir = vim.fn.getcwd(),
      on_exit = function(code, signal) exit = { code = code, signal = signal } end,
    }))
    assert(vim.lsp.buf_attach_client(buffer, client_id))
    wait_for('a finding of no-latest', function() return find('no-latest') ~= nil end)
    local found = find('no-latest')
    assert(found.lnum == 0 and found.col == 5 and found.end_col == 18, vim.inspect(found))
    assert(found.severity == vim.diagnostic.severity.ERROR and found.source == 'fromlint', vim.inspect(found))
  end },
  { 'a code action is applied and its finding goes away', function()
    apply(actions(1), '^Use `golang:%d+%.%d+')
    assert(line(1):find('^FROM golang:%d+%.%d+'), line(1))
    wait_for('no finding of no-latest', function() return find('no-latest') == nil end)
  end },
  { 'findings follow what is typed', function()
    vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { 'WORKDIR /srv', 'WORKDIR /srv' })
    wait_for('a finding of no-redundant-workdir', function() return find('no-redundant-workdir') ~= nil end)
  end },
  { 'source.fixAll.fromlint corrects the whole file', function()
    apply(actions(1, { 'source.fixAll.fromlint' }), '.')
    local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    local _, count = text:gsub('WORKDIR', '')
    assert(count == 1, text)
    wait_for('no finding of no-redundant-workdir', function() return find('no-redundant-workdir') == nil end)
  end },
  { 'the written file is what the buffer shows', function()
    vim.cmd('write')
    assert(vim.deep_equal(vim.fn.readfile('Dockerfile'), vim.api.nvim_buf_get_lines(buffer, 0, -1, false)))
  end },
  { 'hover on an image says its tier', function()
    local result = assert(ask_at('textDocument/hover', 2, 6), 'nothing to show')
    local text = table.concat(vim.lsp.util.convert_input_to_markdown_lines(result.contents), '\n')
    assert(text:lower():find('official') and text:lower():find('major'), text)
  end },
  { 'completion after FROM node: offers exact tags', function()
    vim.api.nvim_buf_set_lines(buffer, 1, 2, false, { 'FROM node:' })
    local result = assert(ask_at('textDocument/completion', 2, 10), 'no completions')
    local labels = vim.tbl_map(function(item) return item.label end, result.items or result)
    local exact = vim.tbl_filter(function(label) return label:find('%d+%.%d+%.%d+$') end, labels)
    assert(#exact > 0, vim.inspect(labels))
  end },
  { 'the server ends with exit status 0', function()
    vim.lsp.stop_client(client_id)
    wait_for('its end', function() return exit ~= nil end)
    assert(exit.code == 0 and exit.signal == 0, vim.inspect(exit))
  end },
}

write({ names = vim.tbl_map(function(step) return step[1] end, steps) })
for _, step in ipairs(steps) do
  local ok, problem = xpcall(step[2], debug.traceback)
  write({ name = step[1], error = ok and vim.NIL or tostring(problem) })
  -- The next one builds on it.
  if not ok then vim.cmd('cquit 1') end
end
vim.cmd('qall!')
