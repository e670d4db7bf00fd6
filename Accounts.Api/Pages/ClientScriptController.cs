using System.IO.Compression;
using System.Security.Cryptography;
using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Pages;

/// <summary>The client for front ends (<c>client/accounts.js</c>), for pages that load it from here.</summary>
[PublishedDocument, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class ClientScriptController : ControllerBase
{
    private static readonly byte[] Plain = Read();
    private static readonly byte[] Compressed = Compress(Plain);
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];

    /// <summary>Compressed here, once: it holds no secret that could be guessed by its length.</summary>
    [HttpGet("accounts.js")]
    public IActionResult Show()
    {
        var takesGzip = Request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value == "gzip" && one.Quality != 0);
        Response.Headers.CacheControl = "public, max-age=3600";
        Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (takesGzip)
        {
            Response.Headers.ContentEncoding = "gzip";
        }
        return File(takesGzip ? Compressed : Plain, "text/javascript; charset=utf-8", null, new EntityTagHeaderValue(takesGzip ? $"\"{Hash}-gzip\"" : $"\"{Hash}\""));
    }

    private static byte[] Read()
    {
        using var script = typeof(ClientScriptController).Assembly.GetManifestResourceStream("Accounts.Api.Client.accounts.js")!;
        using var bytes = new MemoryStream();
        script.CopyTo(bytes);
        return bytes.ToArray();
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
