using Accounts.Api.Http;
using Accounts.Core.Recovery;

namespace Accounts.Api.Recovery;

/// <summary>What a link "this wasn't me" is about.</summary>
/// <param name="Events">The change and those after it, oldest first.</param>
/// <param name="Frozen">Whether nobody signs in at the moment.</param>
public sealed record ReviewResponse(ReviewedEvent[] Events, bool Frozen) : IAnswer<ReviewResponse>
{
    public static ReviewResponse Example { get; } = new(
        [new("password_changed", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), "Firefox on Windows")], Frozen: false);

    public static ReviewResponse Of(ReviewedChanges review) => new([.. review.Changes.Select(ReviewedEvent.Of)], review.Frozen);
}

/// <summary>A change.</summary>
/// <param name="Kind">For programs; there may be kinds to come.</param>
/// <param name="Device">What a person calls it.</param>
public sealed record ReviewedEvent(string Kind, DateTime At, string Device)
{
    public static ReviewedEvent Of(ReviewedChange change) => new(ErrorBodies.Word(change.Kind), change.At.UtcDateTime, change.Device);
}
