namespace Accounts.Api.Http;

public static class LoggingSetup
{
    /// <summary>
    /// One JSON object a line outside Development. Categories that would write out a request's query, and with it a
    /// mailed token, stay silent at every level.
    /// </summary>
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
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
    }
}
