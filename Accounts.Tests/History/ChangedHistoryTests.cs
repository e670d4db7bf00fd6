using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>Somebody may write to the database, and has no key: what they change of the history is found, and named.</summary>
public sealed class ChangedHistoryTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    /// <summary>Every column of an event: a change, and what is said of it. N is the number of the row, an administrator's act, @ the one behind the last.</summary>
    private static readonly (string Column, string Change, string[] Wrong)[] Changes =
    [
        ("id", "gen_random_uuid()", ["changed N"]), ("kind", "'user_changed'", ["changed N"]), ("user_id", "gen_random_uuid()", ["changed N"]), ("session_id", "gen_random_uuid()", ["changed N"]),
        ("at", "at + interval '1 microsecond'", ["changed N"]), ("count", "2", ["changed N"]), ("actor_id", "gen_random_uuid()", ["changed N"]),
        ("ip", "'192.0.2.9'", ["fields_changed N"]), ("user_agent", "'x'", ["fields_changed N"]), ("before", """'{"roles": ["admin"]}'""", ["fields_changed N"]), ("after", "NULL", ["fields_changed N"]),
        ("actor_ip", "'192.0.2.9'", ["actor_changed N"]), ("actor_user_agent", "NULL", ["actor_changed N"]),
        ("salt", "decode(repeat('ab', 16), 'hex')", ["fields_changed N"]), ("fields_hash", "decode(repeat('ab', 32), 'hex')", ["fields_changed N", "changed N"]),
        ("actor_salt", "decode(repeat('ab', 16), 'hex')", ["actor_changed N"]), ("actor_fields_hash", "NULL", ["actor_changed N", "changed N"]),
        ("link", "decode(repeat('ab', 32), 'hex')", ["changed N"]), ("number", "1000000", ["missing N", "added @-1000000"]),
    ];

    private readonly TestServer server = shared.Server;
    private long act;

    public static TheoryData<string> Columns => [.. Changes.Select(change => change.Column)];

    public async ValueTask InitializeAsync()
    {
        if (await server.EndAsync() == 0)
        {
            await server.BegunAsync();
            await server.MakeHistoryAsync();
        }
        act = await server.Database.ScalarAsync<long>("SELECT number FROM security_events WHERE kind = 'roles_changed'");
        Assert.True(act > 2 && act < await server.EndAsync() - 1);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task HI_01_What_nobody_has_changed_is_whole()
    {
        var report = await server.VerifyAsync();
        Assert.Equal((true, 0, await server.EndAsync()), (report.GetProperty("whole").GetBoolean(), report.GetProperty("after").GetInt64(), report.GetProperty("to").GetInt64()));
        Assert.Equal(report.GetProperty("to").GetInt64(), report.GetProperty("events").GetInt64());
        Assert.Equal(await server.EndAsync(), await server.Database.CountAsync("security_events", "number IS NOT NULL"));
        var said = await server.CommandAsync("events", "verify");
        Assert.Equal((0, ""), (said.ExitCode, said.Errors));
        Assert.DoesNotContain("PROBLEM", said.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Columns))]
    public async Task HI_01_A_changed_row_is_named(string column)
    {
        var (_, change, wrong) = Changes.Single(one => one.Column == column);
        var behind = await server.EndAsync() + 1;
        await server.IsWrongAfterAsync(
            $"UPDATE security_events SET {column} = {change} WHERE number = {act}",
            [.. wrong.Select(finding => finding.Replace("N", $"{act}", StringComparison.Ordinal).Replace("@", $"{behind}", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task HI_01_No_column_can_be_changed_that_nobody_looks_at()
    {
        var columns = await server.Database.ScalarAsync<string[]>("SELECT array_agg(column_name::text) FROM information_schema.columns WHERE table_name = 'security_events'");
        Assert.Equal(columns.Order(StringComparer.Ordinal), Changes.Select(change => change.Column).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HI_01_The_sentences_name_the_event_and_the_command_ends_with_1() => await server.WithChangeAsync($"UPDATE security_events SET kind = 'signed_in' WHERE number = {act}", async () =>
    {
        var said = await server.CommandAsync("events", "verify");
        Assert.Equal((1, "The history of events is not whole.\n"), (said.ExitCode, said.Errors));
        Assert.StartsWith($"PROBLEM  {act} is not what was recorded: ", said.Lines[0], StringComparison.Ordinal);
    });

    [Fact]
    public async Task HI_01_A_row_that_was_taken_out_of_the_middle_is_named() => await server.IsWrongAfterAsync($"DELETE FROM security_events WHERE number = {act}", $"missing {act}");

    [Fact]
    public async Task HI_01_Rows_that_were_taken_out_of_the_middle_are_named() =>
        await server.IsWrongAfterAsync($"DELETE FROM security_events WHERE number IN ({act - 1}, {act})", $"missing {act - 1}-{act}");

    [Fact]
    public async Task HI_01_Two_rows_that_changed_places_are_both_named() => await server.IsWrongAfterAsync(
        $"""
        UPDATE security_events SET number = -1 WHERE number = {act};
        UPDATE security_events SET number = {act} WHERE number = {act - 1};
        UPDATE security_events SET number = {act - 1} WHERE number = -1
        """, $"changed {act - 1}", $"changed {act}", $"changed {act + 1}");

    [Fact]
    public async Task HI_01_A_row_that_was_put_in_is_named_and_so_is_everything_that_had_to_move() => await server.WithChangeAsync(
        $"""
        UPDATE security_events SET number = -number - 1 WHERE number >= {act};
        UPDATE security_events SET number = -number WHERE number < 0;
        INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, number, salt, fields_hash, link)
        SELECT gen_random_uuid(), 'signed_in', user_id, at, ip, user_agent, {act}, salt, fields_hash, link FROM security_events WHERE number = {act - 1}
        """, async () => Assert.Contains($"changed {act}", await server.WrongAsync()));

    [Fact]
    public async Task HI_01_A_row_that_was_put_in_behind_the_end_is_named()
    {
        var end = await server.EndAsync();
        await server.IsWrongAfterAsync($"INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, number) VALUES (gen_random_uuid(), 'signed_in', gen_random_uuid(), now(), '', '', {end + 1})", $"added {end + 1}");
    }

    [Fact]
    public async Task HI_01_A_row_without_a_link_is_named() => await server.IsWrongAfterAsync($"UPDATE security_events SET link = NULL WHERE number = {act}", $"unlinked {act}");

    /// <summary>That would be a way to change it: what is gone cannot be checked.</summary>
    [Theory]
    [InlineData("ip = '192.0.2.9', salt = NULL"), InlineData("actor_ip = '192.0.2.9', actor_salt = NULL"), InlineData("before = NULL, after = NULL, salt = NULL, actor_salt = NULL")]
    public async Task HI_03_What_was_taken_from_a_row_of_somebody_who_was_not_erased_is_named(string change) =>
        await server.IsWrongAfterAsync($"UPDATE security_events SET {change} WHERE number = {act}", $"not_erased {act}");

    [Fact]
    public async Task HI_02_A_tail_that_was_cut_off_is_named()
    {
        var end = await server.EndAsync();
        await server.IsWrongAfterAsync($"DELETE FROM security_events WHERE number > {end - 2}", $"cut {end - 1}-{end}");
    }

    [Fact]
    public async Task HI_01_A_database_without_the_end_of_its_history_says_so_and_how_it_gets_it_back() => await server.WithChangeAsync("DELETE FROM event_chain", async () =>
        Assert.Equal(["no_end 0"], await server.WrongAsync()));
}
