-- Sign-ins of the users u1 to u32 in turn.
local n = 0
request = function()
  n = n % 32 + 1
  return wrk.format("POST", "/api/auth/login/", { ["Content-Type"] = "application/json" },
    string.format('{"email":"u%d@example.test","password":"%s"}', n, os.getenv("PASSWORD")))
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
