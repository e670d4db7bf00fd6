using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Finding users among others.</summary>
public sealed class UserListTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient admin = null!;
    private Person administrator = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        admin = server.Client();
        administrator = await server.SignInAdministratorAsync(admin);
        await server.Database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, first_name, last_name, is_active, roles, security_stamp, date_joined)
            SELECT gen_random_uuid(), 'Member' || n, 'member' || n, 'm' || n || '@example.test', 'm' || n || '@example.test', n % 2 = 0, '', '', n % 10 <> 0,
              CASE WHEN n = 4 THEN ARRAY['editor', 'author'] WHEN n = 6 THEN ARRAY['editor'] ELSE '{}' END, 'x', now() - n * interval '1 hour'
            FROM generate_series(1, 60) n
            """);
        await server.Database.ExecuteAsync("UPDATE users SET username = 'a_b%c', username_key = 'a_b%c' WHERE username_key = 'member60'");
        await server.Database.ExecuteAsync("UPDATE users SET username = 'axbyc', username_key = 'axbyc' WHERE username_key = 'member59'");
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task RO_08_A_list_comes_in_pages_of_a_hundred_at_most()
    {
        var first = await ListAsync("");
        Assert.Equal(("61", 25, administrator.Username, "Member1"), (first["count"], first.Usernames().Length, first.Usernames()[0], first.Usernames()[1]));
        Assert.EndsWith("/api/admin/users/?page=2", first["next"], StringComparison.Ordinal);
        Assert.Equal("null", first["previous"]);
        var last = await ListAsync("?page=3");
        Assert.Equal((11, "null"), (last.Usernames().Length, last["next"]));
        Assert.Equal(61, new[] { first, await ListAsync("?page=2"), last }.SelectMany(answer => answer.Usernames()).Distinct().Count());
        Assert.Equal(61, (await ListAsync("?page_size=1000000&limit=1000000")).Usernames().Length);
        await server.Database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, first_name, last_name, is_active, roles, security_stamp, date_joined)
            SELECT gen_random_uuid(), 'n' || n, 'n' || n, 'n' || n, 'n' || n, true, '', '', true, '{}', 'x', now() FROM generate_series(1, 100) n
            """);
        Assert.Equal(100, (await ListAsync("?page_size=1000000")).Usernames().Length);
        (await admin.GetAsync($"{AdminSteps.Users}?page=99")).AssertRefused(404, "not_found");
    }

    [Theory]
    [InlineData("member5", "Member5,Member50,Member51,Member52,Member53,Member54,Member55,Member56,Member57,Member58")]
    [InlineData("MEMBER57", "Member57")]
    [InlineData("m7@", "Member7")]
    [InlineData("ember", "")]
    [InlineData("a_b", "a_b%c"), InlineData("a_b%25", "a_b%c"), InlineData("a%25", ""), InlineData("%25", ""), InlineData("_", ""), InlineData("axbyc", "axbyc"), InlineData("'", ""), InlineData("\\", "")]
    public async Task RO_08_A_search_is_by_prefix_and_its_signs_are_literal(string search, string found)
    {
        var answer = await ListAsync($"?search={search}&ordering=username&page_size=100");
        Assert.Equal(found, string.Join(',', answer.Usernames()));
        Assert.Equal($"{answer.Usernames().Length}", answer["count"]);
    }

    [Theory]
    [InlineData("role=editor", "Member4,Member6"), InlineData("role=author", "Member4"), InlineData("role=none", ""), InlineData("role=edit", "")]
    [InlineData("is_active=false&search=m", "a_b%c,Member10,Member20,Member30,Member40,Member50"), InlineData("is_active=true&search=member1", "Member1,Member11,Member12,Member13,Member14,Member15,Member16,Member17,Member18,Member19")]
    [InlineData("verified=false&search=member1", "Member1,Member11,Member13,Member15,Member17,Member19"), InlineData("verified=true&is_active=false&search=member1", "Member10")]
    public async Task A_list_is_of_those_who_are_asked_for(string query, string found) =>
        Assert.Equal(found, string.Join(',', (await ListAsync($"?{query}&ordering=username&page_size=100")).Usernames()));

    [Theory]
    [InlineData("username", "a_b%c"), InlineData("-email", "userx"), InlineData("email", "Member10"), InlineData("date_joined", "a_b%c"), InlineData("-date_joined", "userx")]
    public async Task A_list_is_in_the_order_that_is_asked_for(string ordering, string first)
    {
        var username = (await ListAsync($"?ordering={ordering}&page_size=100")).Usernames()[0];
        Assert.Equal(first == "userx" ? administrator.Username : first, username);
    }

    [Theory]
    [InlineData("is_active=maybe", "is_active"), InlineData("verified=2", "verified"), InlineData("ordering=password_hash", "ordering"), InlineData("ordering=--email", "ordering"), InlineData("search=%00", "search")]
    public async Task What_cannot_be_asked_is_told_by_its_name(string query, string name)
    {
        var answer = await admin.GetAsync($"{AdminSteps.Users}?{query}");
        Assert.Equal(400, answer.Status);
        Assert.Equal([name], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Above_ten_thousand_the_count_is_an_estimate()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, first_name, last_name, is_active, roles, security_stamp, date_joined)
            SELECT gen_random_uuid(), 'z' || n, 'z' || n, 'z' || n, 'z' || n, true, '', '', true, '{}', 'x', now() - n * interval '1 minute' FROM generate_series(1, 12000) n
            """);
        await server.Database.ExecuteAsync("ANALYZE users");
        Assert.InRange(int.Parse((await ListAsync(""))["count"]!, null), 10_001, 14_000);
        Assert.Equal("3112", (await ListAsync("?search=z1&page_size=1"))["count"]);
    }

    [Fact, Trait("Pace", "long")]
    public async Task Who_holds_a_role_that_nobody_else_has_is_not_met_on_a_walk_through_all_users()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, first_name, last_name, is_active, roles, security_stamp, date_joined)
            SELECT gen_random_uuid(), 'z' || n, 'z' || n, 'z' || n, 'z' || n, true, '', '', true, '{}', 'x', now() - n * interval '1 minute' FROM generate_series(1, 30000) n
            """);
        // The planner has not heard of it: of a million users its sample has not met the one.
        await server.Database.ExecuteAsync("ANALYZE users");
        await server.Database.ExecuteAsync("UPDATE users SET roles = ARRAY['auditor'] WHERE username_key = 'z29999'");
        Assert.Equal(["z29999"], (await ListAsync("?role=auditor&page_size=1")).Usernames());
        await Until.TrueAsync(async () => await ReadAsync("ix_users_roles") > 0, "the statistics of the index are there");
        Assert.InRange(await ReadAsync("ix_users_date_joined_id"), 0, 1_000);
    }

    private Task<long> ReadAsync(string index) => server.Database.ScalarAsync<long>($"SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = '{index}'");

    private async Task<Answer> ListAsync(string query)
    {
        var answer = await admin.GetAsync($"{AdminSteps.Users}{query}");
        Assert.True(answer.Status == 200, answer.ToString());
        return answer;
    }
}
