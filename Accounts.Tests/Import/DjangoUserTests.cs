using System.Text.Json.Nodes;
using Accounts.Core.Import;
using Accounts.Core.Import.Django;
using Xunit;
using static Accounts.Tests.Import.DjangoDumpText;

namespace Accounts.Tests.Import;

/// <summary>What becomes of the fields of a Django user, and what counts as a proof of an address or an identity.</summary>
public sealed class DjangoUserTests
{
    private const string Main = "user1@example.test", Other = "other@example.test";

    [Fact]
    public async Task Djangos_own_fields_are_taken_as_they_are()
    {
        var user = Assert.Single(await ReadAsync(User(1, fields =>
        {
            (fields["password"], fields["first_name"], fields["last_name"]) = ("pbkdf2_sha256$1$a$b", "Ada", "Lovelace");
            (fields["is_active"], fields["is_staff"], fields["is_superuser"], fields["last_login"]) = (false, true, true, "2024-02-29T23:59:59.999999+02:00");
        })));
        Assert.Equal(("pbkdf2_sha256$1$a$b", "Ada", "Lovelace", false), (user.PasswordHash, user.FirstName, user.LastName, user.IsActive));
        Assert.Equal(["staff", "superuser"], user.Roles);
        Assert.Equal((new DateTimeOffset(2019, 5, 4, 3, 2, 1, 654, TimeSpan.Zero), new DateTimeOffset(2024, 2, 29, 21, 59, 59, 999, TimeSpan.Zero).AddTicks(9990)), (user.DateJoined!.Value, user.LastLogin!.Value));
        Assert.Equal((null, 0, false), (user.Problem, user.Notes.Count, user.EmailVerified));
    }

