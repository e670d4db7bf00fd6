using Accounts.Api.Http;
using Accounts.Core.EmailCodes;

namespace Accounts.Api.EmailCodes;

/// <summary>What the page of a mailed link shows.</summary>
/// <param name="Email">Where the mail went.</param>
/// <param name="NewAccount">Whether nobody has the address yet, and an account is made.</param>
/// <param name="SameBrowser">Whether this is the browser that had the mail sent.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Device">That had it sent, as a person calls it.</param>
/// <param name="Ip">Of that device.</param>
/// <param name="Code">To be typed in the browser that had the mail sent; left out in that one.</param>
public sealed record EmailCodeCheckResponse(string Email, bool NewAccount, bool SameBrowser, DateTime At, string Device, string Ip, string? Code)
    : IAnswer<EmailCodeCheckResponse>
{
    public static EmailCodeCheckResponse Example { get; } = new(
        "ann@example.test", NewAccount: false, SameBrowser: false, new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), "Firefox on Windows", "203.0.113.7", "31415926");

    public static EmailCodeCheckResponse Of(ReviewedSignIn reviewed) => new(
        reviewed.Email, reviewed.NewAccount, reviewed.SameBrowser, reviewed.At.UtcDateTime, reviewed.Asked.Name, reviewed.Asked.Ip.ToString(), reviewed.Code);

    public override string ToString() => nameof(EmailCodeCheckResponse);
}
