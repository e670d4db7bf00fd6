using Microsoft.Extensions.Logging.Console;

namespace Accounts.Api.Http;

public static class LoggingSetup
{
    /// <summary>What writes out parts of a request, and with them tokens and passwords; and the level above which it doesn't.</summary>
    private static readonly (string Category, LogLevel Least)[] Talkative =
    [
        // The query, in which a link's token may stand.
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning),
        // The line that could not be read, such as a broken Cookie header.
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Information),
        // The arguments of an action.
        ("Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker", LogLevel.Debug),
    ];

    /// <summary>One JSON object a line outside Development. No setting brings the talkative categories back, not even one for the console alone.</summary>
    public static void AddStructuredLogging(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        foreach (var (category, least) in Talkative)
        {
            builder.Logging.AddFilter(category, least).AddFilter<ConsoleLoggerProvider>(category, least);
        }
    }
}
