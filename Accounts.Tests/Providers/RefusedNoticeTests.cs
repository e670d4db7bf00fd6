using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>What passes for a notice of Apple's and is none, or none of now, changes nothing.</summary>
public sealed class RefusedNoticeTests(PresetServer shared) : IClassFixture<PresetServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly PresetDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client(), apple = shared.Server.Client("Apple/1");
    private readonly JsonObject apples = shared.Provider.Apples();
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        apples["email"] = Some.Email();
        await client.SignInByAppleAsync(provider, apples);
        person = new Person("", apples.Email(), "");
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        apple.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, Action<JsonObject, JsonObject>> Defects => new()
    {
        { "another issuer's", (claims, _) => claims["iss"] = ((string)claims["iss"]!).Replace("/apple", "/company", StringComparison.Ordinal) },
        { "for somebody else", (claims, _) => claims["aud"] = "another-app" },
        { "for nobody", (claims, _) => claims.Remove("aud") },
        { "expired", (claims, _) => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 61 },
        { "two days old", (claims, _) => claims["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 2 * 86_400 },
        { "of the day after tomorrow", (claims, _) => claims["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 2 * 86_400 },
        { "of no time", (claims, _) => claims.Remove("iat") },
        { "of a time that is a text", (claims, _) => claims["iat"] = "1" },
        { "without an event", (claims, _) => claims["events"] = null },
        { "with an event that is no JSON", (claims, _) => claims["events"] = "{" },
        { "with a list of events", (claims, told) => claims["events"] = new JsonArray(told.DeepClone()) },
        { "about nobody", (_, told) => told.Remove("sub") },
        { "about a number", (_, told) => told["sub"] = 1 },
        { "of no kind", (_, told) => told.Remove("type") },
    };

    [Theory, MemberData(nameof(Defects))]
    public async Task SO_03_A_notice_is_refused_that_is(string what, Action<JsonObject, JsonObject> defect)
    {
        Assert.NotEmpty(what);
        await RefusedAsync(provider.Notice("account-delete", apples, defect));
    }

    [Fact]
    public async Task SO_03_A_notice_is_refused_that_Apples_key_has_not_signed()
    {
        var good = provider.Notice("account-delete", apples);
        using var key = ProviderSigningKey.Rsa("key-1");
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(good.Split('.')[1]))!.AsObject();
        string[] forged =
        [
            key.Sign(claims, "RS256"), good[..^4] + (good.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"), $"{good.Split('.')[0]}.{good.Split('.')[1]}.",
            $"{ProviderSigningKey.Encode("""{"alg":"none"}""")}.{good.Split('.')[1]}.", provider.IdToken(apples, nonce: null), "x", "a.b.c", Convert.ToHexString(RandomNumberGenerator.GetBytes(40)),
        ];
        foreach (var notice in forged)
        {
            await RefusedAsync(notice);
        }
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    private async Task RefusedAsync(string notice)
    {
        var before = await server.Database.AllOfAsync(person);
        (await apple.TellAsync(notice)).AssertRefused(400, "invalid_token");
        Assert.Equal(before, await server.Database.AllOfAsync(person));
    }

    [Theory]
    [InlineData("signed an hour ago"), InlineData("of an hour ago, in milliseconds"), InlineData("of an hour ago, in seconds")]
    public async Task A_notice_of_before_the_latest_sign_in_ends_nothing(string when)
    {
        var (before, then) = (await server.Database.AllOfAsync(person), DateTimeOffset.UtcNow.AddHours(-1));
        await apple.TakenAsync(provider.Notice("consent-revoked", apples, (claims, told) =>
        {
            if (when.StartsWith("signed", StringComparison.Ordinal))
            {
                claims["iat"] = then.ToUnixTimeSeconds();
            }
            else
            {
                told["event_time"] = when.EndsWith(" seconds", StringComparison.Ordinal) ? then.ToUnixTimeSeconds() : then.ToUnixTimeMilliseconds();
            }
        }));
        Assert.Equal(before, await server.Database.AllOfAsync(person));
    }

    [Fact]
    public async Task A_notice_about_somebody_unknown_or_about_the_same_name_elsewhere_changes_nothing()
    {
        var before = await server.Database.AllOfAsync(person);
        await apple.TakenAsync(provider.Notice("account-delete", provider.Apples()));
        // The same id at another provider is somebody else.
        await server.Database.ExecuteAsync("UPDATE social_accounts SET issuer = 'https://else.example.test' WHERE provider_uid = @uid", ("uid", (string)apples["sub"]!));
        await apple.TakenAsync(provider.Notice("account-delete", apples));
        await server.Database.ExecuteAsync("UPDATE social_accounts SET issuer = @issuer WHERE provider_uid = @uid", ("uid", (string)apples["sub"]!), ("issuer", $"{provider.Address}/apple"));
        Assert.Equal(before, await server.Database.AllOfAsync(person));
    }
}
