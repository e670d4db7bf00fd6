using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Throttling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.MailRequests;

/// <summary>Works off what was asked for: where nobody has the address all at once; else, for one address, mail and end of its requests in one transaction.</summary>
public sealed partial class MailRequestWork(AccountsDb db, IEnumerable<IMailRequestPart> parts, SecretBox box, ILogger<MailRequestWork> log)
{
    /// <summary>The words of what can be asked for.</summary>
    public string[] Purposes => [.. parts.Select(part => MailRequest.Word(part.Purpose))];

    /// <summary>Of a flood nearly all are for addresses that nobody has: an address at a time it would keep everybody waiting.</summary>
    /// <returns>the keys for which there may be a mail, and how many requests are gone</returns>
    public async Task<(List<byte[]> Keys, int Dropped)> DropUnknownAsync(List<byte[]> keys, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var requests = await LockAsync(keys, cancellation);
        var unknown = new List<Guid>();
        foreach (var asked in requests.GroupBy(request => request.Purpose))
        {
            unknown.AddRange(await UnknownAsync(PartOf(asked.Key), [.. asked], cancellation));
        }
        var dropped = await DeleteAsync(unknown, cancellation);
        await transaction.CommitAsync(cancellation);
        return ([.. requests.ExceptBy(unknown, request => request.Id).Select(request => request.Key).DistinctBy(Convert.ToHexString)], dropped);
    }

    /// <returns>whether there was something that no other process is at</returns>
    public async Task<bool> WorkAsync(byte[] key, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var requests = await LockAsync([key], cancellation);
        if (requests is not [var first, ..])
        {
            return false;
        }
        await AddMailAsync(first, cancellation);
        await db.SaveChangesAsync(cancellation);
        // Those that it began with: one that has come meanwhile may ask on behalf of somebody who was not there yet.
        await DeleteAsync(requests.ConvertAll(request => request.Id), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<IEnumerable<Guid>> UnknownAsync(IMailRequestPart part, List<MailRequest> requests, CancellationToken cancellation)
    {
        var addresses = requests.ToDictionary(request => request.Id, AddressOf);
        var possible = (await part.PossibleAsync([.. addresses.Values.OfType<string>().Distinct()], cancellation)).ToHashSet(StringComparer.Ordinal);
        return addresses.Where(address => address.Value is not null && !possible.Contains(address.Value)).Select(address => address.Key);
    }

    /// <summary>Null where it cannot be read, of which is told where it is worked off.</summary>
    private string? AddressOf(MailRequest request)
    {
        try
        {
            return request.Open(box).Address.Key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Task<List<MailRequest>> LockAsync(List<byte[]> keys, CancellationToken cancellation)
    {
        var statement = $"SELECT {db.ColumnsOf<MailRequest>("r")} FROM mail_requests r WHERE r.key = ANY ({{0}}) ORDER BY r.asked_at FOR UPDATE SKIP LOCKED";
        return db.MailRequests.FromSqlRaw(statement, keys).AsNoTracking().ToListAsync(cancellation);
    }

    private Task<int> DeleteAsync(List<Guid> ids, CancellationToken cancellation) =>
        db.MailRequests.Where(request => ids.Contains(request.Id)).ExecuteDeleteAsync(cancellation);

    private IMailRequestPart PartOf(MailPurpose purpose) => parts.Single(part => part.Purpose == purpose);

    private async Task AddMailAsync(MailRequest request, CancellationToken cancellation)
    {
        try
        {
            await PartOf(request.Purpose).AddMailAsync(request.Open(box), cancellation);
        }
        catch (CryptographicException e)
        {
            LogUnreadable(request.Id, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The request {Id} for a mail cannot be read and is dropped: {Reason}")]
    private partial void LogUnreadable(Guid id, string reason);
}
