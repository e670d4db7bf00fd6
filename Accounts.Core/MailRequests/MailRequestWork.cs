using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.MailRequests;

/// <summary>Works off what was asked for one address: the mail and the end of its requests are one transaction.</summary>
public sealed partial class MailRequestWork(AccountsDb db, IEnumerable<IMailRequestPart> parts, SecretBox box, ILogger<MailRequestWork> log)
{
    /// <summary>The words of what can be asked for.</summary>
    public string[] Purposes => [.. parts.Select(part => MailRequest.Word(part.Purpose))];

    /// <returns>whether there was something that no other process is at</returns>
    public async Task<bool> WorkAsync(byte[] key, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var requests = await LockAsync(key, cancellation);
        if (requests is not [var first, ..])
        {
            return false;
        }
        await AddMailAsync(first, cancellation);
        await db.SaveChangesAsync(cancellation);
        // Those that it began with: one that has come meanwhile may ask on behalf of somebody who was not there yet.
        var worked = requests.ConvertAll(request => request.Id);
        await db.MailRequests.Where(request => worked.Contains(request.Id)).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private Task<List<MailRequest>> LockAsync(byte[] key, CancellationToken cancellation)
    {
        var statement = $"SELECT {db.ColumnsOf<MailRequest>("r")} FROM mail_requests r WHERE r.key = {{0}} ORDER BY r.asked_at FOR UPDATE SKIP LOCKED";
        return db.MailRequests.FromSqlRaw(statement, key).AsNoTracking().ToListAsync(cancellation);
    }

    private async Task AddMailAsync(MailRequest request, CancellationToken cancellation)
    {
        try
        {
            await parts.Single(part => part.Purpose == request.Purpose).AddMailAsync(request.Open(box), cancellation);
        }
        catch (CryptographicException e)
        {
            LogUnreadable(request.Id, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The request {Id} for a mail cannot be read and is dropped: {Reason}")]
    private partial void LogUnreadable(Guid id, string reason);
}
