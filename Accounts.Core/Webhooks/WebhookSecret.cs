namespace Accounts.Core.Webhooks;

/// <summary>A secret as Standard Webhooks writes it.</summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";

    /// <summary>Bytes.</summary>
    public const int Shortest = 24, Longest = 64;

    private const int FewestDifferent = 8;

    /// <summary>Null where it is none.</summary>
    public static byte[]? Read(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= Shortest and <= Longest ? key[..length] : null;
    }

    public static bool IsRandom(string secret) => Read(secret)?.Distinct().Count() >= FewestDifferent;
}
