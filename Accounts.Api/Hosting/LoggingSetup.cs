using Microsoft.Extensions.Logging.Console;

namespace Accounts.Api.Hosting;

public static class LoggingSetup
{
    /// <summary>What writes out parts of a request below the level of a warning, and with them tokens and passwords.</summary>
    private static readonly string[] Talkative =
    [
        // The query, in which a link's token may stand.
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        // The line that could not be read, such as a broken Cookie header.
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
        // The arguments of an action.
        "Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker",
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
        foreach (var category in Talkative)
        {
            builder.Logging.AddFilter(category, LogLevel.Warning).AddFilter<ConsoleLoggerProvider>(category, LogLevel.Warning);
        }
    }
}
