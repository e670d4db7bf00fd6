using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Tokens;

/// <summary>
/// A P-256 key pair that signs access tokens (ES256), named by its RFC 7638 thumbprint. Of the two signatures (r, s) and
/// (r, n-s), which are equally good, it makes and takes the one with the lower s: what was signed has one spelling.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private const int CoordinateLength = 32;

    /// <summary>r and s, one after the other (RFC 7518 section 3.4).</summary>
    public const int SignatureLength = 2 * CoordinateLength;

    private readonly ECParameters parameters;
    // No document promises that one ECDsa may serve several threads at once.
    private readonly ThreadLocal<ECDsa> ecdsa;

    private SigningKey(ECParameters parameters)
    {
        this.parameters = parameters;
        ecdsa = new ThreadLocal<ECDsa>(() => ECDsa.Create(parameters), trackAllValues: true);
        Id = Thumbprint();
    }

    /// <summary><c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>Coordinates of the public point, base64url, as in a JWK (RFC 7518 section 6.2).</summary>
    public string X => Base64Url.EncodeToString(parameters.Q.X);

    public string Y => Base64Url.EncodeToString(parameters.Q.Y);

    public static SigningKey Create()
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(fresh.ExportParameters(includePrivateParameters: true));
    }

    public static SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        using var stored = ECDsa.Create();
        stored.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(stored.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>That can check what it has signed, and sign nothing.</summary>
    /// <param name="point">x and y, 32 bytes each</param>
    /// <exception cref="CryptographicException">it is no point of the curve</exception>
    public static SigningKey OfPublicHalf(ReadOnlySpan<byte> point)
    {
        if (point.Length != 2 * CoordinateLength)
        {
            throw new CryptographicException("No point of P-256.");
        }
        using var given = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = { X = point[..CoordinateLength].ToArray(), Y = point[CoordinateLength..].ToArray() } });
        return new SigningKey(given.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>As <see cref="OfPublicHalf"/> takes it.</summary>
    public byte[] PublicHalf() => [.. parameters.Q.X!, .. parameters.Q.Y!];

    public byte[] ToPkcs8() => ecdsa.Value!.ExportPkcs8PrivateKey();

    /// <param name="data">what is signed</param>
    /// <param name="signature"><see cref="SignatureLength"/> bytes that it is written to</param>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var length = ecdsa.Value!.SignData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        LowS.Lower(signature[..length]);
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        LowS.IsLow(signature) && ecdsa.Value!.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private string Thumbprint() => Base64Url.EncodeToString(SHA256.HashData(
        Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>Once nobody can be at it any more.</summary>
    public void Dispose()
    {
        foreach (var each in ecdsa.Values)
        {
            each.Dispose();
        }
        ecdsa.Dispose();
    }

    public override string ToString() => $"SigningKey {Id}";
}
