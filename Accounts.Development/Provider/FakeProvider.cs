using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Accounts.Api.Providers;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Development.Provider;

/// <summary>
/// An identity provider for Development, where nobody has a client id yet: as strict as a real one about the client, the
/// redirect address, PKCE and codes, which it redeems once. What it knows it forgets with the process.
/// </summary>
public sealed class FakeProvider(IOptions<SiteOptions> site, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Grant> codes = new();
    private readonly ConcurrentDictionary<string, Grant> tokens = new();
    private readonly ConcurrentQueue<FakePerson> expected = new();

    public EndpointSettings Settings { get; } = new Endpoints(site.Value.Origin);

    /// <summary>Whether the request for a sign-in is one that a provider would accept; the codes go to loopback addresses only.</summary>
    public bool Accepts(IQueryCollection query) =>
        query["client_id"] == Settings.ClientId && query["response_type"] == "code" && query["code_challenge_method"] == "S256"
        && query["code_challenge"] is [{ Length: 43 }] && query["redirect_uri"] is [{ } address]
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.IsLoopback;

    /// <param name="person">who signs in next, without being asked; null for nobody any more, and whoever is chosen on the page</param>
    public void Expect(FakePerson? person)
    {
        if (person is null)
        {
            expected.Clear();
        }
        else
        {
            expected.Enqueue(person);
        }
    }

    /// <summary>Once each, in the order in which they were expected; null for nobody.</summary>
    public FakePerson? TakeExpected() => expected.TryDequeue(out var person) ? person : null;

    public string IssueCode(FakePerson person, string challenge, string redirectUri) => Keep(codes, new Grant(person, challenge, redirectUri, time.GetUtcNow() + Lifetime));

    /// <summary>Whether the provider is away for who has the code.</summary>
    public bool IsAwayFor(string code) => codes.TryGetValue(code, out var grant) && grant.Person.IsAway;

    /// <summary>An access token; null where anything is not as it was when the code was issued, or the code has been redeemed.</summary>
    public string? Redeem(string code, string verifier, string redirectUri)
    {
        var good = codes.TryRemove(code, out var grant) && grant.ExpiresAt > time.GetUtcNow() && grant.RedirectUri == redirectUri
            && grant.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return good ? Keep(tokens, grant! with { ExpiresAt = time.GetUtcNow() + Lifetime }) : null;
    }

    public FakePerson? PersonOf(string token) => tokens.TryGetValue(token, out var grant) && grant.ExpiresAt > time.GetUtcNow() ? grant.Person : null;

    private string Keep(ConcurrentDictionary<string, Grant> grants, Grant grant)
    {
        foreach (var (old, _) in grants.Where(one => one.Value.ExpiresAt <= time.GetUtcNow()))
        {
            grants.TryRemove(old, out _);
        }
        var name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        grants[name] = grant;
        return name;
    }

    private sealed record Grant(FakePerson Person, string Challenge, string RedirectUri, DateTimeOffset ExpiresAt);

    private sealed class Endpoints : EndpointSettings
    {
        public Endpoints(string origin)
        {
            ClientId = "fake-client";
            ClientSecret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            (AuthorizationUrl, TokenUrl, UserInfoUrl) = ($"{origin}/dev/provider", $"{origin}/dev/provider/token", $"{origin}/dev/provider/me");
        }

        public override string AuthorizationUrl { get; set; }

        public override string TokenUrl { get; set; }

        public override string UserInfoUrl { get; set; }
    }
}
