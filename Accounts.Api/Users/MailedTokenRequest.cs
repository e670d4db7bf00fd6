using Accounts.Api.Docs;
using Accounts.Api.Http;

namespace Accounts.Api.Users;

/// <summary>A body that is a mailed link's token, and nothing else.</summary>
public sealed record MailedTokenRequest : IRequest<string>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    public string Read(FieldReader fields) => fields.Text("token", Token)!;
}
