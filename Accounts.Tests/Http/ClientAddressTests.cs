using Accounts.Core.Failures;
using Accounts.Core.Throttling;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Whose address a request is taken to have.</summary>
[Trait("Pace", "long")]
public sealed class ClientAddressTests(Postgres postgres)
{
    private static readonly (string, string)[] FiveSignIns = [("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "5")];

    [Theory]
    [InlineData("")]
    [InlineData("10.9.9.9,2001:db8::/32")]
    public async Task RL_03_A_forged_address_from_a_peer_that_is_no_trusted_proxy_changes_nothing(string proxies)
    {
        await using var server = await TestServer.StartAsync(postgres, [.. FiveSignIns, ("Accounts:TrustedProxies", proxies)]);
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        for (var i = 1; i <= 8; i++)
        {
            Assert.Equal(i <= 5 ? 200 : 429, (await client.LoginFromAsync($"203.0.{i}.7", person)).Status);
        }
        Assert.Equal(5, await server.Database.CountAsync("sessions", "ip = '127.0.0.1'"));
        Assert.Equal(5, await server.Database.CountAsync("sessions"));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true), InlineData("127.0.0.1,10.1.0.0/16", false)]
    public async Task SG_25_A_network_of_proxies_that_is_wider_than_any_is_warned_of(string proxies, bool warns)
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("Accounts:TrustedProxies", proxies));
        Assert.Equal(warns, server.Output.Contains($"Accounts__TrustedProxies lists {proxies}: whoever has an address in it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RL_03_A_thousand_addresses_of_one_64_share_a_bucket()
    {
        await using var server = await TestServer.StartAsync(postgres, [.. FiveSignIns, ("Accounts:TrustedProxies", "127.0.0.1")]);
        using var client = server.Client();
        var nobody = Some.Person();
        var statuses = new List<int>();
        foreach (var wave in Enumerable.Range(0, 1000).Chunk(50))
        {
            var answers = await Task.WhenAll(wave.Select(i => client.LoginFromAsync($"2001:db8:1:2:{Random.Shared.Next(65536):x}::{i:x}", nobody)));
            statuses.AddRange(answers.Select(answer => answer.Status));
        }
        Assert.Equal(995, statuses.Count(status => status == 429));
        Assert.Equal(401, (await client.LoginFromAsync("2001:db8:1:3::1", nobody)).Status);
    }

    /// <summary>The lines of the header, and whose the request is.</summary>
    private static readonly (string[] Lines, string Client)[] Forwarded =
    [
        (["203.0.113.9"], "203.0.113.9"),
        (["203.0.113.9, 10.1.2.3"], "203.0.113.9"),
        (["203.0.113.9, 2001:db8:1::7, 10.1.2.3"], "203.0.113.9"),
        (["1.1.1.1, 203.0.113.9, 10.1.2.3"], "203.0.113.9"),
        (["10.1.2.3, 10.4.5.6"], "10.1.2.3"),
        // Ports, brackets, zones, quotes, and IPv4 in the clothes of IPv6.
        (["1.1.1.1, 203.0.113.9:4711"], "203.0.113.9"),
        (["10.1.2.3, 2001:db8:2::9, [2001:db8:1::7]:443"], "2001:db8:2::9"),
        (["[2001:db8:2::9]"], "2001:db8:2::9"),
        (["fe80::7%eth0"], "fe80::7"),
        (["[fe80::7%25]:443"], "fe80::7"),
        (["\"[2001:db8:2::9]:443\""], "2001:db8:2::9"),
        (["\"203.0.113.9\""], "203.0.113.9"),
        (["::ffff:203.0.113.9"], "203.0.113.9"),
        (["203.0.113.9, ::ffff:10.1.2.3"], "203.0.113.9"),
        // What a client wrote, and behind it what the proxy appended.
        (["\"2.2.2.2, 203.0.113.9"], "203.0.113.9"),
        (["\", 203.0.113.9"], "203.0.113.9"),
        (["\"2.2.2.2\", \"\", 203.0.113.9"], "203.0.113.9"),
        (["[2001:db8:2::7, 203.0.113.9"], "203.0.113.9"),
        (["2.2.2.2\"]\\, 203.0.113.9"], "203.0.113.9"),
        (["for=2.2.2.2;by=\"_x\", <script>, ' OR 1=1, 203.0.113.9"], "203.0.113.9"),
        (["2.2.2.2,,, ,\t, 203.0.113.9"], "203.0.113.9"),
        ([",,203.0.113.9, ,"], "203.0.113.9"),
        (["\"2.2.2.2, 203.0.113.9, 10.1.2.3"], "203.0.113.9"),
        // More than one line.
        (["2.2.2.2", "203.0.113.9"], "203.0.113.9"),
        (["\"2.2.2.2", "203.0.113.9"], "203.0.113.9"),
        (["203.0.113.9", "10.1.2.3", ""], "203.0.113.9"),
        (["2.2.2.2, \"", "203.0.113.9, 10.4.5.6", "10.1.2.3"], "203.0.113.9"),
        // A proxy that does not say who: nobody left of it is asked.
        (["203.0.113.9, unknown"], "127.0.0.1"),
        (["203.0.113.9, unknown, 10.1.2.3"], "10.1.2.3"),
        (["203.0.113.9, _hidden"], "127.0.0.1"),
        (["' OR 1=1"], "127.0.0.1"),
        (["1"], "127.0.0.1"),
        (["203.0.113"], "127.0.0.1"),
        (["203.0.113.9:x"], "127.0.0.1"),
        (["203.0.113.256"], "127.0.0.1"),
        (["[203.0.113.9]"], "127.0.0.1"),
        (["[2001:db8:2::9"], "127.0.0.1"),
        (["[2001:db8:2::9]x"], "127.0.0.1"),
        ([""], "127.0.0.1"),
        ([", ,"], "127.0.0.1"),
        ([$"{string.Concat(Enumerable.Repeat("10.1.2.3,", 500))} 10.4.5.6"], "10.1.2.3"),
    ];

    [Fact]
    public async Task RL_03_The_last_address_that_is_no_trusted_proxys_is_the_clients_whatever_stands_left_of_it()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:TrustedProxies", "127.0.0.1, ::ffff:10.0.0.0/104, 2001:db8:1::/48"));
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        foreach (var (lines, expected) in Forwarded)
        {
            await using var connection = await RawConnection.OpenAsync(server.Address);
            await connection.PostAsync(
                "/api/auth/login/", new { email = person.Email, password = person.Password },
                [$"Host: localhost:{server.Address.Port}", .. lines.Select(line => $"X-Forwarded-For: {line}")]);
            Assert.Equal(200, await connection.StatusAsync());
            var seen = await server.Database.ScalarAsync<string>("SELECT ip FROM sessions ORDER BY created_at DESC LIMIT 1");
            Assert.True(seen == expected, $"{string.Join(" | ", lines)}: {seen}");
        }
    }

    [Fact]
    public async Task RL_03_A_stray_quote_leads_nobody_out_of_their_limit()
    {
        await using var server = await TestServer.StartAsync(postgres, [.. FiveSignIns, ("Accounts:TrustedProxies", "127.0.0.1")]);
        using var client = server.Client();
        var nobody = Some.Person();
        for (var i = 1; i <= 8; i++)
        {
            Assert.Equal(i <= 5 ? 401 : 429, (await client.LoginFromAsync($"\"2.2.2.{i}, 203.0.113.9", nobody)).Status);
        }
        Assert.Equal(401, (await client.LoginFromAsync("203.0.113.10", nobody)).Status);
    }

    [Fact]
    public async Task RL_03_Of_many_64s_of_one_48_sixteen_have_their_full_budget_and_a_neighbour_keeps_his()
    {
        await using var server = await TestServer.StartAsync(postgres, [.. FiveSignIns, ("Accounts:Throttling:SignInsPerMinute", "1"), ("Accounts:TrustedProxies", "127.0.0.1")]);
        using var client = server.Client();
        var nobody = Some.Person();
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            statuses.Add((await client.LoginFromAsync($"2001:db8:1:{i:x}::1", nobody)).Status);
        }
        Assert.Equal([.. Enumerable.Repeat(401, ClientThrottle.ClientsPerSite), .. Enumerable.Repeat(429, 20 - ClientThrottle.ClientsPerSite)], statuses);
        Assert.Equal(401, (await client.LoginFromAsync("2001:db8:2::1", nobody)).Status);
        Assert.Equal(401, (await client.LoginFromAsync("203.0.113.9", nobody)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public async Task CF_04_A_proxy_that_is_not_listed_is_told_once_with_the_setting_and_its_address(string framework)
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", framework));
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(200, (await client.LoginFromAsync($"203.0.113.{i}", person)).Status);
        }
        Assert.Equal(3, await server.Database.CountAsync("sessions", "ip = '127.0.0.1'"));
        const string told = "X-Forwarded-For from 127.0.0.1 is not believed. If that is a proxy of yours, add it to Accounts__TrustedProxies";
        await Until.TrueAsync(() => Task.FromResult(server.Output.Contains(told, StringComparison.Ordinal)), "the proxy is told of");
        Assert.Equal(2, server.Output.Split("X-Forwarded-For").Length);
    }

    [Fact]
    public async Task CF_04_Of_a_direct_call_no_forwarded_header_is_believed()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var person = Some.Person();
        (string, string)[] forged =
        [
            ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("X-Forwarded-For", "203.0.113.9"),
            ("Forwarded", "for=203.0.113.9;host=evil.example;proto=https"), ("X-Original-Host", "evil.example"), ("X-Original-URL", "/evil"), ("X-Rewrite-URL", "/evil"),
        ];
        var registered = await client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, forged);
        Assert.Equal(201, registered.Status);
        Assert.DoesNotContain(registered.SetCookies, cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase) || cookie.StartsWith("__", StringComparison.Ordinal));
        Assert.Contains($"{server.Address}verify-email#token=", (await server.Mailbox.WaitAsync(person.Email)).Text, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", await server.Database.ScalarAsync<string>("SELECT ip FROM security_events"));
        Assert.Equal(server.Address.ToString().TrimEnd('/'), (await client.GetAsync("/.well-known/openid-configuration", forged))["issuer"]);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("10.0.0.1", 400)]
    [InlineData("", 400)]
    [InlineData("localhost", 201)]
    [InlineData("127.0.0.1:1", 201)]
    [InlineData("[::1]", 201)]
    [InlineData("Accounts.Internal:8080", 201)]
    public async Task CF_04_Only_configured_hosts_and_loopback_are_answered(string host, int status)
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"), ("Accounts:AllowedHosts", "accounts.internal"));
        await using var connection = await RawConnection.OpenAsync(server.Address);
        var person = Some.Person();
        await connection.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, $"Host: {host}");
        Assert.Equal(status, await connection.StatusAsync());
        Assert.Equal(status == 201 ? 1 : 0, await server.Database.CountAsync("users"));
    }

    [Theory]
    [InlineData("GET /readyz HTTP/1.0\r\n\r\n"), InlineData("GET /readyz HTTP/1.1\r\nHost: 10.1.2.3:8080\r\n\r\n"), InlineData("GET /healthz HTTP/1.1\r\nHost: evil.test\r\n\r\n")]
    public async Task CF_04_A_load_balancer_may_ask_for_health_under_any_host_and_without_one(string request)
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        using var client = server.Client();
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it has warmed up");
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync(request);
        Assert.Equal(200, await connection.StatusAsync());
    }

    [Fact]
    public async Task CF_04_A_list_of_proxies_that_cannot_be_read_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ("Accounts:TrustedProxies", "127.0.0.1, proxy.internal")));
        Assert.Contains("Accounts__TrustedProxies lists \"proxy.internal\"", failure.Message, StringComparison.Ordinal);
    }
}
