using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.OldTokens;

/// <summary>An authentic refresh token of the system of before.</summary>
/// <param name="LegacyId">whose it is, by the id of then</param>
/// <param name="Id"><c>jti</c></param>
/// <param name="IssuedAt"><c>iat</c>, which SimpleJWT moves with each rotation: it says nothing of when somebody proved who they are</param>
/// <param name="GoodUntil">its end, or that of the longest life that a session has here</param>
/// <param name="Signed">its header and claims, as they were signed</param>
public sealed record OldToken(string LegacyId, string Id, DateTimeOffset IssuedAt, DateTimeOffset GoodUntil, string Signed)
{
    /// <summary>Of the <c>jti</c> alone: a signature may be written in several ways.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Id));

    public override string ToString() => $"OldToken of {LegacyId}";
}
