using System.Buffers.Text;
using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>What somebody who comes back from a provider presents; all of it must be as it was when they set out.</summary>
/// <param name="Modes">any of these</param>
/// <param name="UserId">who is signed in, for connecting and for proving it once more; null for a sign-in</param>
/// <param name="Browser">the browser's cookies, one of which must be that of the beginning; none for a client in body mode</param>
public sealed record PresentedSocialState(string State, string Provider, SocialMode[] Modes, Guid? UserId, string[] Browser)
{
    public byte[][] BrowserHashes => [.. Browser.Select(OpaqueToken.Hash)];
}

/// <summary>What was kept for the way back.</summary>
public sealed record SpentSocialState(string Verifier, string Nonce, string RedirectUri, string? Next, SocialMode Mode, SessionTransport Transport);

/// <summary>Spends states: of any number who present one, the statement lets a single one through.</summary>
public sealed class SocialStates(AccountsDb db, SecretBox box)
{
    public static RefusedException Invalid() => new(ErrorCode.InvalidState);

    /// <exception cref="RefusedException">unknown, spent, too old, or another browser's, provider's, flow's or user's</exception>
    public async Task<SpentSocialState> SpendAsync(PresentedSocialState presented, CancellationToken cancellation)
    {
        var spent = await UpdateAsync(presented, OpaqueToken.Hash(presented.State), cancellation);
        if (spent is not [var state])
        {
            throw Invalid();
        }
        try
        {
            return new SpentSocialState(state.OpenVerifier(box), state.Nonce, state.RedirectUri, state.Next, state.Mode, state.Transport);
        }
        catch (CryptographicException)
        {
            throw Invalid();
        }
    }

    /// <summary>Of a native app, which has no cookie and brings the provider's ID token in place of a code: its <c>nonce</c> names the state, and spends it.</summary>
    /// <exception cref="RefusedException">unknown, spent, too old, begun in a browser, or another provider's</exception>
    public async Task SpendNonceAsync(string provider, string nonce, CancellationToken cancellation)
    {
        var presented = new PresentedSocialState("", provider, [SocialMode.SignIn], null, []);
        if (!Base64Url.IsValid(nonce, out var length) || length != SHA256.HashSizeInBytes
            || await UpdateAsync(presented, Base64Url.DecodeFromChars(nonce), cancellation) is not [_])
        {
            throw Invalid();
        }
    }

    private Task<List<SocialState>> UpdateAsync(PresentedSocialState presented, byte[] hash, CancellationToken cancellation)
    {
        var modes = presented.Modes.Select(SnakeCaseEnum<SocialMode>.Word).ToArray();
        var statement = $$"""
            UPDATE social_states s SET used_at = clock_timestamp()
            WHERE s.hash = {0} AND s.provider = {1} AND s.mode = ANY ({2}) AND s.used_at IS NULL AND s.expires_at > clock_timestamp()
              AND s.user_id IS NOT DISTINCT FROM {3} AND (s.browser_hash = ANY ({4}) OR (s.browser_hash IS NULL AND cardinality({4}) = 0))
            RETURNING {{db.ColumnsOf<SocialState>("s")}}
            """;
        return db.SocialStates.FromSqlRaw(statement, hash, presented.Provider, modes, presented.UserId!, presented.BrowserHashes).AsNoTracking().ToListAsync(cancellation);
    }
}
