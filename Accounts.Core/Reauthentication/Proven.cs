namespace Accounts.Core.Reauthentication;

/// <summary>That who is signed in has proved once more who they are.</summary>
/// <param name="Methods">by what, for <c>amr</c></param>
public sealed record Proven(params string[] Methods)
{
    /// <summary>When, where it was not just now.</summary>
    public DateTimeOffset? AuthTime { get; init; }
}
