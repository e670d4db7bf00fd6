using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary><c>auth.users</c> as a CSV file, as people export it: with <c>null</c>, <c>false</c> and the like where there is nothing.</summary>
public sealed class SupabaseFileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Header = "id,email,encrypted_password,email_confirmed_at,deleted_at,banned_until,created_at,raw_app_meta_data,is_sso_user";

    private readonly TestServer server = shared.Server;
    private readonly string id = Guid.NewGuid().ToString("N");

    private string Row(string n, string? email = null, string confirmed = "", string deleted = "", string banned = "", string created = "", string sso = "false") =>
        $"{id}{n},{email ?? Some.Email()},,{confirmed},{deleted},{banned},{created},\"{{\"\"role\"\": \"\"editor\"\"}}\",{sso}";

    private Task<ImportTold> ImportAsync(params string[] rows) => server.ImportFileAsync("supabase", [Header, .. rows], "--roles", "editor=editor");

    [Theory]
    [InlineData("null"), InlineData("NULL"), InlineData("\\N"), InlineData("false"), InlineData("true"), InlineData("1"), InlineData("infinity"), InlineData("0001-01-01 00:00:00+00"), InlineData("2999-01-01 00:00:00+00")]
    public async Task SG_21_What_is_no_time_confirms_no_address_and_gives_no_role(string text)
    {
        var told = await ImportAsync(Row("1", confirmed: text), Row("2"), Row("3", confirmed: "2024-01-02 03:04:05.678+00"));
        Assert.Equal($"conflict: \"{text}\" in email_confirmed_at is no time.", told[id + "1"]);
        Assert.Equal(0, await server.Database.UsersOfAsync(id + "1"));
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "2", "NOT email_verified AND roles = '{}'"));
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "3", "email_verified AND roles = '{editor}'"));
    }

    [Fact]
    public async Task Only_a_time_of_their_deletion_leaves_somebody_out_and_anything_else_is_told()
    {
        var told = await ImportAsync(Row("1", deleted: "2024-01-02 03:04:05+00"), Row("2", deleted: "null"), Row("3", banned: "null"), Row("4", banned: "infinity"), Row("5", created: "31.12.2019"));
        Assert.DoesNotContain(told.Rows, row => row.Id == id + "1" && row.Outcome != "gone");
        Assert.Equal(("conflict: \"null\" in deleted_at is no time.", "conflict: \"null\" in banned_until is no time."), (told[id + "2"], told[id + "3"]));
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "4", "NOT is_active"));
        Assert.Contains("\"31.12.2019\" is no time that can be read: they have joined when they were imported.", told[id + "5"], StringComparison.Ordinal);
        Assert.Equal(2, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task Who_signs_in_by_SSO_there_is_left_out_and_stands_in_nobodys_way()
    {
        var email = Some.Email();
        var told = await ImportAsync(Row("1", email, "2024-01-02 03:04:05+00", sso: "true"), Row("2", email, "2024-01-02 03:04:05+00", sso: "t"), Row("3", email, "2024-01-02 03:04:05+00"), Row("4", sso: "null"));
        Assert.Equal("conflict: Signs in by SSO there, and is left out: SSO does not come over.", told[id + "1"]);
        Assert.Equal(told[id + "1"], told[id + "2"]);
        Assert.StartsWith("created", told[id + "3"], StringComparison.Ordinal);
        Assert.Equal("conflict: \"null\" in is_sso_user is neither true nor false.", told[id + "4"]);
        Assert.Equal(1, await server.Database.CountAsync("users", "email = @email AND legacy_id = @id", ("email", email), ("id", id + "3")));
    }
}
