using Accounts.Core.Failures;

namespace Accounts.Api.Docs;

/// <summary>An error that an action may answer with, besides those that follow from what it is (<see cref="CommonErrors"/>).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class FailsAttribute(int status, params ErrorCode[] codes) : Attribute
{
    public int Status => status;

    public IReadOnlyList<ErrorCode> Codes => codes;

    /// <summary>Whether the body may hold messages by field instead of a code.</summary>
    public bool HasFields { get; init; }

    /// <summary>Whether it is an access token that is not valid, for which the body holds more.</summary>
    public bool OfAccessToken { get; init; }
}
