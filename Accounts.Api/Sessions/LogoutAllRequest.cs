using Accounts.Api.Docs;
using Accounts.Api.Http;

namespace Accounts.Api.Sessions;

/// <summary>The body of signing out everywhere.</summary>
public sealed record LogoutAllRequest : IRequest<LogoutAllForm>
{
    [Described("Whether the session that asks stays; it ends where this is absent.", Example = true)]
    public Field KeepCurrent { get; init; }

    public LogoutAllForm Read(FieldReader fields) => new(fields.Boolean("keep_current", KeepCurrent, otherwise: false));
}

/// <param name="KeepCurrent">whether the session that asks stays</param>
public sealed record LogoutAllForm(bool KeepCurrent);

/// <summary>The answer to signing out everywhere.</summary>
/// <param name="Ended">How many live sessions have ended.</param>
public sealed record LogoutAllResponse(int Ended) : IAnswer<LogoutAllResponse>
{
    public static LogoutAllResponse Example { get; } = new(4);
}
