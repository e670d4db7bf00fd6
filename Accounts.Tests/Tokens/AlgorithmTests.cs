using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>ES256 and nothing else, whatever the token says of itself (RFC 8725 section 3.1).</summary>
public sealed class AlgorithmTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private Doorkeeper door = null!;

    public async ValueTask InitializeAsync() => door = await Doorkeeper.AtAsync(shared);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task AT_01_A_token_signed_with_the_servers_key_and_changed_in_nothing_is_accepted()
    {
        await door.AcceptsAsync("signed again", door.Forge.Sign(door.Forge.Header, door.Forge.Payload));
        await door.AcceptsAsync("written again", door.Forge.WithHeader(_ => { }));
    }

    [Theory]
    [InlineData("none"), InlineData("None"), InlineData("nOnE"), InlineData("NONE")]
    public async Task AT_01_A_token_without_a_signature_is_refused(string algorithm)
    {
        var bare = door.Forge.WithHeader(header => header["alg"] = algorithm, _ => []);
        await door.RefusesAllAsync([
            ("no signature", bare),
            ("no third part", bare.TrimEnd('.')),
            ("the good signature", door.Forge.WithHeader(header => header["alg"] = algorithm, _ => door.Forge.Signature)),
            ("a signature of its own", door.Forge.WithHeader(header => header["alg"] = algorithm)),
        ]);
    }

    [Fact]
    public async Task AT_01_The_public_key_is_no_HMAC_secret_in_any_encoding()
    {
        using var key = door.Forge.PrivateKey();
        var jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{door.Forge.Key.X}}","y":"{{door.Forge.Key.Y}}"}""";
        var secrets = new (string What, byte[] Secret)[]
        {
            ("PEM", Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem())),
            ("PEM with a line end", Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n")),
            ("DER", key.ExportSubjectPublicKeyInfo()),
            ("JWK", Encoding.ASCII.GetBytes(jwk)),
            ("x", key.ExportParameters(false).Q.X!),
            ("x as text", Encoding.ASCII.GetBytes(door.Forge.Key.X)),
        };
        await door.RefusesAllAsync(secrets.Select(secret =>
            (secret.What, door.Forge.WithHeader(header => header["alg"] = "HS256", bytes => HMACSHA256.HashData(secret.Secret, bytes)))));
    }

    [Fact]
    public async Task AT_01_Another_algorithm_is_refused_though_its_signature_is_right()
    {
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var key = door.Forge.PrivateKey();
        string Claiming(string algorithm, Func<byte[], byte[]> sign) => door.Forge.WithHeader(header => header["alg"] = algorithm, sign);
        await door.RefusesAllAsync([
            ("RS256", Claiming("RS256", bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))),
            ("ES384", Claiming("ES384", bytes => p384.SignData(bytes, HashAlgorithmName.SHA384))),
            ("ES384 on P-256", Claiming("ES384", bytes => key.SignData(bytes, HashAlgorithmName.SHA384))),
            ("ES256 with SHA-384", Claiming("ES256", bytes => key.SignData(bytes, HashAlgorithmName.SHA384))),
            ("lower case", Claiming("es256", bytes => door.Forge.Key.Sign(bytes))),
            ("a number", door.Forge.WithHeader(header => header["alg"] = 256)),
            ("none named", door.Forge.WithHeader(header => header.Remove("alg"))),
        ]);
    }

    [Fact]
    public async Task AT_01_A_signature_is_64_bytes_in_range_and_nothing_else()
    {
        using var key = door.Forge.PrivateKey();
        var der = key.SignData(Encoding.ASCII.GetBytes(door.Forge.Signed), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var (r, s) = (door.Forge.Signature[..32], door.Forge.Signature[32..]);
        var order = Forge.Order.ToByteArray(isUnsigned: true, isBigEndian: true);
        var signatures = new (string What, byte[] Bytes)[]
        {
            ("empty", []), ("all zero", new byte[64]), ("DER", der), ("r = n", [.. order, .. s]), ("s = n", [.. r, .. order]),
            ("both n", [.. order, .. order]), ("r = 0", [.. new byte[32], .. s]), ("s = 0", [.. r, .. new byte[32]]),
            ("r + n", [.. Plus(r), .. s]), ("a byte behind", [.. r, .. s, 0]), ("a byte before", [0, .. r, .. s]),
            ("a byte less", [.. r, .. s[..31]]), ("halves exchanged", [.. s, .. r]), ("all ones", [.. Enumerable.Repeat((byte)255, 64)]),
        };
        await door.RefusesAllAsync(signatures.Select(signature => (signature.What, door.Forge.WithSignature(signature.Bytes))));
    }

    [Fact]
    public async Task XA_04_The_other_signature_of_the_same_token_is_refused_everywhere()
    {
        using var key = door.Forge.PrivateKey();
        var (data, other) = (Encoding.ASCII.GetBytes(door.Forge.Signed), door.Forge.OtherSignature);
        Assert.True(key.VerifyData(data, other, HashAlgorithmName.SHA256));
        var forged = door.Forge.WithSignature(other);
        await door.RefusesAllAsync([("before the good one was seen", forged)]);
        await door.RefusesAllAsync([("afterwards", forged)]);
        using var stranger = door.Server.Client();
        stranger.Access = forged;
        await stranger.LogoutAsync();
        await door.AcceptsAsync("the good one, after a sign-out by the other", door.Client.Access!);
    }

    [Fact]
    public void XA_04_Of_its_two_signatures_the_server_makes_the_lower_one_which_others_take()
    {
        using var key = door.Forge.PrivateKey();
        for (var i = 0; i < 100; i++)
        {
            var data = BitConverter.GetBytes(i);
            var signature = door.Forge.Key.Sign(data);
            Assert.InRange(Forge.HalfOf(signature), BigInteger.One, Forge.Order / 2);
            Assert.True(key.VerifyData(data, signature, HashAlgorithmName.SHA256));
        }
    }

    [Fact]
    public async Task AT_01_A_token_has_one_spelling()
    {
        var good = door.Client.Access!;
        await door.RefusesAllAsync([
            ("padding", good + "="), ("padding twice", good + "=="), ("a part behind", good + ".x"), ("a dot behind", good + "."),
            ("a dot before", "." + good), ("bits behind the last byte", good[..^1] + NextLetter(good[^1])), ("a tab behind a letter", good.Insert(20, "%09")),
            ("ordinary base64", good.Replace('-', '+').Replace('_', '/') + "+"), ("no payload", $"{door.Forge.Header}..{good.Split('.')[2]}"),
            ("a changed payload", $"{door.Forge.Header}.{door.Forge.WithClaim("roles", "admin").Split('.')[1]}.{good.Split('.')[2]}"),
            ("nothing", "x"), ("dots", ".."), ("over the limit", good + new string('A', 4096)),
        ]);
        var spaced = await door.Client.MeAsync(good.Insert(20, " "));
        Assert.Equal((401, "bad_authorization_header"), (spaced.Status, spaced["code"]));
    }

    [Fact]
    public async Task AT_01_Another_servers_key_signs_nothing_here()
    {
        var stranger = Core.Tokens.SigningKey.Create();
        await door.RefusesAllAsync([
            ("our key's name", door.Forge.Sign(door.Forge.Header, door.Forge.Payload, bytes => stranger.Sign(bytes))),
            ("its own name", door.Forge.WithHeader(header => header["kid"] = stranger.Id, bytes => stranger.Sign(bytes))),
        ]);
    }

    /// <summary>The same number modulo the order: verifiers that reduce it first accept it.</summary>
    private static byte[] Plus(byte[] half)
    {
        var sum = (new BigInteger(half, isUnsigned: true, isBigEndian: true) + Forge.Order) % BigInteger.Pow(2, 256);
        var bytes = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static char NextLetter(char last) => last switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', 'w' => 'x', _ => throw new InvalidOperationException($"{last} does not end 64 bytes.") };
}
