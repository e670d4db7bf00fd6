namespace Accounts.Api.Http;

/// <summary>Each style sheet and script of wwwroot as an endpoint, so that it is known by its kind as everything else is. A page is not sent as the file is.</summary>
public static class PageAssets
{
    public static void MapPageAssets(this WebApplication app)
    {
        var send = Send(app);
        foreach (var file in app.Environment.WebRootFileProvider.GetDirectoryContents("").Where(file => !file.IsDirectory && !file.Name.EndsWith(".html", StringComparison.Ordinal)))
        {
            app.MapMethods(file.Name, ["GET", "HEAD"], send).WithMetadata(new PageEndpointAttribute())
                .AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
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