    [Theory]
    [InlineData("2024-07-01T12:00:00", "UTC", "2024-07-01T12:00:00Z"), InlineData("2024-07-01 12:00:00.5", "Europe/Berlin", "2024-07-01T10:00:00.5Z"), InlineData("2024-01-01T12:00:00", "America/Chicago", "2024-01-01T18:00:00Z")]
    [InlineData("2024-03-31T02:30:00", "Europe/Berlin", "2024-03-31T01:30:00Z"), InlineData("2024-07-01T12:00:00Z", "Europe/Berlin", "2024-07-01T12:00:00Z"), InlineData("2024-07-01", "UTC", "2024-07-01T00:00:00Z")]
    public async Task A_time_without_a_zone_is_of_the_projects(string there, string zone, string meant)
    {
        var project = new DjangoProject { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
        Assert.Equal(DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(await ReadAsync(project, User(1, fields => fields["date_joined"] = there))).DateJoined);
    }

    /// <summary>Each row: the further rows of allauth's, and what is taken.</summary>
    public static TheoryData<string, string, bool, int> Addresses => new()
    {
        { "", Main, false, 0 },
        { $"{Main} verified primary", Main, true, 0 },
        { $"{Main} primary", Main, false, 0 },
        { $"{Main} verified", Main, true, 0 },
        { $"{Main.ToUpperInvariant()} verified", Main.ToUpperInvariant(), true, 0 },
        { $"{Other} verified primary", Other, true, 0 },
        // What is primary and not proved is not made up for by another address that is.
        { $"{Main} primary, {Other} verified", Main, false, 1 },
        { $"{Other} verified", Main, false, 1 },
        { $"{Other} verified, {Main}", Main, false, 1 },
    };

    [Theory, MemberData(nameof(Addresses))]
    public async Task SG_21_Allauths_primary_address_decides_and_no_other_proves_it(string rows, string email, bool verified, int left)
    {
        var addresses = rows.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(' ')).Select(row => Address(1, row[0], row.Contains("verified"), row.Contains("primary")));
        var user = Assert.Single(await ReadAsync([User(1), .. addresses]));
        Assert.Equal((email, verified, left), (user.Email, user.EmailVerified, user.Notes.Count));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Allauths_only_address_is_taken_where_the_model_has_none_and_of_two_neither(bool verified)
    {
        static JsonObject Empty(int key) => User(key, fields => fields["email"] = "");
        var users = await ReadAsync(Empty(1), Empty(2), Address(1, Other, verified, primary: false), Address(2, "one@example.test", verified, primary: false), Address(2, "two@example.test", verified, primary: false));
        Assert.Equal([(Other, verified, 0), (null, false, 1)], users.Select(user => (user.Email, user.EmailVerified, user.Notes.Count)));
    }

    [Fact]
    public async Task SG_21_Nothing_but_a_field_that_says_so_proves_an_address()
    {
        var fields = new Dictionary<string, string> { ["email_verified"] = "is_confirmed" };
        JsonObject[] people =
        [
            User(1, one => (one["is_confirmed"], one["is_verified"], one["last_login"]) = (true, true, "2024-01-01T00:00:00Z")),
            User(2, one => (one["is_confirmed"], one["email_verified"]) = (false, true)),
            User(3, one => (one["is_confirmed"], one["email_verified"], one["email"]) = (true, true, "")),
        ];
        Assert.Equal([false, true, false], (await ReadAsync(people)).Select(user => user.EmailVerified));
        Assert.Equal([true, false, false], (await ReadAsync(new DjangoProject { Fields = fields }, people)).Select(user => user.EmailVerified));
    }

    [Fact]
    public async Task A_model_of_ones_own_is_read_by_a_mapping()
    {
        var fields = new Dictionary<string, string>
        {
            ["email"] = "mail", ["username"] = "login", ["is_active"] = "enabled", ["email_verified"] = "is_confirmed", ["date_joined"] = "joined", ["first_name"] = "given", ["legacy_id"] = "number",
        };
        var person = Object("people.person", "b4da0588-ce68-4031-9f11-6ade006c7e34", new()
        {
            ["password"] = "!", ["last_login"] = null, ["login"] = "pia", ["mail"] = "pia@example.test", ["is_confirmed"] = true, ["enabled"] = false, ["joined"] = "2020-01-01T00:00:00Z", ["given"] = "Pia", ["number"] = 42,
        });
        var read = Assert.Single(await ReadAsync(new DjangoProject { Fields = fields }, person));
        Assert.Equal(("42", "pia", "pia@example.test", true, false, "Pia", 2020), (read.LegacyId, read.Username, read.Email, read.EmailVerified, read.IsActive, read.FirstName, read.DateJoined!.Value.Year));
        var bare = Assert.Single(await ReadAsync(person));
        Assert.Equal(("b4da0588-ce68-4031-9f11-6ade006c7e34", null, null, true), (bare.LegacyId, bare.Username, bare.Email, bare.IsActive));
        var refused = await Assert.ThrowsAsync<ForeignDataException>(() => ReadAsync(new DjangoProject { Fields = new Dictionary<string, string> { ["email"] = "e_mail" } }, person));
        Assert.Contains("people.person b4da0588-ce68-4031-9f11-6ade006c7e34 has no field e_mail, which --map says is its email. It has password, last_login, login", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SG_21_A_group_that_is_called_like_a_flag_gets_nothing_that_is_meant_for_the_flag() => Assert.Equal(
        ["group:staff", "group:superuser", "editors"],
        Assert.Single(await ReadAsync(User(1, fields => fields["groups"] = new JsonArray(1, 2, 3)), Group(1, "staff"), Group(2, "superuser"), Group(3, "editors"))).Roles);

    [Theory]
    [InlineData("socialaccount.socialaccount", "google", "1001", "google"), InlineData("social_django.usersocialauth", "google-openidconnect", "1001", "google"), InlineData("social_auth.usersocialauth", "github", "2002", "github")]
    [InlineData("auth.socialaccount", "github", "3003", "github"), InlineData("socialaccount.socialaccount", "apple", "001.abc.1", "apple"), InlineData("social_django.usersocialauth", "apple-id", "001.abc.1", "apple")]
    [InlineData("socialaccount.socialaccount", "microsoft", "b4da0588-ce68-4031-9f11-6ade006c7e34", "microsoft"), InlineData("socialaccount.socialaccount", "linkedin_oauth2", "aBc-1", "linkedin")]
    [InlineData("socialaccount.socialaccount", "corp-sso", "subject|1", "corp"), InlineData("socialaccount.socialaccount", "twitter", "77", "twitter")]
    // An address, and what is another's at the same provider, are nobody's id for ever.
    [InlineData("social_django.usersocialauth", "google-oauth2", "user1@example.test", null), InlineData("socialaccount.socialaccount", "github", "octocat", null), InlineData("socialaccount.socialaccount", "google", "", null)]
    [InlineData("social_django.usersocialauth", "azuread-oauth2", "user1@corp.test", null), InlineData("socialaccount.socialaccount", "microsoft", "0123456789abcdef", null), InlineData("socialaccount.socialaccount", "google", "10\n01", null)]
    public async Task SG_21_An_identity_is_taken_by_an_id_that_is_nobody_elses(string model, string provider, string uid, string? ours)
    {
        var project = new DjangoProject { Providers = new Dictionary<string, string> { ["corp-sso"] = "corp" } };
        var user = Assert.Single(await ReadAsync(project, User(1), Identity(1, provider, uid, model)));
        Assert.Equal(ours is null ? [] : [new ForeignIdentity(ours, uid, null, false)], user.Identities);
        Assert.Equal(ours is null ? 1 : 0, user.Notes.Count);
    }

    [Fact]
    public async Task A_table_of_another_app_that_is_called_like_one_of_identities_is_none() =>
        Assert.Empty(Assert.Single(await ReadAsync(User(1), Identity(1, "github", "3003", "blog.socialaccount"))).Identities);

    [Theory]
    [InlineData("google", "{\"email\": \"a@example.test\", \"verified_email\": true}", true), InlineData("google", "{\"email\": \"a@example.test\", \"email_verified\": true}", true), InlineData("apple", "{\"email\": \"a@example.test\", \"email_verified\": \"true\"}", true)]
    [InlineData("google", "{\"email\": \"a@example.test\"}", false), InlineData("google", "{\"email\": \"a@example.test\", \"verified_email\": \"no\"}", false), InlineData("facebook", "{\"email\": \"a@example.test\", \"verified_email\": true}", false)]
    public async Task What_a_provider_has_said_of_an_address_is_kept(string provider, string extra, bool verified)
    {
        foreach (var told in new[] { JsonValue.Create(extra), JsonNode.Parse(extra) })
        {
            Assert.Equal([new ForeignIdentity(provider, "1001", "a@example.test", verified)], Assert.Single(await ReadAsync(User(1), Identity(1, provider, "1001", extra: told))).Identities);
        }
        Assert.Null(Assert.Single(Assert.Single(await ReadAsync(User(1), Identity(1, provider, "1001", extra: "no JSON"))).Identities).Email);
    }
}
