using Accounts.Api.Clients;
using Accounts.Core.Failures;
using Accounts.Core.OldTokens;
using Accounts.Core.Sessions;

namespace Accounts.Api.OldTokens;

/// <summary>
/// Takes an old token that came along with a request for a refresh, where there is no refresh token of ours that can be read. One for all requests:
/// what an old token needs is made when there is one.
/// </summary>
public sealed class OldTokenExchange(OldTokenReader reader, OldCookie cookie, IServiceScopeFactory scopes)
{
    /// <param name="context">of the request</param>
    /// <param name="inBody">what the body has as <c>refresh</c>; null for nothing</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>null where there is none, or none are taken any more</returns>
    /// <exception cref="AuthenticationFailedException">there is one, and it is refused</exception>
    public async Task<SwappedToken?> TryAsync(HttpContext context, string? inBody, CancellationToken cancellation)
    {
        if (TextOf(context, inBody) is not { } text)
        {
            return null;
        }
        try
        {
            if (reader.TryRead(text, out var old) is { } rejection)
            {
                throw AuthenticationFailedException.RefreshToken(rejection);
            }
            await using var scope = scopes.CreateAsyncScope();
            var way = inBody is null ? SessionTransport.Cookie : SessionTransport.Body;
            var swapped = await scope.ServiceProvider.GetRequiredService<OldTokenSwap>().SwapAsync(old!, way, context.Device(), cancellation);
            cookie.ClearWhatCame(context);
            return swapped;
        }
        // Not of one that is invalid: with a key that was mistyped here, everybody would lose theirs.
        catch (AuthenticationFailedException e) when (e.Reason is TokenRejection.Expired or TokenRejection.Revoked)
        {
            cookie.ClearWhatCame(context);
            throw;
        }
    }

    /// <summary>Who signs out has no use for one, and nobody else is to have.</summary>
    /// <returns>whether there was one that can be read</returns>
    public async Task<bool> EndAsync(HttpContext context, string? inBody)
    {
        var isThere = false;
        if (TextOf(context, inBody) is { } text && reader.TryRead(text, out var old) is null)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OldTokenSwap>().EndAsync(old!, CancellationToken.None);
            isThere = true;
        }
        cookie.ClearWhatCame(context);
        return isThere;
    }

    private string? TextOf(HttpContext context, string? inBody) =>
        reader.IsOpen && (inBody ?? cookie.Read(context.Request)) is { Length: > 0 } text && OldTokenReader.IsOne(text) ? text : null;
}
