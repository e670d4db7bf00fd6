using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>Each style sheet and script of wwwroot as an endpoint, so that it is known by its kind as everything else is. A page is not sent as the file is.</summary>
public static class PageAssets
{
    /// <summary>What the pages of the social flow need, which stay where there are no others.</summary>
    private const string Style = "accounts.css";

    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapPageAssets(this WebApplication app)
    {
        if (Options(app) is not { } options)
        {
            return;
        }
        OverlayFolder(app, options.Folder);
        var files = app.Environment.WebRootFileProvider;
        foreach (var name in files.GetDirectoryContents("").Where(file => !file.IsDirectory).Select(file => file.Name).Where(IsAsset).Where(name => options.Enabled || name == Style))
        {
            var asset = new PageAsset(files, name, Types.Mappings[Path.GetExtension(name)]);
            // Not a lambda with parameters, for which the framework compiles an expression each as it starts.
            app.MapMethods(name, ["GET", "HEAD"], asset.SendAsync).WithMetadata(new PageEndpointAttribute())
                .AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        }
    }

    /// <summary>Null where they are no good: the start is about to stop, and to say all that is wrong.</summary>
    private static PagesOptions? Options(WebApplication app)
    {
        try
        {
            return app.Services.GetRequiredService<IOptions<PagesOptions>>().Value;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A style sheet, a script, a picture or a font: whatever else lies in a folder is nobody's. A name is a path, and no pattern of one.</summary>
    private static bool IsAsset(string name) => !name.AsSpan().ContainsAny("{}*?~") && Types.TryGetContentType(name, out var type)
        && (type is "text/css" or "text/javascript" || type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("font/", StringComparison.Ordinal));

    private static void OverlayFolder(WebApplication app, string folder)
    {
        if (folder.Length > 0)
        {
            app.Environment.WebRootFileProvider = new CompositeFileProvider(new PhysicalFileProvider(Path.GetFullPath(folder)), app.Environment.WebRootFileProvider);
        }
    }
}
