-- Refreshes of the peer, whose tokens stay the same; a token a thread.
local tokens, counter, body = {}, 0, nil
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
setup = function(thread) thread:set("number", counter) counter = counter + 1 end
init = function() body = '{"refreshToken":"' .. tokens[number + 1] .. '"}' end
request = function() return wrk.format("POST", "/refresh", { ["Content-Type"] = "application/json" }, body) end
response = function(status, headers) end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
