using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;
using Microsoft.IdentityModel.Tokens;

namespace Accounts.Core.OldTokens;

/// <summary>The key of old tokens, of the kind that its one algorithm wants (RFC 7518 section 3). No token has a say in either.</summary>
internal static class OldTokenKey
{
    private const int ShortestModulus = 2048;

    public static readonly string[] Algorithms = ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

    /// <summary>Of Django's start page, of tutorials and of examples, whatever stands around them, and whether a space, - or _ stands between them.</summary>
    private static readonly string[] Known =
    [
        "django_insecure", "insecure", "your_secret", "your_256_bit", "secret_key", "secretkey", "supersecret", "super_secret", "mysecret", "my_secret", "jwt_secret", "a_string_secret",
        "password", "change_this", "please", "example", "1234567890", "abcdefghij",
    ];

    /// <summary>What is wrong with it, and what to do; null where nothing is.</summary>
    public static string? Fault(string algorithm, string key) => algorithm.StartsWith("HS", StringComparison.Ordinal) ? FaultOfSecret(algorithm, key) : FaultOfPublic(algorithm, key);

    private static string? FaultOfSecret(string algorithm, string key)
    {
        if (key.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return $"is a key in PEM, and {algorithm} wants a secret: a public key in its place would let everybody make tokens.";
        }
        if (Encoding.UTF8.GetByteCount(key) < Bits(algorithm) / 8)
        {
            return $"is shorter than the {Bits(algorithm) / 8} bytes that {algorithm} wants, and can be guessed: with such a key nobody's tokens are worth anything. Leave the old tokens; people sign in once.";
        }
        return SecretOptionsCheck.IsWeak(key) || Known.Any(word => key.Replace('-', '_').Replace(' ', '_').Contains(word, StringComparison.OrdinalIgnoreCase))
            ? "is one that others know, of a start page, a tutorial or an example, or has too few different characters: anybody can make tokens with it. Leave the old tokens; people sign in once."
            : null;
    }

    private static string? FaultOfPublic(string algorithm, string key)
    {
        if (key.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return "is a private key: give the public one, which is all that checking takes.";
        }
        try
        {
            return Read(algorithm, key) switch
            {
                RsaSecurityKey { KeySize: < ShortestModulus } rsa => $"is of {rsa.KeySize} bits: at least {ShortestModulus} are wanted.",
                ECDsaSecurityKey ec when ec.KeySize != CurveBits(algorithm) => $"is of a curve of {ec.KeySize} bits, and {algorithm} wants one of {CurveBits(algorithm)}.",
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return $"is no public key of {(algorithm[0] == 'R' ? "RSA" : "an elliptic curve")} in PEM: it begins with -----BEGIN PUBLIC KEY-----.";
        }
    }

    /// <exception cref="ArgumentException">it is no PEM</exception>
    /// <exception cref="CryptographicException">it is none of that kind</exception>
    public static SecurityKey Read(string algorithm, string key)
    {
        var pem = key.Replace("\\n", "\n", StringComparison.Ordinal);
        switch (algorithm[..2])
        {
            case "HS":
                return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key));
            case "RS":
                var rsa = RSA.Create();
                rsa.ImportFromPem(pem);
                return new RsaSecurityKey(rsa);
            default:
                var ec = ECDsa.Create();
                ec.ImportFromPem(pem);
                return new ECDsaSecurityKey(ec);
        }
    }

    private static int Bits(string algorithm) => int.Parse(algorithm.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);

    private static int CurveBits(string algorithm) => Bits(algorithm) == 512 ? 521 : Bits(algorithm);
}
