using Accounts.Core.Sessions;

namespace Accounts.Core.Reauthentication;

/// <summary>What says that somebody has proved once more who they are.</summary>
/// <param name="Access">an access token; null in session mode</param>
/// <param name="Session">in session mode the new session; else null</param>
public sealed record Reproved(AccessToken? Access, IssuedTokens? Session)
{
    public override string ToString() => nameof(Reproved);
}
