using Accounts.Api.Http;
using Accounts.Core.Checkup;

namespace Accounts.Api.Admin;

/// <summary>What the doctor found.</summary>
/// <param name="Ok">whether there is no problem; warnings there may be</param>
public sealed record CheckResponse(bool Ok, FindingResponse[] Findings) : IAnswer<CheckResponse>
{
    public static CheckResponse Example { get; } = new(false, [new("mail", "problem", "The mail server mail.example.com:587 shows a certificate that is not trusted: …")]);

    public static CheckResponse Of(IReadOnlyList<Finding> findings) =>
        new(findings.All(finding => finding.Level != FindingLevel.Problem), [.. findings.Select(FindingResponse.Of)]);
}

/// <summary>One thing that it found.</summary>
/// <param name="Check">what was tried</param>
/// <param name="Level">`ok`, `warning` or `problem`</param>
/// <param name="Text">what is so, and what to write where</param>
public sealed record FindingResponse(string Check, string Level, string Text)
{
    public static FindingResponse Of(Finding finding) => new(finding.Check, finding.Level.Word(), finding.Text);
}
