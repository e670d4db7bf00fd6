using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Accounts.Core.OldTokens;

/// <summary>
/// Checks an old refresh token by itself: form, the one algorithm of the settings, signature, and the claims that SimpleJWT gives. Header and claims
/// are read here and strictly; the package checks the signature and nothing else (CONTRIBUTING.md tells why).
/// </summary>
public sealed class OldTokenReader
{
    private const int LongestToken = 4096, LongestId = 255;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    private readonly OldTokenOptions options;
    private readonly TimeProvider time;
    private readonly TimeSpan longestLife;
    private readonly SecurityKey? key;
    private readonly DateTimeOffset end;

    public OldTokenReader(IOptions<OldTokenOptions> options, IOptions<SessionOptions> sessions, TimeProvider time)
    {
        (this.options, this.time, longestLife) = (options.Value, time, sessions.Value.AbsoluteLifetime);
        if (this.options.Key.Length > 0)
        {
            (key, end) = (OldTokenKey.Read(this.options.Algorithm, this.options.Key), this.options.End!.Value);
        }
    }

    /// <summary>Whether any are taken now.</summary>
    public bool IsOpen => key is not null && time.GetUtcNow() < end;

    /// <summary>Whether it may be one: no refresh token of ours has such a character.</summary>
    public static bool IsOne(string text) => text.Contains('.', StringComparison.Ordinal);

    /// <summary>Null, and the token, when it is authentic and not over; else why it is not.</summary>
    public TokenRejection? TryRead(string text, out OldToken? token)
    {
        token = null;
        try
        {
            return text.Length <= LongestToken && text.Split('.') is [var header, var claims, var signature] && IsOfAlgorithm(header) && HasSigned($"{header}.{claims}", signature)
                ? Judge(Parse(claims), $"{header}.{claims}", out token)
                : TokenRejection.Invalid;
        }
        // Half a character, a member that is there twice, no JSON at all: whatever it is, it is none of ours.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return TokenRejection.Invalid;
        }
    }

    private bool IsOfAlgorithm(string header)
    {
        var json = Parse(header);
        return Text(json, "alg") == options.Algorithm && !json.TryGetProperty("crit", out _);
    }

    private bool HasSigned(string signed, string signature)
    {
        if (!Base64Url.IsValid(signature) || !Ascii.IsValid(signed))
        {
            return false;
        }
        SignatureProvider? verifier = null;
        try
        {
            verifier = key!.CryptoProviderFactory.CreateForVerifying(key, options.Algorithm);
            return verifier.Verify(Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(signature));
        }
        // A stranger wrote the signature: whatever it is not, it is no more than one that does not fit.
        catch (Exception)
        {
            return false;
        }
        finally
        {
            if (verifier is not null)
            {
                key!.CryptoProviderFactory.ReleaseSignatureProvider(verifier);
            }
        }
    }

    private TokenRejection? Judge(JsonElement claims, string signed, out OldToken? token)
    {
        token = null;
        var now = time.GetUtcNow();
        if (Text(claims, options.TypeClaim) != "refresh" || Id(Text(claims, "jti")) is not { } id || Id(IdOfUser(claims)) is not { } user
            || Time(claims, "iat") is not { } issued || issued > now + ClockSkew || Time(claims, "exp") is not { } expires
            || !IsSaid(claims, "iss", options.Issuer) || !IsSaid(claims, "aud", options.Audience) || (claims.TryGetProperty("nbf", out _) && !(Time(claims, "nbf") <= now + ClockSkew)))
        {
            return TokenRejection.Invalid;
        }
        var goodUntil = expires < issued + longestLife ? expires : issued + longestLife;
        if (goodUntil <= now)
        {
            return TokenRejection.Expired;
        }
        token = new OldToken(user, id, issued, goodUntil, signed);
        return null;
    }

    /// <summary>A number or, from SimpleJWT 5.5 on, its text.</summary>
    private string? IdOfUser(JsonElement claims) => claims.TryGetProperty(options.UserIdClaim, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    } : null;

    private static string? Id(string? text) => text is { Length: > 0 and <= LongestId } && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

    /// <summary>As the setting says, or not there.</summary>
    private static bool IsSaid(JsonElement claims, string name, string wanted) => wanted.Length == 0 ? !claims.TryGetProperty(name, out _) : Text(claims, name) == wanted;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <exception cref="JsonException">no object, or a member is there twice</exception>
    /// <exception cref="FormatException">no base64url</exception>
    private static JsonElement Parse(string part)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
        return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : throw new JsonException();
    }
}
