using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Invitations;

namespace Accounts.Api.Admin;

/// <summary>An invitation that can still be accepted. Its token is in the mail alone.</summary>
/// <param name="Roles">That are given with it, if who invites still is an administrator then.</param>
/// <param name="InvitedBy">The administrator; null for who is erased.</param>
public sealed record InvitationResponse(
    Guid Id, string Email, string[] Roles, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? InvitedBy, DateTime CreatedAt, DateTime ExpiresAt) : IAnswer<InvitationResponse>
{
    public static InvitationResponse Example { get; } = new(
        new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d14"), "bob@example.test", ["editor"], new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d12"),
        new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), new DateTime(2026, 1, 22, 9, 30, 0, DateTimeKind.Utc));

    public static InvitationResponse Of(Invitation invitation) =>
        new(invitation.Id, invitation.Email, invitation.Roles, invitation.InvitedBy, invitation.CreatedAt.UtcDateTime, invitation.ExpiresAt.UtcDateTime);
}

/// <summary>A page of invitations.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Next">The address of the next page; null on the last.</param>
/// <param name="Previous">The address of the page before; null on the first.</param>
public sealed record InvitationsResponse(
    long Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Previous,
    InvitationResponse[] Results) : IAnswer<InvitationsResponse>
{
    public static InvitationsResponse Example { get; } = new(1, null, null, [InvitationResponse.Example]);
}
