using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Accounts.AspNetCore;

/// <summary>
/// The published keys. The package's own <c>ConfigurationManager</c> refuses the first token of a key that is new, tells no issuer that
/// is away from a bad token, and accepts for another hour what a revoked key has signed.
/// </summary>
internal sealed class PublishedKeys(AccountsOptions options, AccountsServer server, TimeProvider time) : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private readonly SemaphoreSlim reading = new(1);
    private OpenIdConnectConfiguration known = new();
    private DateTimeOffset staleAt, nextTry;
    private bool isAway = true;

    /// <summary>Those that are known; <see cref="LookForAsync"/> has seen to it that the token's is among them.</summary>
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => Task.FromResult(known);

    public void RequestRefresh()
    {
    }

    /// <exception cref="Refusal">a key of that name is not known, and nobody can be asked</exception>
    public async Task LookForAsync(string name)
    {
        if (!Knows(name) || time.GetUtcNow() >= staleAt)
        {
            await reading.WaitAsync();
            try
            {
                if (time.GetUtcNow() >= nextTry && (!Knows(name) || time.GetUtcNow() >= staleAt))
                {
                    await ReadAsync();
                    nextTry = isAway || !Knows(name) ? time.GetUtcNow() + options.KeysPause : default;
                }
            }
            finally
            {
                reading.Release();
            }
        }
        if (isAway && !Knows(name))
        {
            throw Refusal.Unavailable;
        }
    }

    private bool Knows(string name) => known.SigningKeys.Any(key => key.KeyId == name);

    /// <summary>While the issuer is away those of before stay good: what they have signed is over by itself in minutes.</summary>
    private async Task ReadAsync()
    {
        try
        {
            var read = new OpenIdConnectConfiguration { Issuer = options.Issuer };
            foreach (var key in new JsonWebKeySet(await server.KeysAsync()).GetSigningKeys())
            {
                read.SigningKeys.Add(key);
            }
            if (read.SigningKeys.Count == 0)
            {
                throw Refusal.Unavailable;
            }
            (known, staleAt, isAway) = (read, time.GetUtcNow() + options.KeysLifetime, false);
        }
        catch (Exception e) when (e is Refusal or ArgumentException)
        {
            isAway = true;
        }
    }

    public void Dispose() => reading.Dispose();
}
