using System.Text.Json;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Failures;
using Accounts.Core.Social.Withdrawal;

namespace Accounts.Api.Providers.Presets;

/// <summary>Reads what Apple tells by itself, which it signs as it signs ID tokens.</summary>
public sealed class AppleNotices(SocialProviders providers, IdTokens idTokens)
{
    public const string Provider = "apple";

    /// <summary>Of the addresses that Apple makes up for who hides their own.</summary>
    private const string RelayDomain = "privaterelay.appleid.com";

    /// <summary>What has ended, if anything has.</summary>
    /// <exception cref="RefusedException">Apple has not said so; or nobody signs in by Apple here</exception>
    /// <exception cref="UnavailableException">Apple's keys are not to be had</exception>
    public async Task<Withdrawn?> ReadEndAsync(HttpContext context, string payload, CancellationToken cancellation)
    {
        var (notice, issuer) = await ReadAsync(context, payload, cancellation) ?? throw new RefusedException(ErrorCode.InvalidToken);
        return notice.IsEnd ? new Withdrawn(Provider, issuer, notice.Uid, notice.ToldAt) { IsFinal = notice.IsFinal, RelayDomain = RelayDomain } : null;
    }

    /// <summary>Null where Apple has not said so.</summary>
    private async Task<(AppleNotice Notice, string Issuer)?> ReadAsync(HttpContext context, string payload, CancellationToken cancellation)
    {
        var handler = providers.Find(context, Provider);
        await handler.PrepareAsync(cancellation);
        try
        {
            return await idTokens.VerifyNoticeAsync(payload, handler.Provider, cancellation) is { } told && AppleNotice.Read(told.Claims, told.ToldAt) is { } notice
                ? (notice, handler.Provider.Issuer)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
