using System.Globalization;

namespace Accounts.Core.OldTokens;

/// <summary>Refresh tokens of the system that users came from (SimpleJWT's), taken once each until a date: section <c>Accounts:OldTokens</c>.</summary>
public sealed class OldTokenOptions
{
    /// <summary>The cookie that holds them; none where they came in bodies.</summary>
    public string Cookie { get; set; } = "";

    /// <summary>The Path that it was set with: without it, browsers keep it.</summary>
    public string CookiePath { get; set; } = "/";

    /// <summary>The Domain that it was set with; empty for none.</summary>
    public string CookieDomain { get; set; } = "";

    /// <summary>The one algorithm that they were signed with: HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384 or ES512. What a token says of itself must be that.</summary>
    public string Algorithm { get; set; } = "";

    /// <summary>SIGNING_KEY of an HS algorithm; else the public key in PEM, its lines parted by line breaks or <c>\n</c>. Nothing is taken where it is empty.</summary>
    public string Key { get; set; } = "";

    /// <summary>Until when they are taken, in UTC: <c>2026-12-24</c> or <c>2026-12-24T18:00:00Z</c>. At most 30 days ahead.</summary>
    public string Until { get; set; } = "";

    /// <summary>The claim that names the user by the id of before, which imported users have as <c>legacy_id</c>: SimpleJWT's USER_ID_CLAIM.</summary>
    public string UserIdClaim { get; set; } = "user_id";

    /// <summary>The claim that says what a token is for, and is <c>refresh</c>: SimpleJWT's TOKEN_TYPE_CLAIM; of Flask-JWT-Extended <c>type</c>.</summary>
    public string TypeClaim { get; set; } = "token_type";

    /// <summary>SimpleJWT's ISSUER; empty where it had none, and then no token may have one.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>SimpleJWT's AUDIENCE; empty where it had none, and then no token may have one.</summary>
    public string Audience { get; set; } = "";

    internal DateTimeOffset? End =>
        DateTimeOffset.TryParse(Until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end) ? end : null;
}
