using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>
/// Seals seeds anew that lie under a previous secret key, for they live as long as their apps. Every hour, for while keys are replaced another
/// node may still seal under the old one.
/// </summary>
public sealed partial class SeedSealing(NpgsqlDataSource database, SecretBox box, ILogger<SeedSealing> log) : BackgroundService
{
    private const int AtATime = 500;
    private static readonly TimeSpan Again = TimeSpan.FromHours(1), AfterAFailure = TimeSpan.FromMinutes(1);

    private static readonly string Next = $"SELECT id, user_id, seed FROM totp_factors WHERE id > @after ORDER BY id LIMIT {AtATime}";

    private const string Seal = "UPDATE totp_factors SET seed = @sealed WHERE id = @id AND seed = @seed";

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(await TrySealAllAsync(stopping) ? Again : AfterAFailure, stopping);
        }
    }

    private async Task<bool> TrySealAllAsync(CancellationToken stopping)
    {
        try
        {
            await SealAllAsync(stopping);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
            return false;
        }
    }

    public async Task SealAllAsync(CancellationToken cancellation)
    {
        var (after, unreadable) = (Guid.Empty, 0);
        while (await ReadAsync(after, cancellation) is [.., var last] seeds)
        {
            foreach (var seed in seeds.Where(seed => !box.IsCurrent(seed.Box)))
            {
                unreadable += await TrySealAsync(seed, cancellation) ? 0 : 1;
            }
            after = last.Id;
        }
        if (unreadable > 0)
        {
            LogUnreadable(unreadable);
        }
    }

    private async Task<List<SealedSeed>> ReadAsync(Guid after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Next);
        command.Parameters.AddWithValue("after", after);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var seeds = new List<SealedSeed>();
        while (await reader.ReadAsync(cancellation))
        {
            seeds.Add(new SealedSeed(reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)));
        }
        return seeds;
    }

    private async Task<bool> TrySealAsync(SealedSeed seed, CancellationToken cancellation)
    {
        try
        {
            var place = TotpFactor.Place(seed.UserId, seed.Id);
            await using var command = database.CreateCommand(Seal);
            command.Parameters.AddWithValue("id", seed.Id);
            command.Parameters.AddWithValue("seed", seed.Box);
            command.Parameters.AddWithValue("sealed", box.Seal(SecretUse.TotpSeeds, box.Open(SecretUse.TotpSeeds, seed.Box, place), place));
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private sealed record SealedSeed(Guid Id, Guid UserId, byte[] Box);

    [LoggerMessage(LogLevel.Error, "Of {Count} authenticator apps the seeds were sealed under another secret key: their users have recovery codes alone. Add that key to Accounts__PreviousSecretKeys")]
    private partial void LogUnreadable(int count);

    [LoggerMessage(LogLevel.Warning, "Seeds of authenticator apps could not be sealed under the current secret key; it is tried again in a minute: {Reason}")]
    private partial void LogFailed(string reason);
}
