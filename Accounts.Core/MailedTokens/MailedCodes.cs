using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.MailedTokens;

/// <summary>
/// The codes of mailed tokens. A browser tries those of the mails that it had sent: no other is looked at, so that nobody guesses at somebody
/// else's, or spends their tries.
/// </summary>
public sealed class MailedCodes(AccountsDb db, SecretKeys keys)
{
    /// <summary>The tokens whose code may be what was typed. The try is counted on each of them by the statement that reads them, whatever comes of it.</summary>
    /// <param name="purpose">theirs</param>
    /// <param name="address">that was typed beside the code; null for whichever the browser's mails went to</param>
    /// <param name="attempts">the browser's</param>
    /// <param name="isMeant">SQL: whether token <c>t</c> is one that who has the address (<c>@email</c>, its key, empty for any) may still use</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<List<MailedToken>> CountTryAsync(TokenPurpose purpose, EmailAddress? address, Guid[] attempts, string isMeant, CancellationToken cancellation)
    {
        if (attempts.Length == 0)
        {
            return [];
        }
        var statement = $"""
            UPDATE email_verification_tokens t SET attempts = t.attempts + 1
            WHERE t.attempt_id = ANY (@ids) AND t.purpose = @purpose AND t.expires_at > clock_timestamp() AND t.attempts < @most AND ({isMeant})
            RETURNING {db.ColumnsOf<MailedToken>("t")}
            """;
        NpgsqlParameter[] values =
        [
            new("ids", attempts), new("purpose", SnakeCaseNames.Snake(purpose.ToString())), new("most", MailedToken.MostAttempts), new("email", address?.Key ?? ""),
        ];
        return await db.MailedTokens.FromSqlRaw(statement, [.. values]).AsNoTracking().ToListAsync(cancellation);
    }

    public bool Fits(MailedToken token, string code) => token.CodeHash is { } stored && keys.All.Any(key =>
        CryptographicOperations.FixedTimeEquals(MailedToken.HashCode(key, token.Id, token.Purpose, code), stored));

    /// <summary>The code that follows from a token, whichever key it was made under; null where it has none.</summary>
    /// <param name="token">as it is stored</param>
    /// <param name="text">as it was mailed</param>
    public string? Shown(MailedToken token, string text) => keys.All.Select(key => MailedToken.CodeOf(key, text)).FirstOrDefault(code => Fits(token, code));

    /// <summary>The right code was no guess: what is wrong besides, a name that is taken or a password that is too common, may be tried again.</summary>
    public Task TakeBackAsync(MailedToken token, CancellationToken cancellation) =>
        db.MailedTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, t => t.Attempts - 1), cancellation);
}
