-- The SELECT ceiling: 1,000 keys in turn.
local n = 0
request = function()
  n = n % 1000 + 1
  return wrk.format("GET", "/select/" .. n)
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
