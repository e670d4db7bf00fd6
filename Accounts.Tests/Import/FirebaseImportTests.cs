using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>What <c>firebase auth:export</c> writes, with the hash that Firebase publishes as an example (https://github.com/firebase/scrypt).</summary>
public sealed class FirebaseImportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    public const string HashConfig = """
        hash_config {
          algorithm: SCRYPT,
          base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,
          base64_salt_separator: Bw==,
          rounds: 8,
          mem_cost: 14,
        }
        """;

    public const string Hashed = "\"passwordHash\": \"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==\", \"salt\": \"42xEC+ixf3L2lw==\"";
    public const string Password = "user1password";

    private readonly TestServer server = shared.Server;
    private readonly string id = Guid.NewGuid().ToString("N");

    private async Task<CommandRun> ImportAsync(string users, params string[] words)
    {
        using var export = new TemporaryFile($$"""{"users": [{{users}}]}""");
        using var config = new TemporaryFile(HashConfig);
        return await server.CommandAsync(["import", "firebase", export.Path, "--hash-config", config.Path, .. words]);
    }

    [Fact]
    public async Task A_user_of_Firebase_signs_in_with_the_password_of_before()
    {
        var email = Some.Email();
        var told = ImportTold.Of(await ImportAsync($$"""
            {"localId": "{{id}}", "email": "{{email}}", "emailVerified": true, {{Hashed}}, "displayName": "Ann Lee", "createdAt": "1486324027000", "lastSignedInAt": "1486324028000",
             "customAttributes": "{\"admin\":true,\"role\":\"editor\",\"level\":3}",
             "providerUserInfo": [{"providerId": "google.com", "rawId": "g-{{id}}", "email": "{{email}}"}, {"providerId": "password", "rawId": "{{email}}"}, {"providerId": "apple.com", "rawId": "a-{{id}}"}]}
            """, "--roles", "admin=admin,editor=editor"));
        Assert.StartsWith("created: Is called annlee", told[id], StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(
            id, "email_verified AND first_name = 'Ann Lee' AND date_joined = '2017-02-05T19:47:07Z' AND last_login = '2017-02-05T19:47:08Z' AND roles = '{admin,editor}' AND ways = '{password,google,apple}'"));
        Assert.Equal(2, await server.Database.CountAsync(
            "social_accounts", "(provider, issuer, provider_uid) IN (('google', 'https://accounts.google.com', @google), ('apple', 'https://appleid.apple.com', @apple))", ("google", $"g-{id}"), ("apple", $"a-{id}")));
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(new Person("", email, Password))).Status);
        Assert.Equal(401, (await client.LoginAsync(new Person("", email, Password + "x"))).Status);
    }

    [Fact]
    public async Task Who_is_disabled_has_no_address_or_a_hash_of_something_else_is_told()
    {
        var told = ImportTold.Of(await ImportAsync($$"""
            {"localId": "{{id}}1", "email": "{{Some.Email()}}", "disabled": true}, {"localId": "{{id}}2", "phoneNumber": "+491234"},
            {"localId": "{{id}}3", "email": "{{Some.Email()}}", "passwordHash": "abc"}, {"localId": "{{id}}4", "email": "{{Some.Email()}}", "passwordHash": "abc", "salt": "!"}
            """));
        Assert.StartsWith("created", told[id + "1"], StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "1", "NOT is_active AND password_hash IS NULL"));
        Assert.Equal("conflict: It has no e-mail address, and every user here has one.", told[id + "2"]);
        Assert.Equal("conflict: It has a password's hash without a salt, which is none of Firebase's own.", told[id + "3"]);
        Assert.StartsWith("conflict: The password's hash is refused: ", told[id + "4"], StringComparison.Ordinal);
    }

    /// <summary>Whoever chose the password of an unverified account need not be who is known at the provider.</summary>
    [Fact]
    public async Task SG_10_An_unverified_user_with_a_password_comes_without_the_identities()
    {
        string User(string n, string more) => $$"""{"localId": "{{id}}{{n}}", "email": "{{Some.Email()}}", {{more}} "providerUserInfo": [{"providerId": "github.com", "rawId": "{{id}}{{n}}"}]}""";
        var told = ImportTold.Of(await ImportAsync($"{User("1", Hashed + ",")}, {User("2", "")}"));
        Assert.EndsWith("The github identity is left out: the address is not verified, and there is a password.", told[id + "1"], StringComparison.Ordinal);
        Assert.Equal(["github"], await server.Database.ScalarAsync<string[]>("SELECT ways FROM users WHERE legacy_id = @id", ("id", id + "2")));
        Assert.Equal(["password"], await server.Database.ScalarAsync<string[]>("SELECT ways FROM users WHERE legacy_id = @id", ("id", id + "1")));
    }

    [Fact]
    public async Task SG_21_An_identity_that_somebody_signs_in_by_here_is_a_conflict_and_one_of_two_users_too()
    {
        string User(string n, string uid) => $$"""{"localId": "{{id}}{{n}}", "email": "{{Some.Email()}}", "emailVerified": true, "providerUserInfo": [{"providerId": "github.com", "rawId": "{{uid}}"}]}""";
        await ImportAsync(User("1", id));
        var told = ImportTold.Of(await ImportAsync($"{User("2", id)}, {User("3", "x" + id)}, {User("4", "x" + id)}"));
        Assert.Equal("conflict: Somebody signs in by the github identity here already.", told[id + "2"]);
        Assert.Equal($"conflict: The github identity is also that of {id}4.", told[id + "3"]);
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task Whose_id_stands_twice_is_told_that_and_not_that_they_are_their_own_double()
    {
        var user = $$"""{"localId": "{{id}}", "email": "{{Some.Email()}}", "emailVerified": true, "providerUserInfo": [{"providerId": "github.com", "rawId": "{{id}}"}]}""";
        var told = ImportTold.Of(await ImportAsync($"{user}, {user}"));
        Assert.Equal(["The id there stands 2 times.", "The id there stands 2 times."], told.Rows.Where(row => row.Outcome != "gone").Select(row => row.Why));
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
    }

    [Fact]
    public async Task Half_a_character_is_the_problem_of_its_user_alone_and_a_time_that_is_none_is_noted()
    {
        string User(string n, string more) => $$"""{"localId": "{{id}}{{n}}", "email": "{{Some.Email()}}", {{more}}}""";
        var told = ImportTold.Of(await ImportAsync(
            $$"""{{User("1", "\"\\ud83d\": 1, \"customAttributes\": \"{}\"")}}, {{User("2", "\"customAttributes\": \"{\\\"roles\\\":[\\\"\\\\ud83d\\\"]}\"")}}, {{User("3", "\"lastSignedInAt\": \"5\"")}}"""));
        Assert.Equal("conflict: A text of it is not valid UTF-8.", told[id + "1"]);
        Assert.Equal("conflict: A text of it is not valid UTF-8.", told[id + "2"]);
        Assert.EndsWith("\"5\" is no time that can be read: the last sign-in is left out.", told[id + "3"], StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task Identities_follow_when_they_have_changed_there_alone()
    {
        var email = Some.Email();
        string User(string provider) => $$"""{"localId": "{{id}}", "email": "{{email}}", "emailVerified": true, "providerUserInfo": [{"providerId": "{{provider}}.com", "rawId": "{{id}}"}]}""";
        await ImportAsync(User("github"));
        Assert.Equal("updated: Changed there: identities.", ImportTold.Of(await ImportAsync(User("google")))[id]);
        Assert.Equal(["google"], await server.Database.ScalarAsync<string[]>("SELECT ways FROM users WHERE legacy_id = @id", ("id", id)));
        Assert.Equal(1, await server.Database.CountAsync("social_accounts", "provider_uid = @id AND provider = 'google'", ("id", id)));
        await server.Database.ExecuteAsync("WITH gone AS (DELETE FROM social_accounts WHERE provider_uid = @id) UPDATE users SET ways = '{}' WHERE legacy_id = @id", ("id", id));
        Assert.Equal("conflict: Changed there and here, and stays as it is here: identities.", ImportTold.Of(await ImportAsync(User("github")))[id]);
        Assert.Equal(0, await server.Database.CountAsync("social_accounts", "provider_uid = @id", ("id", id)));
    }

    [Fact]
    public async Task Without_the_parameters_passwords_are_conflicts_and_wrong_ones_are_told_at_once()
    {
        using var export = new TemporaryFile($$"""{"users": [{"localId": "{{id}}", "email": "{{Some.Email()}}", {{Hashed}}}]}""");
        var told = ImportTold.Of(await server.CommandAsync("import", "firebase", export.Path));
        Assert.Equal("conflict: It has a password: say --hash-config FILE, with the project's password hash parameters.", told[id]);
        using var config = new TemporaryFile(HashConfig.Replace("rounds: 8", "", StringComparison.Ordinal));
        Assert.Contains("has no rounds: copy the password hash parameters", (await server.CommandAsync("import", "firebase", export.Path, "--hash-config", config.Path)).Errors, StringComparison.Ordinal);
        using var other = new TemporaryFile(HashConfig.Replace("SCRYPT", "BCRYPT", StringComparison.Ordinal));
        Assert.Contains("the algorithm is BCRYPT", (await server.CommandAsync("import", "firebase", export.Path, "--hash-config", other.Path)).Errors, StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
    }
}
