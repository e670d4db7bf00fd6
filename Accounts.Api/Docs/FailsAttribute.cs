using Accounts.Api.Http;
using Accounts.Core.Failures;

namespace Accounts.Api.Docs;

/// <summary>Errors that an action may answer with, besides those that follow from what it is (<see cref="CommonErrors"/>). Their statuses stand in <see cref="FailureTable"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class FailsAttribute(params ErrorCode[] codes) : Attribute
{
    public IReadOnlyList<ErrorCode> Codes => codes;

    /// <summary>Whether the body may hold messages by field instead of a code.</summary>
    public bool HasFields { get; init; }

    /// <summary>Whether people get a page that says the same.</summary>
    public bool HasPage { get; init; }

    /// <summary>Whether it is an access token that is not valid, for which the body holds more.</summary>
    public bool OfAccessToken { get; init; }

    /// <summary>One for each status that its codes have.</summary>
    public IEnumerable<(int Status, FailsAttribute Errors)> ByStatus() => codes.GroupBy(code => FailureTable.Of(code).Status)
        .Select(group => (group.Key, new FailsAttribute([.. group]) { HasFields = HasFields, OfAccessToken = OfAccessToken, HasPage = HasPage }));
}
