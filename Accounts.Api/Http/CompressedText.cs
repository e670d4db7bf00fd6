using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>What is the same for everybody, as it is and compressed. It holds no secret that could be guessed by its length, as an answer may.</summary>
public sealed class CompressedText
{
    private readonly byte[] plain, compressed;
    private readonly string hash;

    private CompressedText(byte[] plain) => (this.plain, compressed, hash) = (plain, Compress(plain), Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);

    /// <param name="content">to its end; it is closed then</param>
    public static CompressedText Read(Stream content)
    {
        using var bytes = new MemoryStream();
        using (content)
        {
            content.CopyTo(bytes);
        }
        return new CompressedText(bytes.ToArray());
    }

    /// <summary>In the form that whoever asks takes; the headers that go with it are set.</summary>
    public (byte[] Bytes, EntityTagHeaderValue Tag) For(HttpRequest request)
    {
        var takesGzip = request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value == "gzip" && one.Quality != 0);
        var headers = request.HttpContext.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (takesGzip)
        {
            headers.ContentEncoding = "gzip";
        }
        return takesGzip ? (compressed, new EntityTagHeaderValue($"\"{hash}-gzip\"")) : (plain, new EntityTagHeaderValue($"\"{hash}\""));
    }

    private static byte[] Compress(byte[] plain)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }
        return bytes.ToArray();
    }
}
