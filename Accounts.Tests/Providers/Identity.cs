using System.Text.Json.Nodes;
using Accounts.Tests.Support;

namespace Accounts.Tests.Providers;

/// <summary>Somebody whom a double of a provider knows, and all that it says of them, right or wrong.</summary>
public sealed class Identity
{
    private static long counter = 4_000_000;

    /// <summary>As in our paths.</summary>
    public required string Provider { get; init; }

    /// <summary><c>iss</c> of a provider of OpenID Connect; empty for the others.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>LinkedIn refuses whoever sends a verifier, Facebook whoever sends one without a challenge: neither gets any of ours.</summary>
    public bool TakesPkce => Provider is not ("linkedin" or "facebook");

    /// <summary>Claims, in the ID token and in userinfo.</summary>
    public JsonObject Claims { get; init; } = [];

    /// <summary>What userinfo says in place of them; null where it says the same.</summary>
    public JsonNode? UserInfo { get; set; }

    /// <summary>Azure AD B2C gives no access token where nobody asks for an API.</summary>
    public bool GetsAccessToken { get; set; } = true;

    /// <summary>The profile of GitHub or Facebook.</summary>
    public JsonObject User { get; init; } = [];

    /// <summary>GitHub's list of addresses.</summary>
    public JsonArray Emails { get; init; } = [];

    /// <summary>Whether the ID token has the address, or leaves it to userinfo.</summary>
    public bool EmailInIdToken { get; set; } = true;

    /// <summary>What is wrong with the ID token; it gets the claims and the double's way to sign them.</summary>
    public Func<JsonObject, Func<JsonObject, string>, string?> IdToken { get; set; } = (claims, sign) => sign(claims);

    public string Email => (string?)Claims["email"] ?? (string)(Emails.Count > 0 ? Emails[0]! : User)["email"]!;

    public string Uid => (Claims["sub"] ?? User["id"])!.ToString();

    public static Identity OfGoogle(string? email = null) => new() { Provider = "google", Issuer = ProviderDouble.Issuer, Claims = ClaimsOf(email, "Gina", "Google") };

    /// <summary>Of the double as it is known by its issuer alone.</summary>
    public static Identity OfOidc(ProviderDouble provider, string? email = null) => new()
    {
        Provider = "oidc",
        Issuer = provider.OidcIssuer,
        Claims = ClaimsOf(email, "Ida", "Issued"),
    };

    public static Identity OfLinkedIn(string? email = null) => new() { Provider = "linkedin", Claims = ClaimsOf(email, "Lin", "Linked") };

    public static Identity OfFacebook(string? email = null) => new()
    {
        Provider = "facebook",
        User = new JsonObject { ["id"] = $"{Interlocked.Increment(ref counter)}", ["name"] = "Fay Friend", ["email"] = email ?? Some.Email() },
    };

    private static JsonObject ClaimsOf(string? email, string given, string family) => new()
    {
        ["sub"] = $"{Interlocked.Increment(ref counter)}",
        ["email"] = email ?? Some.Email(),
        ["email_verified"] = true,
        ["given_name"] = given,
        ["family_name"] = $"{family} {Some.Username()}",
    };

    public static Identity OfGitHub(string? email = null) => new()
    {
        Provider = "github",
        User = new JsonObject { ["id"] = Interlocked.Increment(ref counter), ["login"] = Some.Username(), ["name"] = "Octo Cat", ["email"] = "public@example.test" },
        Emails = [new JsonObject { ["email"] = email ?? Some.Email(), ["primary"] = true, ["verified"] = true }],
    };

    /// <summary>What an ID token says of them.</summary>
    /// <param name="claims">that it has besides</param>
    /// <param name="asksAge">of who asks for an age, and is told the time (OpenID Connect Core section 2). Google's page knows no such parameter</param>
    public void Tell(JsonObject claims, bool asksAge)
    {
        if (asksAge && Provider == "oidc")
        {
            claims["auth_time"] = (long)claims["iat"]!;
        }
        foreach (var (name, value) in Claims.Where(claim => EmailInIdToken || claim.Key is "sub" or "auth_time"))
        {
            claims[name] = value?.DeepClone();
        }
    }

    public Identity With(string claim, JsonNode? value)
    {
        Claims[claim] = value;
        return this;
    }

    /// <summary>Of GitHub, that shows no address.</summary>
    public Identity WithoutEmails()
    {
        Emails.Clear();
        return this;
    }

    public Identity Without(string claim)
    {
        Claims.Remove(claim);
        return this;
    }
}
