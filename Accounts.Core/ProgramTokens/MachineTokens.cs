using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.Extensions.Options;

namespace Accounts.Core.ProgramTokens;

/// <summary>Tokens of programs: as access tokens, of nobody who could be signed in. Each is good until its time is over, or its client's section goes.</summary>
public sealed class MachineTokens(AccessTokenSigner signer, AccessTokenVerifier verifier, ProgramClients clients, IOptions<SessionOptions> options)
{
    /// <param name="client">who has proved which it is</param>
    /// <param name="roles">of its own</param>
    public AccessToken Issue(ProgramClient client, string[] roles) =>
        new(signer.SignMachine(client.Name, roles, options.Value.AccessTokenLifetime), options.Value.AccessTokenLifetime);

    /// <summary>Whose a token is; null for one that is not good, or whose client there is no more.</summary>
    public ProgramClient? ClientOf(string token) => verifier.VerifyMachine(token) is { } name ? clients.Find(name) : null;
}
