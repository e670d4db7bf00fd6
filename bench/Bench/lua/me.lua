-- GET me with the tokens of a file, in turn.
local tokens, n = {}, 0
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
request = function()
  n = n % #tokens + 1
  return wrk.format("GET", "/api/auth/me/", { Authorization = "Bearer " .. tokens[n] })
end
local bad = 0
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
