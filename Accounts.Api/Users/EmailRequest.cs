using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Users;

namespace Accounts.Api.Users;

/// <summary>A body that names an address.</summary>
public sealed record EmailRequest : IRequest<EmailAddress>
{
    [Described("An address, known or not.", Required = true, MaxLength = EmailAddress.Longest, Format = "email",
        Example = "ann@example.test")]
    public Field Email { get; init; }

    public EmailAddress Read(FieldReader fields) => fields.EmailAddress("email", Email)!;
}
