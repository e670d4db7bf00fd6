using Microsoft.Extensions.FileProviders;

namespace Accounts.Api.Http;

/// <summary>A file that pages load, compressed once for as long as it stays the same.</summary>
public sealed class PageAsset(IFileProvider files, string name, string type)
{
    private Known? known;

    public Task SendAsync(HttpContext context) => Answer(context.Request).ExecuteAsync(context);

    private IResult Answer(HttpRequest request)
    {
        var file = files.GetFileInfo(name);
        if (!file.Exists)
        {
            return Results.NotFound();
        }
        if (known is not { } read || read.Modified != file.LastModified)
        {
            known = read = new Known(file.LastModified, CompressedText.Read(file.CreateReadStream()));
        }
        // Asked after each time: a page and its script must be of one version.
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        var (bytes, tag) = read.Text.For(request);
        return Results.Bytes(bytes, type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type, entityTag: tag);
    }

    private sealed record Known(DateTimeOffset Modified, CompressedText Text);
}
