using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Sessions;

namespace Accounts.Api.ProgramTokens;

/// <summary>A program's token (RFC 6749 section 5.1).</summary>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record MachineTokenResponse(string AccessToken, string TokenType, int ExpiresIn) : IAnswer<MachineTokenResponse>
{
    public static MachineTokenResponse Example { get; } = new(Examples.AccessToken, "Bearer", 600);

    public static MachineTokenResponse Of(AccessToken token) => new(token.Text, "Bearer", (int)token.Lifetime.TotalSeconds);

    public override string ToString() => nameof(MachineTokenResponse);
}
