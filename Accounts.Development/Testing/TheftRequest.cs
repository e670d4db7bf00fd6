using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Development.Testing;

/// <summary>What was stolen: a refresh token, or that of a user's newest session.</summary>
public sealed record TheftForm(RefreshToken? Token, Whose? Whose);

/// <summary>The body of replay.</summary>
public sealed record TheftRequest : IRequest<TheftForm>
{
    private const int LongestToken = 200;

    public Field RefreshToken { get; init; }

    public Field UserId { get; init; }

    public Field Email { get; init; }

    public TheftForm Read(FieldReader fields)
    {
        var whose = fields.Whose(UserId, Email);
        if (RefreshToken.IsMissing && whose is null)
        {
            fields.Errors.Add(FieldErrors.NonField, "Say what was stolen: refresh_token, or user_id or email for the token of their newest session.");
        }
        return new TheftForm(RefreshToken.IsMissing ? null : ReadToken(fields), whose);
    }

    private RefreshToken? ReadToken(FieldReader fields)
    {
        RefreshToken? token = null;
        if (fields.ShortText("refresh_token", RefreshToken, LongestToken) is { } text
            && fields.Context.RequestServices.GetRequiredService<RefreshTokenCodec>().TryRead(text, out token) is not null)
        {
            fields.Errors.Add("refresh_token", "This is no refresh token of this server.");
        }
        return token;
    }
}
