using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;

namespace Accounts.Api.SecondFactor;

/// <summary>A second factor as its user sees it.</summary>
/// <param name="LastUsedAt">Null where it has not been used since it was added.</param>
public sealed record FactorResponse(
    Guid Id, string Name, DateTime CreatedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? LastUsedAt) : IAnswer<FactorResponse>
{
    /// <summary>Of a passkey: whether it has been copied to the user's other devices.</summary>
    public bool? Synced { get; init; }

    /// <summary>Of a passkey: as the authenticator calls it, for `PublicKeyCredential.signalUnknownCredential` once it is removed.</summary>
    public string? CredentialId { get; init; }

    /// <summary>Of a passkey in the list: as authenticators call its user, for `signalAllAcceptedCredentials` and `signalCurrentUserDetails`.</summary>
    public string? UserHandle { get; init; }

    public static FactorResponse Example { get; } = new(
        new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d12"), "My phone", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc));

    public static FactorResponse Of(ListedFactor factor) =>
        new(factor.Id, factor.Name, factor.CreatedAt.UtcDateTime, factor.LastUsedAt?.UtcDateTime) { Synced = factor.Synced, CredentialId = factor.CredentialId, UserHandle = factor.UserHandle };
}

/// <summary>The second factors of a user.</summary>
/// <param name="Totp">Authenticator apps.</param>
/// <param name="RecoveryCodesLeft">Those that have not been used.</param>
/// <param name="Required">Whether the last one must stay.</param>
public sealed record FactorsResponse(FactorResponse[] Totp, FactorResponse[] Passkeys, int RecoveryCodesLeft, bool Required) : IAnswer<FactorsResponse>
{
    public static FactorsResponse Example { get; } = new([FactorResponse.Example], [], 10, false);

    public static FactorsResponse Of(ListedFactors listed) => new(Of(listed, TotpFactor.Way), Of(listed, Passkey.Way), listed.CodesLeft, listed.Required);

    private static FactorResponse[] Of(ListedFactors listed, string way) => [.. listed.Factors.GetValueOrDefault(way, []).Select(FactorResponse.Of)];
}

/// <summary>What an authenticator app is given, once.</summary>
/// <param name="Secret">Base32, for who types it.</param>
/// <param name="OtpauthUrl">The same as apps read it.</param>
/// <param name="QrSvg">The same as a picture: an `svg` element without script and style.</param>
public sealed record TotpOfferResponse(string Secret, string OtpauthUrl, string QrSvg) : IAnswer<TotpOfferResponse>
{
    public static TotpOfferResponse Example { get; } = new(
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "otpauth://totp/app.example.com:ann%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=app.example.com&algorithm=SHA1&digits=6&period=30",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 53 53\"><path d=\"M0 0h53v53h-53z\" fill=\"#fff\"/></svg>");

    public static TotpOfferResponse Of(TotpOffer offer) => new(offer.Secret, offer.Url, QrImage.Of(offer.Url));

    public override string ToString() => nameof(TotpOfferResponse);
}

/// <summary>Recovery codes, shown once.</summary>
/// <param name="RecoveryCodes">Ten, each good once; none where those of before stay.</param>
public sealed record RecoveryCodesResponse(string[] RecoveryCodes) : IAnswer<RecoveryCodesResponse>
{
    public static RecoveryCodesResponse Example { get; } = new(["KRSX-G5BA-ORUG-K4TF", "JBSW-Y3DP-EB3W-64TM"]);

    public override string ToString() => nameof(RecoveryCodesResponse);
}
