-- The SELECT ceiling: 1,000 keys in turn.
local requests, n = {}, 0
init = function()
  for id = 1, 1000 do requests[id] = wrk.format("GET", "/select/" .. id) end
end
request = function()
  n = n % 1000 + 1
  return requests[n]
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
