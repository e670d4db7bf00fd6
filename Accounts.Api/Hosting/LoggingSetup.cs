namespace Accounts.Api.Hosting;

public static class LoggingSetup
{
    /// <summary>
    /// What handles requests. Below a warning it writes out queries, arguments, headers that it cannot read and where a
    /// redirect leads, and with them states, codes, tokens and passwords.
    /// </summary>
    private const string Talkative = "Microsoft.AspNetCore";

    /// <summary>One JSON object a line outside Development. No setting makes the talkative ones talk, be it for one category or for the console alone.</summary>
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
        builder.Logging.AddFilter(Talkative, LogLevel.Warning);
        builder.Services.PostConfigure<LoggerFilterOptions>(Silence);
    }

    /// <summary>The rule for all categories and all outputs stays as it is: it is never the closest one for these.</summary>
    private static void Silence(LoggerFilterOptions filters)
    {
        for (var i = 0; i < filters.Rules.Count; i++)
        {
            if (filters.Rules[i] is { } rule && (rule.CategoryName ?? rule.ProviderName) is not null)
            {
                filters.Rules[i] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                    (level >= LogLevel.Warning || !IsTalkative(category)) && rule.Filter?.Invoke(provider, category, level) != false);
            }
        }
    }

    private static bool IsTalkative(string? category) => category?.StartsWith(Talkative, StringComparison.OrdinalIgnoreCase) == true;
}
