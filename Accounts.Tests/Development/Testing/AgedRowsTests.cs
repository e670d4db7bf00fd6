using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Development.Testing;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>Whatever has a time is older, or it is written down that it is not.</summary>
public sealed class AgedRowsTests(Postgres postgres) : IAsyncLifetime
{
    private static readonly Type[] Times = [typeof(DateTimeOffset), typeof(DateTime), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan)];

    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public void Every_table_with_times_is_aged_or_says_why_it_is_not()
    {
        var personal = server.Services.GetServices<PersonalData>().Select(data => data.Table).ToArray();
        Assert.Empty(RowAging.OfNobody.Intersect(personal));
        Assert.All(RowAging.Untouched, table => Assert.NotEmpty(table.Value));
        var told = personal.Concat(RowAging.OfNobody).Concat(RowAging.Untouched.Keys).ToArray();
        Assert.Empty(TimeColumns().Select(column => column.Table).Except(told));
        Assert.Empty(RowAging.OfNobody.Concat(RowAging.Untouched.Keys).Except(TimeColumns().Select(column => column.Table)));
    }

    /// <summary>A day, or a duration, would have to be aged in another way.</summary>
    [Fact]
    public void What_is_aged_are_moments() =>
        Assert.All(TimeColumns().Where(column => !RowAging.Untouched.ContainsKey(column.Table)), column => Assert.Equal(typeof(DateTimeOffset), column.Type));

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Every_moment_of_a_users_rows_is_older_by_as_much_and_nothing_else_is_another(bool all)
    {
        using var client = server.Client();
        using var other = server.Client();
        var (person, bystander) = (await client.SignInMadeAsync(), await other.SignInMadeAsync());
        await client.EnrolAsync();
        await client.PostAsync("/api/auth/password/reset/", new { email = person.Email });
        // That of the app, and that of the password.
        await server.Mailbox.WaitAsync(person.Email, 2);
        var (before, besides) = (await RowsAsync(person), await RowsAsync(bystander));
        Assert.Equal(["account_changes", "email_verification_tokens", "recovery_codes", "security_events", "sessions", "totp_factors", "users"], before.Where(table => table.Value.Count > 0).Select(table => table.Key));
        await client.AgeAsync(all ? new { by = "3h" } : new { by = "3h", email = person.Email });
        AssertOlder(before, await RowsAsync(person), TimeSpan.FromHours(3));
        AssertOlder(besides, await RowsAsync(bystander), all ? TimeSpan.FromHours(3) : TimeSpan.Zero);
    }

    private static void AssertOlder(SortedDictionary<string, List<JsonElement>> before, SortedDictionary<string, List<JsonElement>> after, TimeSpan by)
    {
        foreach (var (table, rows) in before)
        {
            Assert.Equal(rows.Count, after[table].Count);
            foreach (var (row, aged) in rows.Zip(after[table]))
            {
                Assert.All(row.EnumerateObject(), member => Assert.Equal(
                    (member.Name, Older(member.Value, by)), (member.Name, Older(aged.GetProperty(member.Name), TimeSpan.Zero))));
            }
        }
    }

    private static string Older(JsonElement value, TimeSpan by) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Contains('T', StringComparison.Ordinal) && value.TryGetDateTimeOffset(out var moment) ? $"{moment - by:O}" : value.GetRawText();

    /// <summary>Of one user, by table; the number of an event, and its link, come after it.</summary>
    private async Task<SortedDictionary<string, List<JsonElement>>> RowsAsync(Person person)
    {
        var rows = new SortedDictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        foreach (var data in server.Services.GetServices<PersonalData>().Where(data => !RowAging.Untouched.ContainsKey(data.Table)))
        {
            var text = await server.Database.ScalarAsync<string>(
                $"SELECT coalesce(jsonb_agg(to_jsonb(t) - '{{number,salt,fields_hash,actor_salt,actor_fields_hash,link}}'::text[] ORDER BY {data.Key}), '[]')::text FROM {data.Table} t WHERE {data.Where.Replace("@user", "(SELECT id FROM users WHERE email = @email)", StringComparison.Ordinal)}",
                ("email", person.Email));
            rows[data.Table] = [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
        }
        return rows;
    }

    private static (string Table, string Name, Type Type)[] TimeColumns()
    {
        using var db = Core.Data.Upgrade.DatabaseUpgrade.Open("Host=nowhere");
        return
        [
            .. from entity in db.Model.GetEntityTypes()
               from property in entity.GetProperties()
               let type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
               where Times.Contains(type)
               select (entity.GetTableName()!, property.GetColumnName(), type),
        ];
    }
}
