using Accounts.Core.Settings;

namespace Accounts.Core.OldTokens;

internal sealed class OldTokenOptionsCheck(TimeProvider time) : SettingsCheck<OldTokenOptions>
{
    private const string Section = "Accounts__OldTokens__";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    protected override IEnumerable<string> Mistakes(OldTokenOptions options) =>
        new[] { options.Key, options.Algorithm, options.Until, options.Cookie }.All(setting => setting.Length == 0) ? [] : OfKey(options).Concat(OfEnd(options)).Concat(OfCookie(options));

    private static IEnumerable<string> OfKey(OldTokenOptions options)
    {
        if (options.Key.Length == 0)
        {
            yield return $"{Section}Key is not set: give SIGNING_KEY of the old tokens (of an RS or ES algorithm the public key), or take the other settings of {Section}… away.";
        }
        else if (!OldTokenKey.Algorithms.Contains(options.Algorithm))
        {
            yield return $"{Section}Algorithm is \"{options.Algorithm}\": choose the one that the old tokens were signed with, {string.Join(", ", OldTokenKey.Algorithms)}.";
        }
        else if (OldTokenKey.Fault(options.Algorithm, options.Key) is { } fault)
        {
            yield return $"{Section}Key {fault}";
        }
        if (options.UserIdClaim.Length == 0)
        {
            yield return $"{Section}UserIdClaim is empty: name the claim with the id of the user, SimpleJWT's USER_ID_CLAIM (user_id).";
        }
        if (options.TypeClaim.Length == 0)
        {
            yield return $"{Section}TypeClaim is empty: name the claim that tells refresh tokens from others, SimpleJWT's TOKEN_TYPE_CLAIM (token_type).";
        }
    }

    private IEnumerable<string> OfEnd(OldTokenOptions options)
    {
        if (options.End is not { } end)
        {
            yield return $"{Section}Until is \"{options.Until}\": give the day after which no old token is taken, for example {time.GetUtcNow() + TimeSpan.FromDays(14):yyyy-MM-dd}.";
        }
        else if (end > time.GetUtcNow() + Longest)
        {
            yield return $"{Section}Until is {options.Until}, which is more than {Longest.Days} days ahead: old tokens are for the move, and are taken for {Longest.Days} days at most.";
        }
    }

    private static IEnumerable<string> OfCookie(OldTokenOptions options)
    {
        if (options.Cookie.Any(c => c is <= ' ' or >= '\u007f' or '=' or ';' or ',' or '"'))
        {
            yield return $"{Section}Cookie is \"{options.Cookie}\", which is no name of a cookie.";
        }
        if (!options.CookiePath.StartsWith('/') || options.CookiePath.Contains(';', StringComparison.Ordinal))
        {
            yield return $"{Section}CookiePath is \"{options.CookiePath}\": give the Path that the cookie was set with, which begins with /.";
        }
        if (options.CookieDomain.Length > 0 && Uri.CheckHostName(options.CookieDomain.TrimStart('.')) != UriHostNameType.Dns)
        {
            yield return $"{Section}CookieDomain is \"{options.CookieDomain}\": give the Domain that the cookie was set with (example.com), or nothing.";
        }
    }
}
