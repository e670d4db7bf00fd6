using System.Text.Json;
using Accounts.Api.Providers.OpenId;

namespace Accounts.Api.Providers.Presets;

/// <summary>Reads what Apple tells by itself, which it signs as it signs ID tokens.</summary>
public sealed class AppleNotices(SocialProviders providers, IdTokens idTokens)
{
    public const string Provider = "apple";

    /// <summary>Null where Apple has not said so.</summary>
    /// <exception cref="Core.Failures.RefusedException">nobody signs in by Apple here</exception>
    /// <exception cref="Core.Failures.UnavailableException">Apple's keys are not to be had</exception>
    public async Task<(AppleNotice Notice, string Issuer)?> ReadAsync(HttpContext context, string payload, CancellationToken cancellation)
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
