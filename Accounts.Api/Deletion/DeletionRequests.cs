using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Passwords;

namespace Accounts.Api.Deletion;

/// <summary>The body of a deletion.</summary>
public sealed record DeletionRequest : IRequest<DeletionForm>
{
    [Described("Of who has one; without it the sign-in was at most 10 minutes ago.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    public DeletionForm Read(FieldReader fields) => new(Password.IsMissing || Password.Kind == FieldKind.Null ? null : fields.Password("password", Password));
}

/// <summary>The password, where one was sent.</summary>
public sealed record DeletionForm(string? Password)
{
    public override string ToString() => nameof(DeletionForm);
}

/// <summary>The body of me/erase.</summary>
public sealed record ErasureRequest : IRequest<string>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    public string Read(FieldReader fields) => fields.Text("token", Token)!;
}
