using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Compatibility;

/// <summary>
/// Reads <c>Authorization: Token …</c> (dj-rest-auth, djoser) and <c>JWT …</c> (djoser) as <c>Bearer …</c>: what stands behind it is judged all the same.
/// The word that a front end was given in place of a token is no header at all, so that the cookie counts. Only where one of the libraries is enabled.
/// </summary>
internal sealed class TokenSchemes : IStartupFilter
{
    private static readonly string[] Schemes = ["Bearer ", "Token ", "JWT "];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            Translate(context.Request.Headers);
            return following(context);
        });
        next(app);
    };

    private static void Translate(IHeaderDictionary headers)
    {
        if (headers.Authorization is not [{ } value])
        {
            return;
        }
        var scheme = Array.Find(Schemes, scheme => value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
        if (scheme is not null && value.AsSpan(scheme.Length).Trim().Equals(AliasSignIn.InCookie, StringComparison.Ordinal))
        {
            headers.Remove(HeaderNames.Authorization);
        }
        else if (scheme is not null)
        {
            headers.Authorization = $"Bearer {value[scheme.Length..]}";
        }
    }
}
