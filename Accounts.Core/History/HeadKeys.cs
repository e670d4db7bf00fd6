using Accounts.Core.Settings;
using Accounts.Core.SigningKeys;
using Accounts.Core.Tokens;
using Microsoft.Extensions.Options;

namespace Accounts.Core.History;

/// <summary>Signs heads with the key that signs access tokens, and opens those of any key that ever did.</summary>
public sealed class HeadKeys(SigningKeyRing ring, PublicHalves halves, IOptions<TokenOptions> tokens, IOptions<SiteOptions> site)
{
    public string Sign(ChainHead head) => head.Sign(ring.Active, AccessTokenProfile.Issuer(tokens.Value, site.Value));

    /// <returns>what opens a head, or tells by null that no key of this server has signed it</returns>
    public async Task<Func<string, ChainHead?>> ReadAsync(CancellationToken cancellation)
    {
        var known = await halves.ReadAsync(cancellation);
        return jws => ChainHead.Open(jws, id => ring.Find(id) ?? known.GetValueOrDefault(id));
    }
}
