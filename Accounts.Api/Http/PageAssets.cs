using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>Each style sheet and script of wwwroot as an endpoint, so that it is known by its kind as everything else is. A page is not sent as the file is.</summary>
public static class PageAssets
{
    public static void MapPageAssets(this WebApplication app)
    {
        OverlayFolder(app);
        var send = Send(app);
        foreach (var file in app.Environment.WebRootFileProvider.GetDirectoryContents("").Where(file => !file.IsDirectory && !file.Name.EndsWith(".html", StringComparison.Ordinal)))
        {
            app.MapMethods(file.Name, ["GET", "HEAD"], send).WithMetadata(new PageEndpointAttribute())
                .AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        }
    }

    private static void OverlayFolder(WebApplication app)
    {
        var folder = app.Services.GetRequiredService<IOptions<PagesOptions>>().Value.Folder;
        // One that does not exist stops the start.
        if (Directory.Exists(folder))
        {
            app.Environment.WebRootFileProvider = new CompositeFileProvider(new PhysicalFileProvider(Path.GetFullPath(folder)), app.Environment.WebRootFileProvider);
        }
    }

    private static RequestDelegate Send(IEndpointRouteBuilder app) => app.CreateApplicationBuilder()
        .Use(next => context =>
        {
            // The middleware leaves alone what has an endpoint already.
            context.SetEndpoint(null);
            return next(context);
        })
        .UseStaticFiles().Build();
}
